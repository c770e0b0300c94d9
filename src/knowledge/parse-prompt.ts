import { z } from 'zod';
import { openPackFile, type PackFile } from './front-matter.js';

const NAME = /^[a-z][a-z-]*$/;

const header = z.strictObject({
  id: z.string('要写编号').regex(NAME, '只用小写英文字母和短横'),
  version: z.number('要写整数').int('要写整数').min(1, '从 1 开始'),
  purpose: z.string('要写一句用途').min(4, '要写一句用途'),
  inputs: z
    .array(z.string().regex(NAME, '只用小写英文字母和短横'), '要写成 [question, facts] 的样子')
    .min(1, '至少有一项材料')
    .refine((names) => new Set(names).size === names.length, '有一项写了两遍'),
  maxTokens: z.number('要写整数').int('要写整数').min(1, '从 1 到 8000').max(8000, '从 1 到 8000'),
});

/** The prompts that the consultation uses, and what each is given. */
export const PROMPT_INPUTS = {
  rewrite: ['question', 'facts'],
  triage: ['message'],
  draft: ['question', 'facts', 'excerpts', 'draft'],
} as const;
export type PromptId = keyof typeof PROMPT_INPUTS;
export type Prompts = Readonly<Record<PromptId, Prompt>>;

/** A prompt for a language model (`prompts/*.md`). */
export interface Prompt {
  readonly file: string;
  readonly id: string;
  /** Counted up with every change, so that measured figures can name what they measured. */
  readonly version: number;
  readonly purpose: string;
  readonly inputs: readonly string[];
  /** Longest reply, in the model's tokens. */
  readonly maxTokens: number;
  /** What the model is to do: nothing from outside ever stands in it. */
  readonly instructions: string;
  /**
   * The material with its inputs filled in, each between `<name>` and `</name>`; angle brackets inside an input become
   * full-width, so that no input can close its own fence.
   * @throws RangeError where an input is missing or unknown
   */
  material(input: Readonly<Record<string, string>>): string;
}

const SECTIONS = ['要求', '材料'] as const;
const PLACEHOLDER = /^\{\{([^{}]*)\}\}$/;

/**
 * Reads a prompt: front matter, `## 要求` (the instructions, without placeholders), `## 材料` with each input once, as
 * `{{name}}` alone on its line.
 * @throws BaimiError `bad-knowledge` with file, line, what is wrong and what to do
 */
export function parsePrompt(file: string, text: string): Prompt {
  const opened = openPackFile(file, text, z.unknown());
  const meta = readHeader(opened);
  const [instructions, material] = readSections(opened);
  if (instructions.text === '') opened.fail(instructions.line, '“要求”是空的', '写清楚要模型做什么、按什么格式答');
  checkPlaceholders(opened, meta.inputs, instructions, material);
  return {
    file,
    ...meta,
    instructions: instructions.text,
    material(input) {
      for (const name of Object.keys(input)) {
        if (!meta.inputs.includes(name)) throw new RangeError(`prompt ${meta.id} has no input ${name}`);
      }
      const lines = material.text.split('\n').map((line) => {
        const name = PLACEHOLDER.exec(line.trim())?.[1];
        if (name === undefined) return line;
        const value = input[name];
        if (value === undefined) throw new RangeError(`prompt ${meta.id} wants the input ${name}`);
        return `<${name}>\n${fenced(value)}\n</${name}>`;
      });
      return lines.join('\n');
    },
  };
}

function readHeader({ meta, lines, fail }: PackFile<unknown>): z.infer<typeof header> {
  const result = header.safeParse(meta);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = String(unknown ?? issue?.path[0] ?? '');
  const line = lines.findIndex((written) => written.startsWith(`${field}:`)) + 1;
  const wrong = unknown === undefined ? `栏目“${field}”不对：${issue?.message ?? ''}` : `不认识的栏目“${field}”`;
  return fail(Math.max(1, line), wrong, `文件头只写 ${Object.keys(header.shape).join('、')}，一样不少`);
}

interface Section {
  /** Of the heading, from 1. */
  readonly line: number;
  readonly text: string;
}

function readSections({ lines, body, fail }: PackFile<unknown>): [instructions: Section, material: Section] {
  const headings = lines.flatMap((line, index) => {
    const title = index >= body ? /^##\s+(.+?)\s*$/.exec(line)?.[1] : undefined;
    return title === undefined ? [] : [{ title, index }];
  });
  const stray = lines.findIndex((line, index) => index >= body && line.trim() !== '');
  if (stray !== -1 && stray !== headings[0]?.index) fail(stray + 1, '这一行不在“要求”里，也不在“材料”里', '先写 ## 要求，再写 ## 材料');
  SECTIONS.forEach((title, at) => {
    const heading = headings[at];
    if (heading?.title !== title) fail((heading?.index ?? lines.length - 1) + 1, `这里要写“## ${title}”`, '先写 ## 要求，再写 ## 材料');
  });
  const extra = headings[SECTIONS.length];
  if (extra) fail(extra.index + 1, `多了一节“${extra.title}”`, '只有 ## 要求 和 ## 材料 两节');
  const section = (at: number): Section => {
    const index = headings[at]?.index ?? body;
    return {
      line: index + 1,
      text: lines
        .slice(index + 1, headings[at + 1]?.index)
        .join('\n')
        .trim(),
    };
  };
  return [section(0), section(1)];
}

function checkPlaceholders({ lines, fail }: PackFile<unknown>, inputs: readonly string[], instructions: Section, material: Section): void {
  const found = new Set<string>();
  lines.forEach((written, index) => {
    if (index < instructions.line || !/\{\{|\}\}/.test(written)) return;
    const line = index + 1;
    if (line < material.line) fail(line, '“要求”里有空位', '空位只能写在“材料”里：别人写的字不能混进要求');
    const name = PLACEHOLDER.exec(written.trim())?.[1];
    if (name === undefined) return fail(line, '空位写得不对', '一个空位单独占一行，写成 {{名字}}，括号和名字之间不留空');
    if (!inputs.includes(name)) fail(line, `不认识的空位“${name}”`, `改成 ${inputs.join('、')} 里的一个，或者在 inputs 里加上它`);
    if (found.has(name)) fail(line, `空位“${name}”写了两遍`, '留一处');
    found.add(name);
  });
  const missing = inputs.find((name) => !found.has(name));
  if (missing !== undefined) fail(material.line, `“材料”里缺少空位“${missing}”`, `加一行 {{${missing}}}，或者从 inputs 里去掉它`);
}

function fenced(value: string): string {
  return value.replaceAll('<', '＜').replaceAll('>', '＞');
}

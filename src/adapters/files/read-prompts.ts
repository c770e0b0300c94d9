import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaimiError } from '../../domain/errors.js';
import { PROMPT_INPUTS, parsePrompt, type Prompt, type PromptId, type Prompts } from '../../knowledge/parse-prompt.js';

/**
 * Reads the prompts that the consultation uses, `<id>.md` each, and checks that each takes what the code gives it.
 * @throws BaimiError `bad-knowledge` naming file and line
 */
export function readPrompts(folder: string): Prompts {
  return { rewrite: readPrompt(folder, 'rewrite'), triage: readPrompt(folder, 'triage'), draft: readPrompt(folder, 'draft') };
}

function readPrompt(folder: string, id: PromptId): Prompt {
  const name = `${id}.md`;
  const path = join(folder, name);
  if (!existsSync(path)) throw new BaimiError('bad-knowledge', `缺少提示词 ${path}。怎么改：从发布包里恢复这个文件`);
  const text = readFileSync(path, 'utf8');
  const prompt = parsePrompt(join('prompts', name), text);
  const fail = (field: string, wrong: string, remedy: string): never => {
    const line = text.split(/\r?\n/).findIndex((written) => written.startsWith(`${field}:`)) + 1;
    throw new BaimiError('bad-knowledge', `${prompt.file}:${String(line)}: ${wrong}。怎么改：${remedy}`);
  };
  if (prompt.id !== id) fail('id', '编号和文件名不一样', `写成 id: ${id}`);
  const wanted: readonly string[] = PROMPT_INPUTS[id];
  if (prompt.inputs.length !== wanted.length || !wanted.every((input) => prompt.inputs.includes(input))) {
    fail('inputs', '材料和程序给的不一样', `写成 inputs: [${wanted.join(', ')}]`);
  }
  return prompt;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { dayInChina } from '../app.js';
import { writeEmbedding } from '../adapters/files/embedding-files.js';
import { readLaws } from '../adapters/files/read-laws.js';
import { readPack } from '../adapters/files/read-pack.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
import { normaliseTitle, provisionKey } from '../domain/law.js';
import { buildLibrary } from '../knowledge/library.js';
import { createSegment } from '../retrieval/segment.js';
import { trainEmbedding } from '../retrieval/training/train-embedding.js';
import type { TrainingQuestion } from '../retrieval/training/pairs.js';
import { note, printJson, printTable } from './output.js';

const questionLine = z.object({
  id: z.string().optional(),
  question: z.string(),
  answer: z.string().nullish(),
  keywords: z.string().nullish(),
  gold: z.array(z.tuple([z.string(), z.string()])).nullish(),
});

interface TrainOptions {
  readonly laws: string;
  readonly questions: readonly string[];
  readonly exclude?: readonly string[];
  readonly dimension: string;
  readonly rows: string;
  readonly seed: string;
  readonly workers: string;
  readonly json?: boolean;
}

/** `baimi model …`: the retrieval model. */
export function modelCommand(): Command {
  return new Command('model')
    .description('训练检索模型')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      new Command('train')
        .description('用官方原文、标好的问题和知识库训练检索模型，写进知识库的 model 目录')
        .requiredOption('--laws <目录>', '官方原文所在目录')
        .requiredOption('--questions <files...>', '训练用的问题，一行一个 JSON：question，可有 answer、keywords、gold')
        .option('--exclude <files...>', '这些文件里的问题（按 id 和原话）不用来训练，留着测量')
        .option('--dimension <数>', '向量维数', '256')
        .option('--rows <数>', '词表大小', '60000')
        .option('--seed <数>', '随机种子', '1')
        .option('--workers <数>', '并行数', '2')
        .option('--json', '最后一行输出一个 JSON 对象')
        .helpOption('-h, --help', '显示用法')
        .action(train),
    );
}

async function train(options: TrainOptions): Promise<void> {
  const started = Date.now();
  const { knowledgeFolder } = readConfig(process.env);
  const pack = readPack(knowledgeFolder);
  const { laws, provisions } = readLaws(options.laws);
  const library = buildLibrary(pack.laws, laws);
  const excluded = new Set(
    (options.exclude ?? []).flatMap((file) => readQuestions(file).flatMap(({ id, question }) => [question, id ?? question])),
  );
  const questions = options.questions
    .flatMap(readQuestions)
    .filter(({ id, question }) => !excluded.has(question) && !(id !== undefined && excluded.has(id)))
    .map(({ question, answer, keywords, gold }): TrainingQuestion => ({
      question,
      answer: answer ?? null,
      keywords: keywords ?? null,
      gold: (gold ?? []).map(([law, article]) => provisionKey({ law: normaliseTitle(law), article })),
    }));
  note(`原文 ${String(provisions)} 条，训练问题 ${String(questions.length)} 个（留出 ${String(excluded.size)} 个标识）`);
  let last = '';
  const { model, pairs } = await trainEmbedding({
    library,
    questions,
    matters: pack.matters,
    segment: createSegment(),
    dimension: positive(options.dimension, '--dimension'),
    rows: positive(options.rows, '--rows'),
    seed: positive(options.seed, '--seed'),
    workers: positive(options.workers, '--workers'),
    onProgress: (phase, share, loss) => {
      const line = `${phase} ${String(Math.floor(share * 20) * 5)}%`;
      if (line !== last) note(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} 秒  ${line}  损失 ${loss.toFixed(3)}`);
      last = line;
    },
  });
  const manifest = writeEmbedding(knowledgeFolder, model, {
    seed: positive(options.seed, '--seed'),
    trainedAt: dayInChina(Date.now()),
    data: Object.fromEntries(
      options.questions.map((file) => [basename(file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
    ),
    pairs,
  });
  const report = { ...manifest, seconds: Math.round((Date.now() - started) / 1000) };
  if (options.json === true) printJson(report);
  else printTable(report);
}

function readQuestions(file: string): z.infer<typeof questionLine>[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BaimiError('bad-request', `读不到 ${file}。怎么改：检查路径`, { cause });
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [questionLine.parse(JSON.parse(line))];
    } catch (cause) {
      throw new BaimiError('bad-request', `${file}:${String(index + 1)}: 不是一个问题。怎么改：写成 {"question": "…", "answer": "…"}`, {
        cause,
      });
    }
  });
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new BaimiError('bad-request', `${option} 要写一个正整数`);
  return value;
}

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { dayInChina } from '../app.js';
import { writeModel } from '../adapters/files/model-files.js';
import { readLaws } from '../adapters/files/read-laws.js';
import { readPack } from '../adapters/files/read-pack.js';
import { readConfig } from '../config.js';
import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { BaimiError } from '../domain/errors.js';
import { normaliseTitle, provisionKey } from '../domain/law.js';
import { buildLibrary, type Library } from '../knowledge/library.js';
import { createExactMatcher } from '../retrieval/exact-match.js';
import { modelSections } from '../retrieval/model.js';
import { createSegment } from '../retrieval/segment.js';
import { crossValidate, meanOfFolds, measureSystems, trainRanker, type SystemName } from '../retrieval/training/cross-validate.js';
import type { RankingMeasures } from '../retrieval/training/evaluate.js';
import { RetrievalTraining, type TrainingQuestion } from '../retrieval/training/train-retrieval.js';
import { note, printJson, printTable } from './output.js';

const questionLine = z.object({
  id: z.string().optional(),
  question: z.string(),
  answer: z.string().nullish(),
  answerBy: z.string().nullish(),
  keywords: z.string().nullish(),
  gold: z.array(z.tuple([z.string(), z.string()])).nullish(),
});
type QuestionLine = z.infer<typeof questionLine>;

interface DataOptions {
  readonly laws: string;
  readonly questions: readonly string[];
  readonly weak?: readonly string[];
  readonly exclude?: readonly string[];
  readonly dimension: string;
  readonly rows: string;
  readonly folds: string;
  readonly seed: string;
  readonly workers: string;
  readonly json?: boolean;
}
interface CrossValidateOptions extends DataOptions {
  readonly out?: string;
}

const SYSTEM_NAMES: readonly SystemName[] = ['keyword', 'dense', 'fusion', 'learned', 'ranker'];

/** `baimi model …`: the retrieval model. */
export function modelCommand(): Command {
  return new Command('model')
    .description('训练检索模型')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      withDataOptions(new Command('train').description('用官方原文、标好的问题和知识库训练检索模型，写进知识库的 model 目录')).action(
        train,
      ),
    )
    .addCommand(
      withDataOptions(new Command('cross-validate').description('交叉验证：每一折的问题，只用没见过它们的模型来测（不写模型）'))
        .option('--out <文件>', '把每一折的结果写成 JSON')
        .action(validate),
    );
}

function withDataOptions(command: Command): Command {
  return command
    .requiredOption('--laws <目录>', '官方原文所在目录')
    .requiredOption('--questions <files...>', '专家对上条文的问题，一行一个 JSON：question、gold，可有 answer、keywords')
    .option('--weak <files...>', '没有专家把关的问答：question、answer，可有 gold；answerBy 是 lawyer 且引了法条的，当作律师对上的')
    .option('--exclude <files...>', '这些文件里的问题（按 id 和原话）不用来训练，留着测量')
    .option('--dimension <数>', '向量维数，16 的倍数', '256')
    .option('--rows <数>', '词表大小', '56000')
    .option('--folds <数>', '分几折教排序', '5')
    .option('--seed <数>', '随机种子', '1')
    .option('--workers <数>', '并行数', '2')
    .option('--json', '最后一行输出一个 JSON 对象')
    .helpOption('-h, --help', '显示用法');
}

async function train(options: DataOptions): Promise<void> {
  const started = Date.now();
  const { knowledgeFolder } = readConfig(process.env);
  const folds = positive(options.folds, '--folds');
  const training = prepare(options, started);
  await training.general();
  const { ranker, folds: candidates } = await trainRanker(training, folds, (done, all) => {
    note(`${elapsed(started)}  排序的第 ${String(done)}/${String(all)} 折`);
  });
  // every question by a model that had not seen it; the ranker has learnt from these, so only the parts are measured here
  const measured = Object.fromEntries(
    SYSTEM_NAMES.filter((name) => name !== 'ranker').map((name) => [
      name,
      rounded(
        meanOfFolds(
          candidates.map((set, fold) => ({ fold, systems: measureSystems(set, ranker) })),
          name,
        ),
      ),
    ]),
  );
  const model = await training.course(() => false);
  await training.stop();
  const files = [...options.questions, ...(options.weak ?? [])];
  const manifest = writeModel(
    knowledgeFolder,
    { dimension: model.embedding.dimension, vocabulary: training.vocabulary.tokens, ...modelSections({ ...model, ranker }) },
    {
      seed: positive(options.seed, '--seed'),
      trainedAt: dayInChina(Date.now()),
      data: Object.fromEntries(files.map((file) => [basename(file), createHash('sha256').update(readFileSync(file)).digest('hex')])),
      pairs: training.pairs,
      measured,
    },
  );
  const report = { ...manifest, seconds: Math.round((Date.now() - started) / 1000) };
  if (options.json === true) printJson(report);
  else printTable(report);
}

async function validate(options: CrossValidateOptions): Promise<void> {
  const started = Date.now();
  const folds = positive(options.folds, '--folds');
  const training = prepare(options, started);
  const reports = await crossValidate(training, folds, (done, all) => {
    note(`${elapsed(started)}  第 ${String(done)}/${String(all)} 个模型`);
  });
  await training.stop();
  const means = Object.fromEntries(SYSTEM_NAMES.map((name) => [name, rounded(meanOfFolds(reports, name))]));
  const byFold = reports.map(({ fold, systems }) => ({
    fold: fold + 1,
    ...Object.fromEntries(SYSTEM_NAMES.map((name) => [name, rounded(systems[name])])),
  }));
  const report = { folds: byFold, means, seconds: Math.round((Date.now() - started) / 1000) };
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json === true) printJson(report);
  else printTable(Object.fromEntries(Object.entries(means).map(([name, figures]) => [name, JSON.stringify(figures)])));
}

function prepare(options: DataOptions, started: number): RetrievalTraining {
  const pack = readPack(readConfig(process.env).knowledgeFolder);
  const { laws, provisions } = readLaws(options.laws);
  const library = buildLibrary(pack.laws, laws);
  const excluded = new Set(
    (options.exclude ?? []).flatMap((file) => readQuestions(file).flatMap(({ id, question }) => [question, id ?? question])),
  );
  const kept = (lines: readonly QuestionLine[]): QuestionLine[] =>
    lines.filter(({ id, question }) => !excluded.has(question) && !(id !== undefined && excluded.has(id)));
  const exact = createExactMatcher(library.names, new Set(library.byKey.keys()));
  const questions = [
    ...kept(options.questions.flatMap(readQuestions)).map((line) => trainingQuestion(line, 'expert')),
    ...kept((options.weak ?? []).flatMap(readQuestions)).map((line) => weakQuestion(line, library, exact)),
  ];
  note(`原文 ${String(provisions)} 条，训练问题 ${String(questions.length)} 个（留出 ${String(excluded.size)} 个标识）`);
  let last = '';
  return new RetrievalTraining({
    library,
    matters: pack.matters,
    synonyms: pack.synonyms,
    questions,
    segment: createSegment(),
    dimension: dimensionOf(options.dimension),
    rows: positive(options.rows, '--rows'),
    seed: positive(options.seed, '--seed'),
    workers: positive(options.workers, '--workers'),
    onProgress: (phase, share, loss) => {
      const line = `${phase} ${String(Math.floor(share * 5) * 20)}%`;
      if (line !== last) note(`${elapsed(started)}  ${line}  损失 ${loss.toFixed(3)}`);
      last = line;
    },
  });
}

function trainingQuestion({ id, question, answer, keywords, gold }: QuestionLine, by: TrainingQuestion['by']): TrainingQuestion {
  return {
    id: id ?? question,
    by,
    question,
    answer: answer ?? null,
    keywords: keywords ?? null,
    gold: (gold ?? []).map(([law, article]) =>
      provisionKey({ law: normaliseTitle(law), article: normaliseArticleNumber(article) ?? article }),
    ),
  };
}

function weakQuestion(line: QuestionLine, library: Library, exact: ReturnType<typeof createExactMatcher>): TrainingQuestion {
  const quoted = line.answerBy === 'lawyer' ? exact.provisions(line.answer ?? '').filter((key) => library.byKey.has(key)) : [];
  return quoted.length > 0 ? { ...trainingQuestion(line, 'lawyer'), gold: quoted } : trainingQuestion(line, 'nobody');
}

function rounded({ questions, ...measures }: RankingMeasures): Record<string, number> {
  return { questions, ...Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, Math.round(value * 1000) / 1000])) };
}

function elapsed(started: number): string {
  return `${String(Math.round((Date.now() - started) / 1000)).padStart(5)} 秒`;
}

function readQuestions(file: string): QuestionLine[] {
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

function dimensionOf(text: string): number {
  const dimension = positive(text, '--dimension');
  if (dimension % 16 !== 0) throw new BaimiError('bad-request', '--dimension 要写 16 的倍数，例如 256');
  return dimension;
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new BaimiError('bad-request', `${option} 要写一个正整数`);
  return value;
}

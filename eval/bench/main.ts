import { availableParallelism, cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../../src/config.js';
import { BaimiError } from '../../src/domain/errors.js';
import { readRetrievalCases } from '../cases.js';
import { CONTENDERS, WITH_MODEL } from './contenders.js';
import { drawCases, readCorpus, type BenchRow } from './measure.js';
import { markdownTable, runContender, trainedOn, type FailedRow } from './run-bench.js';

interface BenchOptions {
  readonly laws: string;
  readonly cases: string;
  readonly limit?: number;
  readonly only?: readonly string[];
  readonly seed: number;
  readonly seconds: number;
  readonly json?: boolean;
}

const names = Object.keys(CONTENDERS);
const atLeast = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`要写不小于 ${String(least)} 的整数`);
  return value;
};

const program = new Command('bench')
  .description('同样的条文、同样的问题：我们的检索和别人的检索库放在一起量')
  .requiredOption('--laws <目录>', '官方原文所在目录')
  .requiredOption('--cases <文件>', '题目，一行一个 JSON：{"id","question","gold":[["法律","第几条"]]}')
  .option('--limit <数>', '只用这么多题，按种子抽取', atLeast(1))
  .option('--only <名称,…>', `只跑这几个：${names.join('、')}`, chosen)
  .option('--seed <数>', '抽题和排序的种子', atLeast(0), 1)
  .option('--seconds <数>', '每个检索库最多检索这么多秒，问不完就只算问过的题', atLeast(1), 300)
  .option('--json', '最后一行输出一个 JSON 对象')
  .helpOption('-h, --help', '显示用法')
  .showHelpAfterError('（加 --help 看用法）')
  .action(bench);

function chosen(list: string): string[] {
  const asked = list.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`没有 ${unknown}。可以写：${names.join(',')}`);
  return names.filter((name) => asked.includes(name));
}

async function bench(options: BenchOptions): Promise<void> {
  const { seed, seconds } = options;
  const laws = resolve(options.laws);
  const casesFile = resolve(options.cases);
  const { knowledgeFolder: knowledge } = readConfig(process.env);
  const limit = options.limit ?? null;
  // read once here, so that what is wrong with them is said at once and not once a contender
  const questions = drawCases(readRetrievalCases(casesFile), limit, seed).length;
  if (questions === 0) throw new BaimiError('bad-request', `${casesFile} 里没有标了依据的题。怎么改：每题写上 gold`);
  const provisions = readCorpus(laws).documents.length;
  if (provisions === 0) throw new BaimiError('bad-law-text', `${laws} 里没有读到条文。怎么改：写原文所在的目录，例如 --laws ./laws`);
  process.stderr.write(`${String(provisions)} 条，${String(questions)} 题，种子 ${String(seed)}\n`);

  const knowsCases = trainedOn(knowledge, casesFile);
  const load = loadavg()[0] ?? 0;
  if (load > availableParallelism() / 2) process.stderr.write(`机器正忙（负载 ${load.toFixed(1)}）：下面的时间会偏长\n`);

  const rows: (BenchRow | FailedRow)[] = [];
  const job = { laws, cases: casesFile, limit, seed, seconds, knowledge };
  // one after another: memory and processor belong to one at a time
  for (const name of options.only ?? names) {
    const row = await runContender({ ...job, name, trainedOnCases: knowsCases && WITH_MODEL.has(name) });
    if ('failed' in row) process.stderr.write(`${name}：没有跑成：${row.failed}\n`);
    rows.push(row);
  }
  process.stdout.write(`${markdownTable(rows)}\n`);
  if (rows.some((row) => !('failed' in row) && row.trainedOnCases)) {
    process.stdout.write('\n括号里的不算结果：检索模型是用这份题目训练的，只看速度。要看命中率，换一份没训练过的题目。\n');
  }
  if (options.json === true) {
    const about = { provisions, questions, seed, load, node: process.version, processor: cpus()[0]?.model ?? null };
    process.stdout.write(`${JSON.stringify({ ...about, rows })}\n`);
  }
  if (rows.every((row) => 'failed' in row)) process.exitCode = 1;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BaimiError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

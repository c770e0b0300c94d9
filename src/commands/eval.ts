import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, Option } from 'commander';
import { dayInChina } from '../app.js';
import { readLaws } from '../adapters/files/read-laws.js';
import { readPack } from '../adapters/files/read-pack.js';
import { readConfig } from '../config.js';
import { buildConsultation } from '../consultation/build-consultation.js';
import { BaimiError } from '../domain/errors.js';
import { openModel } from '../retrieval/model.js';
import { note, printJson, printTable, progress } from './output.js';

const JSON_OPTION = ['--json', '最后一行输出一个 JSON 对象'] as const;

interface RetrievalOptions {
  readonly laws: string;
  readonly cases: string;
  readonly system?: 'bm25' | 'dense' | 'fusion' | 'hybrid';
  readonly pack: boolean;
  readonly json?: boolean;
}
interface AnswersOptions {
  readonly laws?: string;
  readonly cases: string;
  readonly out?: string;
  readonly json?: boolean;
}
interface ConfidenceOptions {
  readonly laws?: string;
  readonly cases: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

/** `baimi eval …`: measures on labelled questions. */
export function evalCommand(): Command {
  return new Command('eval')
    .description('用标好答案的问题测量检索和答复')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(retrievalCommand())
    .addCommand(answersCommand())
    .addCommand(confidenceCommand());
}

function retrievalCommand(): Command {
  return new Command('retrieval')
    .description('检索：问题能不能找到该找的条文')
    .requiredOption('--laws <目录>', '官方原文所在目录')
    .requiredOption('--cases <文件>', '题目，一行一个 JSON：{"id","question","gold":[["法律","第几条"]]}')
    .addOption(
      new Option('--system <名称>', '检索方式：关键词、向量、两者按权重合用、全部合用并排序（默认；没有训练好的模型时用关键词）').choices([
        'bm25',
        'dense',
        'fusion',
        'hybrid',
      ]),
    )
    .option('--no-pack', '只检索官方原文，不用知识库的要旨和问法')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: RetrievalOptions) => {
      const { evaluateRetrieval } = await import('../../eval/retrieval.js');
      const { readRetrievalCases } = await import('../../eval/cases.js');
      const cases = readRetrievalCases(options.cases);
      const show = progress('读原文');
      const { laws } = readLaws(options.laws, (done, all) => {
        show(done / all);
      });
      const pack = readPack(readConfig(process.env).knowledgeFolder);
      const system = options.system ?? (pack.model ? 'hybrid' : 'bm25');
      if (system !== 'bm25' && !pack.model) {
        throw new BaimiError(
          'unavailable',
          `知识库里没有训练好的检索模型，不能用 --system ${system}。怎么改：用 --system bm25，或者先运行 baimi model train`,
        );
      }
      note(`共 ${String(cases.length)} 题，正在建索引并检索……`);
      const report = evaluateRetrieval(
        laws,
        options.pack ? pack.laws : [],
        cases,
        system,
        pack.model && openModel(pack.model),
        options.pack ? pack : {},
      );
      if (options.json === true) printJson(report);
      else printTable({ ...report });
    });
}

function answersCommand(): Command {
  return new Command('answers')
    .description('答复：该答的答对没有，该转的转了没有')
    .requiredOption('--cases <文件>', '题目，一行一个 JSON，带 behaviour、gold、must_say')
    .option('--laws <目录>', '同时检索这个目录里的官方原文')
    .option('--out <文件>', '每道题的结果写到这里，一行一个 JSON')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: AnswersOptions) => {
      const { reportAnswers, runAnswerCases } = await import('../../eval/answers.js');
      const { readConsultCases } = await import('../../eval/cases.js');
      const cases = readConsultCases(options.cases);
      const { consult, library } = buildConsultation(
        readPack(readConfig(process.env).knowledgeFolder),
        options.laws === undefined ? [] : readLaws(options.laws).laws,
      );
      note(`共 ${String(cases.length)} 题，知识库有 ${String(library.provisions.length)} 条，正在作答……`);
      const results = runAnswerCases(consult, library, cases, dayInChina(Date.now()));
      if (options.out !== undefined) writeFileSync(options.out, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
      const report = reportAnswers(results);
      if (options.json === true) printJson(report);
      else printTable({ ...report });
    });
}

function confidenceCommand(): Command {
  return new Command('confidence')
    .description('置信度：用标好的问题拟合，并用五折交叉验证测量')
    .requiredOption('--cases <文件>', '题目，同 eval answers')
    .option('--laws <目录>', '同时检索这个目录里的官方原文')
    .option('--write', '把结果写进知识库的 model/confidence.json')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: ConfidenceOptions) => {
      const { fitConfidence } = await import('../../eval/confidence.js');
      const { readConsultCases } = await import('../../eval/cases.js');
      const { knowledgeFolder } = readConfig(process.env);
      const model = fitConfidence(
        readPack(knowledgeFolder),
        options.laws === undefined ? [] : readLaws(options.laws).laws,
        readConsultCases(options.cases),
        dayInChina(Date.now()),
        basename(options.cases),
      );
      if (options.write === true) {
        const file = join(knowledgeFolder, 'model', 'confidence.json');
        writeFileSync(file, `${JSON.stringify(model, null, 2)}\n`);
        note(`已写入 ${file}`);
      }
      if (options.json === true) printJson(model);
      else printTable({ ...model });
    });
}

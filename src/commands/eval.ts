import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, Option } from 'commander';
import { dayInChina } from '../app.js';
import { readLaws } from '../adapters/files/read-laws.js';
import { readPack } from '../adapters/files/read-pack.js';
import { packageRoot, readConfig } from '../config.js';
import { buildConsultation, type BuildOptions, type BuiltConsultation } from '../consultation/build-consultation.js';
import type { Consult } from '../consultation/consult.js';
import { NEW_CONSULTATION } from '../consultation/continue-consultation.js';
import { helped, type ModelHelp } from '../consultation/model-help.js';
import { BaimiError } from '../domain/errors.js';
import { buildLibrary } from '../knowledge/library.js';
import { openModelHelp } from '../load-language-model.js';
import { openModel } from '../retrieval/model.js';
import { note, print, printJson, printTable, progress } from './output.js';

const JSON_OPTION = ['--json', '最后一行输出一个 JSON 对象'] as const;

interface RetrievalOptions {
  readonly laws?: string;
  readonly cases: string;
  readonly answerOnly?: boolean;
  readonly system?: 'bm25' | 'dense' | 'fusion' | 'hybrid';
  readonly pack: boolean;
  readonly json?: boolean;
}
interface AnswersOptions {
  readonly laws?: string;
  readonly cases: string;
  readonly crossValidate?: boolean;
  readonly model?: boolean;
  readonly outOfScope?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}
interface FitOptions {
  readonly laws?: string;
  readonly cases: string;
  readonly outOfScope?: readonly string[];
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
    .addCommand(coverageCommand())
    .addCommand(answersCommand())
    .addCommand(compareCommand())
    .addCommand(fitCommand());
}

function retrievalCommand(): Command {
  return new Command('retrieval')
    .description('检索：问题能不能找到该找的条文')
    .option('--laws <目录>', '官方原文所在目录；不写，只检索知识库')
    .requiredOption('--cases <文件>', '题目，一行一个 JSON：{"id","question","gold":[["法律","第几条"]]}')
    .option('--answer-only', '只用标了 behaviour 是 answer 的题')
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
      const { readConsultCases, readRetrievalCases } = await import('../../eval/cases.js');
      const cases =
        options.answerOnly === true
          ? readConsultCases(options.cases).filter(({ behaviour }) => behaviour === 'answer')
          : readRetrievalCases(options.cases);
      const show = progress('读原文');
      const laws =
        options.laws === undefined
          ? []
          : readLaws(options.laws, (done, all) => {
              show(done / all);
            }).laws;
      if (laws.length === 0 && !options.pack) {
        throw new BaimiError('bad-request', '没有原文，又不用知识库，没有东西可以检索。怎么改：写上 --laws，或者去掉 --no-pack');
      }
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

function coverageCommand(): Command {
  return new Command('coverage')
    .description('题目的标准答案里，知识库写了多少条')
    .requiredOption('--cases <文件>', '题目，同 eval retrieval')
    .option('--our-topics', '只用征收、工伤、工资三个主题的题（标准答案多半在这三个主题的法律里）')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: { readonly cases: string; readonly ourTopics?: boolean; readonly json?: boolean }) => {
      const { coverageOf, onOurTopics } = await import('../../eval/coverage.js');
      const { readRetrievalCases } = await import('../../eval/cases.js');
      const pack = readPack(readConfig(process.env).knowledgeFolder);
      const cases = readRetrievalCases(options.cases);
      const report = coverageOf(options.ourTopics === true ? onOurTopics(cases, pack.laws) : cases, buildLibrary(pack.laws, []));
      if (options.json === true) printJson(report);
      else printTable({ ...report });
    });
}

function answersCommand(): Command {
  return new Command('answers')
    .description('答复：该答的答对没有，该转的转了没有')
    .requiredOption('--cases <文件>', '题目，一行一个 JSON，带 behaviour、gold、must_say')
    .option('--laws <目录>', '同时检索这个目录里的官方原文')
    .option('--cross-validate', '五折交叉验证：每道题由没见过它的模型作答（引用和置信度两个模型）')
    .option('--out-of-scope <files...>', '别的事的问题，从里面取一些，看会不会误答；交叉验证时用')
    .option('--model', '让配置好的语言模型帮忙（先逐题问完模型，再计时作答；不能和交叉验证一起用）')
    .option('--out <文件>', '每道题的结果写到这里，一行一个 JSON')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: AnswersOptions) => {
      const { reportAnswers, runAnswerCases } = await import('../../eval/answers.js');
      const { readConsultCases, readOutOfScope } = await import('../../eval/cases.js');
      const cases = readConsultCases(options.cases);
      const day = dayInChina(Date.now());
      const crossValidating = options.crossValidate === true;
      const { UNFITTED, answeringAll, crossValidate } = await import('../../eval/fit.js');
      const help = options.model === true ? helpForEval(crossValidating) : null;
      const built = buildForEval(options.laws, crossValidating ? UNFITTED : help ? { help: help.help } : {});
      const { consult, withModels, models, library } = built;
      note(`共 ${String(cases.length)} 题，知识库有 ${String(library.provisions.length)} 条，正在作答……`);
      if (help) await prepareAll(help, consult, cases, day);
      let results = [] as ReturnType<typeof runAnswerCases>;
      let report: object;
      if (crossValidating) {
        const outOfScope = readOutOfScope(options.outOfScope ?? [], cases);
        const validated = crossValidate({ library, withModels, cases, outOfScope, day, trainedOn: '' });
        results = [...validated.results];
        report = { ...validated.report, outOfScope: outOfScope.length, outOfScopeAnswered: validated.outOfScopeAnswered };
      } else {
        results = runAnswerCases(consult, withModels(answeringAll(models)), library, cases, day);
        report = { ...reportAnswers(results), ...help?.report() };
      }
      if (options.out !== undefined) writeFileSync(options.out, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
      if (options.json === true) printJson(report);
      else printTable({ ...report });
    });
}

const CHANGE_NAMES = {
  behaviour: '该怎么办',
  'cites-gold': '依据',
  figures: '该说的数',
  unsupported: '没有出处的数',
  missing: '缺题',
} as const;

function compareCommand(): Command {
  return new Command('compare')
    .description('比较两次 eval answers --out 的结果：哪些题变好，哪些题变差。有变差的，退出码为 1')
    .argument('<file-before>', '从前的结果，例如 eval/baseline.jsonl')
    .argument('<file-after>', '现在的结果')
    .option('--write-baseline', '变差的都看过、认了：把现在的结果（不含题目原文）写进从前的文件')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (before: string, after: string, options: { readonly writeBaseline?: boolean; readonly json?: boolean }) => {
      const { compareRuns, readOutcomes } = await import('../../eval/compare.js');
      const now = readOutcomes(after);
      const writing = options.writeBaseline === true;
      const comparison = compareRuns(writing && !existsSync(before) ? now : readOutcomes(before), now);
      if (writing) writeFileSync(before, now.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
      if (options.json === true) printJson(comparison);
      else {
        for (const [name, changes] of [
          ['变好', comparison.better],
          ['变差', comparison.worse],
        ] as const) {
          for (const change of changes) print(`${name} ${change.id} ${CHANGE_NAMES[change.what]}：${change.before} → ${change.after}`);
        }
        print(`${String(comparison.cases)} 题，变好 ${String(comparison.better.length)} 处，变差 ${String(comparison.worse.length)} 处`);
      }
      if (comparison.worse.length > 0 && !writing) process.exitCode = 1;
    });
}

interface EvalHelp {
  readonly help: ModelHelp;
  /** What the model did, by name and number. */
  readonly report: () => object;
}

/** The configured language model, its results kept to the end of the run. */
function helpForEval(crossValidating: boolean): EvalHelp {
  if (crossValidating) throw new BaimiError('bad-request', '--model 和 --cross-validate 不能一起用。怎么改：分两次测');
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const help = openModelHelp(readConfig(process.env), {
    kept: Infinity,
    failuresHoldMs: Infinity,
    onEvent: (event) => {
      if (event.kind === 'failed') count(`${event.prompt} ${event.why}`);
      if (event.kind === 'used') count(`${event.prompt} used`);
    },
    onRefusal: ({ task, reason }) => {
      count(`${task} ${reason}`);
    },
  });
  if (!help) throw new BaimiError('bad-config', '没有配置语言模型。怎么改：设好 BAIMI_LLM_URL、_KEY、_MODEL，或者去掉 --model');
  return { help, report: () => ({ model: Object.fromEntries([...counts].sort()) }) };
}

/** Asks the model all that the cases want of it, so that answering them is a matter of our own time. */
async function prepareAll(
  { help }: EvalHelp,
  consult: Consult,
  cases: readonly { readonly id: string; readonly question: string }[],
  day: string,
): Promise<void> {
  const show = progress('问语言模型');
  for (const [at, { id, question }] of cases.entries()) {
    await helped(help, { key: `${String(at)}:${id}` }, () => consult(question, NEW_CONSULTATION, day));
    show((at + 1) / cases.length);
  }
}

function fitCommand(): Command {
  return new Command('fit')
    .description('用标好的问题拟合引用和置信度两个模型，并用五折交叉验证测量')
    .requiredOption('--cases <文件>', '题目，同 eval answers')
    .option('--laws <目录>', '同时检索这个目录里的官方原文')
    .option('--out-of-scope <files...>', '别的事的问题，从里面取一些，教它不要答')
    .option('--write', '写进知识库的 model/citations.json、model/confidence.json，并画出 eval/reliability.svg')
    .option(...JSON_OPTION)
    .helpOption('-h, --help', '显示用法')
    .action(async (options: FitOptions) => {
      const { fitModels, UNFITTED } = await import('../../eval/fit.js');
      const { readConsultCases, readOutOfScope } = await import('../../eval/cases.js');
      const { drawReliability } = await import('../../eval/reliability.js');
      const { knowledgeFolder } = readConfig(process.env);
      const cases = readConsultCases(options.cases);
      const { library, withModels } = buildForEval(options.laws, UNFITTED);
      const { citations, confidence, validated } = fitModels({
        library,
        withModels,
        cases,
        outOfScope: readOutOfScope(options.outOfScope ?? [], cases),
        day: dayInChina(Date.now()),
        trainedOn: [options.cases, ...(options.outOfScope ?? [])].map((file) => basename(file)).join(' '),
      });
      if (options.write === true) {
        const write = (file: string, text: string): void => {
          writeFileSync(file, text);
          note(`已写入 ${file}`);
        };
        write(join(knowledgeFolder, 'model', 'citations.json'), `${JSON.stringify(citations, null, 2)}\n`);
        write(join(knowledgeFolder, 'model', 'confidence.json'), `${JSON.stringify(confidence, null, 2)}\n`);
        write(join(packageRoot(), 'eval', 'reliability.svg'), drawReliability(validated.decided, confidence.threshold));
      }
      const report = { ...validated.report, outOfScopeAnswered: validated.outOfScopeAnswered };
      if (options.json === true) printJson({ citations, confidence, report });
      else printTable({ ...report, confidence: confidence.crossValidated });
    });
}

function buildForEval(laws: string | undefined, models: BuildOptions = {}): BuiltConsultation {
  return buildConsultation(readPack(readConfig(process.env).knowledgeFolder), laws === undefined ? [] : readLaws(laws).laws, models);
}

import { Command } from 'commander';
import { dayInChina } from '../app.js';
import { importLaws, type ImportReport, type ImportedFile } from '../adapters/files/import/import-laws.js';
import { openLawStore } from '../adapters/files/import/law-store.js';
import { announceLibrary, readLibrary } from '../adapters/files/import/read-library.js';
import { readPack } from '../adapters/files/read-pack.js';
import { readConfig } from '../config.js';
import { matchSecondary, type SecondaryMatch } from '../knowledge/match-secondary.js';
import type { PackLaw } from '../knowledge/parse-pack-law.js';
import { loadConsultation } from '../load-consultation.js';
import { libraryFolder } from '../official-laws.js';
import { note, print, printJson, progress } from './output.js';

const OUTCOMES = {
  new: '新增',
  replaced: '换成新的',
  unchanged: '没有变化',
  older: '旧版本，留存备查',
  waiting: '还没施行，到日子自动启用',
  refused: '没有收',
} as const;

interface ImportCommandOptions {
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** `baimi knowledge import DIR`: official texts that the bureau downloaded, into the data folder. */
export function importCommand(): Command {
  return new Command('import')
    .description('把下载的法律原文（.docx、.html、.txt、.md）收进数据目录，供检索和引用。有没收的，退出码为 1')
    .argument('<目录>', '下载的文件所在目录，连同下级目录')
    .option('--replace', '同一版的新文件比已有的短很多时，也照换')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (folder: string, options: ImportCommandOptions) => {
      const config = readConfig(process.env);
      const folderOfLibrary = libraryFolder(config.dataFolder);
      const today = dayInChina(Date.now());
      const show = progress('读原文');
      const report = await importLaws(folder, openLawStore(folderOfLibrary), {
        today,
        replace: options.replace === true,
        onProgress: (done, all) => {
          show(all === 0 ? 1 : done / all);
        },
      });
      const matches = secondaryMatches(readPack(config.knowledgeFolder).laws, folderOfLibrary, today);
      const changed = report.new + report.replaced + report.waiting > 0;
      if (changed) {
        // built here and kept, so that the running service reads it in a moment
        await loadConsultation(config, config.lawsFolder, note, (error) => {
          note(`向量服务出错：${error instanceof Error ? error.message : String(error)}`);
        });
        announceLibrary(folderOfLibrary);
        note('正在运行的服务会自动换用新的条文');
      }
      if (options.json === true) printJson({ ...report, secondary: matches });
      else {
        printReport(report);
        matches.forEach(printMatch);
      }
      if (report.refused > 0) process.exitCode = 1;
    });
}

/** What the pack knew at second hand of laws whose text is now at hand, compared with the text. */
function secondaryMatches(pack: readonly PackLaw[], folder: string, today: string): SecondaryMatch[] {
  return matchSecondary(pack, new Map(readLibrary(folder, today).laws.map(({ law, text }) => [law.title, text])));
}

const MATCH_NAMES: Readonly<Record<SecondaryMatch['outcome'], string>> = {
  agrees: '转述和原文对得上',
  differs: '转述和原文不符，以原文为准',
  'not-found': '转述在原文里没有对上哪一条，不再使用',
};

function printMatch({ law, article, outcome, official, missing }: SecondaryMatch): void {
  const where = official === null || official === article ? '' : `，原文是${official}`;
  const figures = missing.length === 0 ? '' : `；原文没有：${missing.join('、')}`;
  print(`${MATCH_NAMES[outcome]}：《${law}》${article}${where}${figures}`);
}

function printReport(report: ImportReport): void {
  for (const file of report.files) {
    if (file.outcome !== 'unchanged' || file.warnings.length > 0) print(lineOf(file));
    for (const warning of file.warnings) print(`    注意：${warning}`);
  }
  print(`看了 ${String(report.read)} 个文件，收进 ${String(report.articles)} 条`);
  for (const [outcome, name] of Object.entries(OUTCOMES)) {
    const count = report[outcome as keyof typeof OUTCOMES];
    if (count > 0) print(`  ${name}：${String(count)}`);
  }
}

function lineOf(file: ImportedFile): string {
  const name = file.files.join('、');
  if (file.outcome === 'refused') return `${OUTCOMES.refused}：${name}：${file.reason ?? ''}`;
  const days = [file.published === null ? '' : `${file.published} 公布`, file.inForceFrom === null ? '' : `${file.inForceFrom} 施行`];
  const about = [...days.filter((part) => part !== ''), `${String(file.articles)} 条`].join('，');
  return `${OUTCOMES[file.outcome]}：《${file.title ?? ''}》（${about}）← ${name}`;
}

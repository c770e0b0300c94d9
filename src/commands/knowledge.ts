import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { dayInChina } from '../app.js';
import { readLaws } from '../adapters/files/read-laws.js';
import { readPack } from '../adapters/files/read-pack.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { createVerificationStore } from '../adapters/database/verification-store.js';
import { readConfig, type Config } from '../config.js';
import { normaliseTitle } from '../domain/law.js';
import { checkFigures } from '../knowledge/check-figures.js';
import { checkMatters } from '../knowledge/check-matters.js';
import { FINDING_KINDS, checkPack, type FindingKind } from '../knowledge/check-pack.js';
import { knowledgeStatus } from '../knowledge/knowledge-status.js';
import { buildLibrary } from '../knowledge/library.js';
import { withEntered, type EnteredFigure } from '../knowledge/parse-figures.js';
import type { Verification } from '../knowledge/verification.js';
import { readOfficialLaws } from '../official-laws.js';
import { importCommand } from './knowledge-import.js';
import { verifyCommand } from './knowledge-verify.js';
import { note, print, printJson, printTable, progress } from './output.js';

const FINDING_NAMES: Readonly<Record<FindingKind, string>> = {
  'no-official-text': '没有原文可对照',
  'missing-article': '条号不存在',
  'wrong-figure': '数字与原文不符',
  copied: '照抄原文',
  'no-checksum': '没有登记校验值',
  stale: '原文已变，要旨过期',
};

interface CheckOptions {
  readonly writeChecksums?: boolean;
  readonly json?: boolean;
}

/** `baimi knowledge …`: looks after the pack. */
export function knowledgeCommand(): Command {
  return new Command('knowledge')
    .description('检查知识库，导入官方原文')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(checkCommand())
    .addCommand(statusCommand())
    .addCommand(verifyCommand())
    .addCommand(importCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description('把要旨和官方原文逐条对照：条号、数字、照抄、校验值。有问题时退出码为 1')
    .argument('<目录>', '官方原文所在目录')
    .option('--write-checksums', '复核无误后，登记这次对照的原文的校验值')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action((folder: string, options: CheckOptions) => {
      const { knowledgeFolder } = readConfig(process.env);
      const pack = readPack(knowledgeFolder);
      const show = progress('读原文');
      const { laws } = readLaws(folder, (done, all) => {
        show(done / all);
      });
      const check = checkPack(pack.laws, new Map(laws.map((law) => [normaliseTitle(law.law.title), law.text])), pack.checksums);
      const library = buildLibrary(pack.laws, [], pack.changes);
      const matters = checkMatters(pack.matters, library, dayInChina(Date.now()));
      const figures = checkFigures(pack.figures, library, dayInChina(Date.now()));
      const writing = options.writeChecksums === true;
      const findings = check.findings.filter((finding) => !(writing && (finding.kind === 'no-checksum' || finding.kind === 'stale')));
      const counts = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, findings.filter((finding) => finding.kind === kind).length]));
      if (writing) {
        const file = join(knowledgeFolder, 'laws', 'checksums.json');
        writeFileSync(file, `${JSON.stringify(check.checksums, null, 1)}\n`);
        note(`已登记 ${String(Object.keys(check.checksums).length)} 条的校验值：${file}`);
      }
      if (options.json === true)
        printJson({
          laws: check.laws,
          gists: check.gists,
          compared: check.compared,
          matters: pack.matters.length,
          counts,
          findings,
          matterFindings: matters,
          figureFindings: figures,
        });
      else {
        for (const finding of findings)
          print(`${finding.file}:${String(finding.line)} ${finding.article} ${FINDING_NAMES[finding.kind]}：${finding.message}`);
        for (const finding of matters) print(`${finding.file}:${String(finding.line)} ${finding.message}`);
        for (const { table, key, message } of figures) print(`figures ${table} ${key}：${message}`);
        print(
          `${String(check.laws)} 部法律，${String(check.gists)} 条要旨，对照了 ${String(check.compared)} 条，发现 ${String(findings.length)} 处问题`,
        );
      }
      if (findings.length + matters.length + figures.length > 0) process.exitCode = 1;
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('知识库里有什么：法律、要旨、待核实、已失效、空着的数字、没有依据的问法、导入的原文')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (options: { readonly json?: boolean }) => {
      const config = readConfig(process.env);
      const pack = readPack(config.knowledgeFolder);
      const added = await readAdditions(config);
      const today = dayInChina(Date.now());
      const { laws } = readOfficialLaws(config.dataFolder, config.lawsFolder, today);
      const library = buildLibrary(pack.laws, laws, pack.changes, pack.checksums, added.verifications);
      const status = knowledgeStatus(pack, library, withEntered(pack.figures, added.figures, added.verifications), laws, today);
      if (options.json === true) printJson(status);
      else printTable({ ...status });
    });
}

/** What people have added beside the pack; nothing where there is no database yet. */
async function readAdditions(config: Config): Promise<{ verifications: Verification[]; figures: EnteredFigure[] }> {
  if ('file' in config.database && !existsSync(config.database.file)) return { verifications: [], figures: [] };
  const db = await openDatabase(config.database);
  try {
    const store = createVerificationStore(db);
    return { verifications: await store.verifications(), figures: await store.figures() };
  } finally {
    await db.destroy();
  }
}

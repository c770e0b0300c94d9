import { Command } from 'commander';
import { openDatabase } from '../adapters/database/open-database.js';
import { createVerificationStore } from '../adapters/database/verification-store.js';
import { readPack } from '../adapters/files/read-pack.js';
import { dayInChina } from '../app.js';
import { readConfig, type Config } from '../config.js';
import type { Knowledge, VerificationStore } from '../consultation/ports.js';
import { BaimiError } from '../domain/errors.js';
import { normaliseTitle, provisionKey } from '../domain/law.js';
import { withEntered, type Slot } from '../knowledge/parse-figures.js';
import type { Gist } from '../knowledge/parse-pack-law.js';
import { digestOfGist, digestOfSlot, slotKey } from '../knowledge/verification.js';
import { print, printJson } from './output.js';

interface VerifyOptions {
  readonly by?: string;
  readonly against?: string;
  readonly figure?: string;
  readonly value?: string;
  readonly source?: string;
  readonly sourceDate?: string;
  readonly withdraw?: boolean;
  readonly json?: boolean;
}

/** `baimi knowledge verify`: a lawyer says that a statement known at second hand, or a figure, is right. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('律师核实只见过转述的规定、每年变化的数字；不带参数时列出待核实的')
    .argument('[法律]', '法律全称')
    .argument('[条号]', '条号，或者“条号待核实：……”冒号后面的名目')
    .option('--by <姓名>', '核实人')
    .option('--against <来源>', '对照的是什么：发文机关、文号、网址')
    .option('--figure <编号>', '核实的是数字：knowledge/figures 里的编号')
    .option('--value <数>', '数字变了或者原来空着：填新的数，要同时写 --source 和 --source-date')
    .option('--source <来源>', '新数的来源：发文机关、文号、网址')
    .option('--source-date <日子>', '来源的日期，例如 2026-07-01')
    .option('--withdraw', '撤回以前的核实')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (law: string | undefined, article: string | undefined, options: VerifyOptions) => {
      const config = readConfig(process.env);
      const pack = readPack(config.knowledgeFolder);
      await withStore(config, async (store) => {
        if (options.figure !== undefined) await verifyFigure(store, pack, options.figure, options);
        else if (law !== undefined) await verifyGist(store, pack, law, article, options);
        else await listUnverified(store, pack, options.json === true);
      });
    });
}

async function withStore(config: Config, use: (store: VerificationStore) => Promise<void>): Promise<void> {
  const db = await openDatabase(config.database);
  try {
    await use(createVerificationStore(db));
  } finally {
    await db.destroy();
  }
}

async function listUnverified(store: VerificationStore, pack: Knowledge, json: boolean): Promise<void> {
  const verifications = await store.verifications();
  const gists = pack.laws
    .filter((entry) => entry.basis === 'secondary')
    .flatMap((entry) => entry.gists.map((gist) => ({ law: entry.law.title, gist, source: gist.source ?? entry.source })))
    .map(({ law, gist, source }) => {
      const key = provisionKey({ law, article: gist.article });
      const held = verifications.find((candidate) => candidate.key === key && candidate.digest === digestOfGist(gist));
      return {
        law,
        article: gist.article,
        says: gist.plain,
        source,
        conflict: gist.conflict,
        verifiedBy: held?.by ?? null,
        verifiedOn: held?.on ?? null,
      };
    });
  const slots = withEntered(pack.figures, await store.figures(), verifications).slots.map(
    ({ id, title, value, unit, source, verified, verifiedBy }) => ({
      id,
      title,
      value,
      unit,
      source,
      verifiedBy: verified ? verifiedBy : null,
    }),
  );
  if (json) {
    printJson({ provisions: gists, figures: slots });
    return;
  }
  for (const { law, article, says, source, conflict, verifiedBy, verifiedOn } of gists) {
    const state = conflict !== null ? '说法不一，不用' : verifiedBy === null ? '待核实' : `${verifiedBy} ${verifiedOn ?? ''} 已核实`;
    print(`[${state}] 《${law}》${article}\n    ${says}\n    来源：${source}`);
  }
  for (const { id, title, value, unit, source, verifiedBy } of slots) {
    const state = value === null ? '空着' : verifiedBy === null ? '待核实' : `${verifiedBy} 已核实`;
    print(`[${state}] ${id} ${title}${value === null ? '' : `：${String(value)}${unit}`}${source === null ? '' : `\n    来源：${source}`}`);
  }
  print('核实规定：baimi knowledge verify 法律 条号 --by 姓名 --against 对照的来源');
  print('核实数字：baimi knowledge verify --figure 编号 --by 姓名 [--value 数 --source 来源 --source-date 日子]');
}

async function verifyGist(
  store: VerificationStore,
  pack: Knowledge,
  law: string,
  article: string | undefined,
  options: VerifyOptions,
): Promise<void> {
  const title = normaliseTitle(law);
  const entry = pack.laws.find((candidate) => candidate.law.title === title || candidate.law.aliases.includes(title));
  if (!entry) throw new BaimiError('not-found', `知识库里没有《${title}》。怎么改：写全称；不带参数运行，可以看到待核实的清单`);
  if (entry.basis === 'official') {
    throw new BaimiError(
      'bad-request',
      `《${entry.law.title}》是对照官方原文写的，不用在这里核实。怎么改：用 baimi knowledge check 对照原文`,
    );
  }
  const gist = gistNamed(entry.gists, article);
  if (!gist) {
    const names = entry.gists.map((candidate) => candidate.article).join('、');
    throw new BaimiError('not-found', `《${entry.law.title}》里没有“${article ?? ''}”。怎么改：从这些里选一个：${names}`);
  }
  const key = provisionKey({ law: entry.law.title, article: gist.article });
  if (options.withdraw === true) return withdraw(store, key, options);
  if (gist.conflict !== null) {
    throw new BaimiError('bad-request', `这一条几个来源说法不一（${gist.conflict}），不能核实。怎么改：查到原文后，改知识库里的文件`);
  }
  const verification = {
    key,
    digest: digestOfGist(gist),
    by: needed(options.by, '--by', '写核实人的姓名'),
    on: dayInChina(Date.now()),
    against: needed(options.against, '--against', '写明对照的是什么：发文机关、文号、网址'),
  };
  await store.verify(verification, Date.now());
  if (options.json === true) printJson(verification);
  else print(`已记下：${verification.by}于${verification.on}核实《${entry.law.title}》${gist.article}（对照：${verification.against}）`);
}

function gistNamed(gists: readonly Gist[], article: string | undefined): Gist | undefined {
  if (article === undefined) return gists.length === 1 ? gists[0] : undefined;
  return gists.find((gist) => gist.article === article || gist.article === `条号待核实：${article}`);
}

async function verifyFigure(store: VerificationStore, pack: Knowledge, id: string, options: VerifyOptions): Promise<void> {
  const slotNow = async (): Promise<Slot> => {
    const book = withEntered(pack.figures, await store.figures(), await store.verifications());
    const slot = book.slots.find((candidate) => candidate.id === id);
    if (slot) return slot;
    throw new BaimiError('not-found', `没有编号是“${id}”的数字。怎么改：不带参数运行 baimi knowledge verify，看清单里的编号`);
  };
  await slotNow();
  if (options.withdraw === true) return withdraw(store, slotKey(id), options);
  const by = needed(options.by, '--by', '写核实人的姓名');
  if (options.value !== undefined) {
    const value = Number(options.value);
    if (!(value > 0)) throw new BaimiError('bad-request', `--value 不是大于 0 的数。怎么改：只写数，不写单位，例如 2200`);
    const sourceDate = needed(options.sourceDate, '--source-date', '写来源的日期，例如 2026-07-01');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(sourceDate))
      throw new BaimiError('bad-request', '--source-date 不是日期。怎么改：写成 2026-07-01 这样');
    const source = needed(options.source, '--source', '写明发文机关、文号或者网址');
    await store.enter({ slot: id, value, source, sourceDate, by }, Date.now());
  }
  const slot = await slotNow();
  if (slot.value === null || slot.source === null) {
    throw new BaimiError('bad-request', `“${slot.title}”还空着，没法核实。怎么改：加上 --value、--source 和 --source-date`);
  }
  await store.verify({ key: slotKey(id), digest: digestOfSlot(slot), by, on: dayInChina(Date.now()), against: slot.source }, Date.now());
  if (options.json === true) printJson({ ...slot, verified: true, verifiedBy: by });
  else print(`已记下：${by}核实“${slot.title}”是${String(slot.value)}${slot.unit}（${slot.source}）`);
}

async function withdraw(store: VerificationStore, key: string, options: VerifyOptions): Promise<void> {
  const withdrawn = await store.withdraw(key);
  if (options.json === true) printJson({ key, withdrawn });
  else print(withdrawn ? '已撤回核实，这一条又标“待核实”了' : '这一条本来就没有核实过');
}

function needed(value: string | undefined, option: string, remedy: string): string {
  if (value !== undefined && value.trim().length >= 2) return value.trim();
  throw new BaimiError('bad-request', `缺少 ${option}。怎么改：${remedy}`);
}

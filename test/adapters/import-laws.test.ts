import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importLaws, type ImportReport } from '../../src/adapters/files/import/import-laws.js';
import { openLawStore } from '../../src/adapters/files/import/law-store.js';
import { readLibrary, type LibraryRead } from '../../src/adapters/files/import/read-library.js';
import { packageRoot } from '../../src/config.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const TODAY = '2026-06-01';
const root = temporaryFolder();

/** A folder of downloads and a library of its own. */
class Desk {
  readonly source = mkdtempSync(join(root, 'source-'));
  readonly library = join(mkdtempSync(join(root, 'data-')), 'laws');

  put(name: string, content: string | Buffer): this {
    mkdirSync(join(this.source, name, '..'), { recursive: true });
    writeFileSync(join(this.source, name), content);
    return this;
  }

  clear(): this {
    for (const name of readdirSync(this.source)) rmSync(join(this.source, name), { recursive: true });
    return this;
  }

  import(options: { readonly today?: string; readonly replace?: boolean } = {}): Promise<ImportReport> {
    return importLaws(this.source, openLawStore(this.library), { today: TODAY, replace: false, ...options });
  }

  read(today = TODAY): LibraryRead {
    return readLibrary(this.library, today);
  }

  /** Title, version, and number of provisions of what is in use. */
  inUse(today = TODAY): string[] {
    return this.read(today).laws.map(
      ({ law, text }) => `${law.title} ${String(law.published)} ${law.status} ${String(text.provisions.length)}`,
    );
  }

  documents(): string[] {
    return readdirSync(join(this.library, 'documents'));
  }
}

interface LawShape {
  readonly title?: string;
  readonly published?: string;
  readonly from?: string;
  readonly articles?: number;
  readonly word?: string;
}

/** A law with as many articles, the last one on the day in force. */
function law({
  title = '中华人民共和国某某保障法',
  published = '2020-05-28',
  from = '2021-01-01',
  articles = 10,
  word = '权益',
}: LawShape = {}): string {
  const day = (iso: string): string => `${iso.slice(0, 4)}年${String(Number(iso.slice(5, 7)))}月${String(Number(iso.slice(8)))}日`;
  const names = '一二三四五六七八九十'.split('').concat('十一 十二 十三 十四 十五'.split(' '));
  const text = names.slice(0, articles - 1).map((name) => `第${name}条　国家依法保障公民的合法${word}，任何组织和个人不得侵犯。`);
  return [
    title,
    `（${day(published)}第十三届全国人民代表大会第三次会议通过）`,
    ...text,
    `第${names[articles - 1] ?? ''}条　本法自${day(from)}起施行。`,
  ].join('\n');
}
const only = (report: ImportReport): string[] =>
  report.files.map(({ outcome, reason }) => `${outcome}${reason === null ? '' : ` ${reason}`}`);

describe('what was downloaded', () => {
  it('is in the library after an import, and the same again changes nothing', async () => {
    const desk = new Desk().put('a/某某法.txt', law());
    expect(await desk.import()).toMatchObject({
      read: 1,
      new: 1,
      refused: 0,
      articles: 10,
      files: [{ files: ['a/某某法.txt'], published: '2020-05-28' }],
    });
    expect(desk.read().laws[0]).toMatchObject({
      law: { title: '某某保障法', level: '法律', published: '2020-05-28', inForceFrom: '2021-01-01', status: 'in-force', region: '全国' },
      text: { provisions: { length: 10 } },
    });
    const before = readFileSync(join(desk.library, 'manifest.json'), 'utf8');
    expect(await desk.import({ today: '2026-07-01' })).toMatchObject({ new: 0, unchanged: 1, files: [{ outcome: 'unchanged' }] });
    expect(readFileSync(join(desk.library, 'manifest.json'), 'utf8')).toBe(before);
  });

  it('is taken from every good file, whatever stands beside it', async () => {
    const desk = new Desk()
      .put('good.txt', law())
      .put('~$锁.docx', 'x')
      .put('旧.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
      .put('坏.txt', '');
    desk
      .put('README.md', '# 说明')
      .put('.DS_Store', 'x')
      .put('大.txt', Buffer.alloc(20 * 2 ** 20 + 1));
    const report = await desk.import();
    expect(report).toMatchObject({ read: 5, new: 1, refused: 4 });
    expect(report.files.filter(({ outcome }) => outcome === 'refused').every(({ reason }) => reason?.includes('怎么改：') ?? false)).toBe(
      true,
    );
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 in-force 10']);
  });

  it('leaves the library as it was where nothing is good', async () => {
    const desk = new Desk().put('a.txt', law());
    await desk.import();
    const before = readFileSync(join(desk.library, 'manifest.json'), 'utf8');
    expect(await desk.clear().put('a.docx', 'x').import()).toMatchObject({ refused: 1, new: 0 });
    expect(readFileSync(join(desk.library, 'manifest.json'), 'utf8')).toBe(before);
    expect(desk.inUse()).toHaveLength(1);
  });

  it('is never read through a link', async () => {
    const desk = new Desk();
    const outside = new Desk().put('law.txt', law()).put('deep/law.txt', law());
    symlinkSync(join(outside.source, 'law.txt'), join(desk.source, 'link.txt'));
    symlinkSync(join(outside.source, 'deep'), join(desk.source, 'deep'));
    desk.put('manifest.json', JSON.stringify([{ title: '某某保障法', path: `../${outside.source.split('/').at(-1) ?? ''}/law.txt` }]));
    const report = await desk.import();
    expect(report).toMatchObject({ new: 0, refused: 3 });
    expect(desk.read().laws).toEqual([]);
  });

  it('warns of missing and of repeated article numbers, and of a sentence cut off', async () => {
    const desk = new Desk()
      .put('a.txt', law().replace('第三条', '第十五条'))
      .put('b.txt', law({ title: '中华人民共和国另一法' }).replace(/。$/, '，'));
    const report = await desk.import();
    expect(report.files.map(({ warnings }) => warnings.join())).toEqual([
      '条号不连续，缺 第三条、第十一条、第十二条、第十三条、第十四条，请与原文核对',
      '结尾不像一句完整的话，请核对是否下载完整',
    ]);
  });

  it('may come in parts, one law over several files', async () => {
    const [head = '', history = '', ...articles] = law().split('\n');
    const desk = new Desk()
      .put('2-后编.txt', [head, history, ...articles.slice(5)].join('\n'))
      .put('1-前编.txt', [head, `${history}\n2021年1月1日 施行`, ...articles.slice(0, 5)].join('\n'));
    const manifest = ['1-前编.txt', '2-后编.txt'].map((path) => ({
      title: '某某保障法',
      path,
      published: '2020-05-28',
      inForceFrom: '2021-01-01',
    }));
    const report = await desk.put('manifest.json', JSON.stringify(manifest)).import();
    expect(report).toMatchObject({ read: 2, new: 1, articles: 10, files: [{ files: ['1-前编.txt', '2-后编.txt'] }] });
    expect(desk.read().laws[0]?.text.provisions.map(({ article }) => article)[9]).toBe('第十条');
  });

  it.each([
    ['not JSON', '{'],
    ['a wrong day', '[{"path":"a.txt","published":"去年"}]'],
  ])('is not guessed at with a manifest that is %s', async (_name, text) => {
    await expect(new Desk().put('a.txt', law()).put('manifest.json', text).import()).rejects.toThrow(/manifest\.json 读不懂.*怎么改：/);
  });

  it('must be a folder', async () => {
    await expect(importLaws(join(root, 'nowhere'), openLawStore(join(root, 'x')), { today: TODAY, replace: false })).rejects.toThrow(
      /找不到目录/,
    );
  });
});

describe('of the versions of a law', () => {
  const old = law({ published: '2010-05-28', from: '2010-10-01', word: '权利' });
  const present = law();
  const future = law({ published: '2026-03-10', from: '2026-09-01', word: '利益' });

  it('the newest in force is used, in whatever order they come', async () => {
    const desk = new Desk().put('a.txt', present);
    await desk.import();
    expect(only(await desk.clear().put('b.txt', old).import())).toEqual(['older']);
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 in-force 10']);

    const other = new Desk().put('b.txt', old);
    await other.import();
    expect(only(await other.clear().put('a.txt', present).import())).toEqual(['replaced']);
    expect(other.inUse()).toEqual(['某某保障法 2020-05-28 in-force 10']);
    expect(other.read().versions[0]?.older.map(({ published }) => published)).toEqual(['2010-05-28']);
  });

  it('one that is not yet in force waits for its day', async () => {
    const desk = new Desk().put('a.txt', present).put('b.txt', future);
    expect(only(await desk.import())).toEqual(['new', 'waiting']);
    expect(desk.inUse('2026-08-31')).toEqual(['某某保障法 2020-05-28 in-force 10']);
    expect(desk.read('2026-08-31').nextChange).toBe('2026-09-01');
    expect(desk.inUse('2026-09-01')).toEqual(['某某保障法 2026-03-10 in-force 10']);
    expect(desk.read('2026-09-01')).toMatchObject({ nextChange: null, versions: [{ older: [{ published: '2020-05-28' }] }] });
  });

  it('where there is only a future one, the law is there as not yet in force', async () => {
    const desk = new Desk().put('b.txt', future);
    await desk.import();
    expect(desk.inUse()).toEqual(['某某保障法 2026-03-10 not-yet 10']);
  });

  it('a repealed one stays repealed, and never gives way to an older one', async () => {
    const manifest = [{ title: '某某保障法', path: 'a.txt', published: '2020-05-28', expired: true }];
    const desk = new Desk().put('a.txt', present).put('b.txt', old).put('manifest.json', JSON.stringify(manifest));
    await desk.import();
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 repealed 10']);
    await desk.clear().put('a.txt', present).import();
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 repealed 10']);
  });

  it('a decision on amending is a document of its own', async () => {
    const decision = [
      '全国人民代表大会常务委员会关于修改《中华人民共和国某某保障法》的决定',
      '（2025年4月30日第十四届全国人民代表大会常务委员会第十五次会议通过）',
      '一、将第二条修改为：“国家保障公民的合法权益。”',
      '本决定自2025年6月1日起施行。',
    ].join('\n');
    const desk = new Desk().put('a.txt', present).put('b.txt', decision);
    await desk.import();
    expect(desk.inUse().sort()).toEqual([
      '全国人民代表大会常务委员会关于修改《中华人民共和国某某保障法》的决定 2025-04-30 in-force 1',
      '某某保障法 2020-05-28 in-force 10',
    ]);
  });

  it('the same one with other words replaces its text, and the old text goes', async () => {
    const desk = new Desk().put('a.txt', present);
    await desk.import();
    const [before] = desk.documents();
    expect(only(await desk.put('a.txt', law({ word: '权利' })).import())).toEqual(['replaced']);
    expect(desk.documents()).toHaveLength(1);
    expect(desk.documents()).not.toContain(before);
  });

  it('one that shrank is refused, unless it is meant', async () => {
    const desk = new Desk().put('a.txt', present);
    await desk.import();
    const cut = present.split('\n').slice(0, 6).join('\n');
    expect(only(await desk.put('a.txt', cut).import())[0]).toMatch(/^refused 同一版已有 10 条，这份只有 4 条.*--replace/);
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 in-force 10']);
    expect(only(await desk.import({ replace: true }))).toEqual(['replaced']);
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 in-force 4']);
  });

  it('one without a day is refused where it could be any', async () => {
    const desk = new Desk().put('a.txt', present);
    await desk.import();
    const undated = law({ word: '利益' })
      .replace(/（.*）\n/, '')
      .replace(/本法自.*$/, '由国务院规定。');
    expect(only(await desk.put('a.txt', undated).import())[0]).toMatch(/^refused 文件里没有日期/);
  });

  it('the day in the two files of one version may come from one of them only', async () => {
    const desk = new Desk().put('a.txt', present);
    await desk.import();
    const undated = present.replace(/（.*）\n/, '');
    expect(only(await desk.clear().put('b.txt', undated).import())).toEqual(['unchanged']);
    expect(desk.read().versions[0]?.older).toEqual([]);
  });

  it('constitutional amendments of different years are different texts', async () => {
    const amendment = (year: string): string =>
      `中华人民共和国宪法修正案（${year}年）\n（${year}年3月11日第十三届全国人民代表大会第一次会议通过）\n第一条 国家依法保障公民的合法权益，任何组织和个人不得侵犯。`;
    const desk = new Desk().put('a.txt', amendment('2004')).put('b.txt', amendment('2018'));
    await desk.import();
    expect(desk.inUse()).toHaveLength(2);
  });
});

describe('the library on disk', () => {
  const filled = async (): Promise<Desk> => {
    const desk = new Desk().put('a.txt', law()).put('b.txt', law({ title: '中华人民共和国另一法' }));
    await desk.import();
    return desk;
  };

  it('is empty where nothing was imported', () => {
    expect(readLibrary(join(root, 'none'), TODAY)).toEqual({ laws: [], versions: [], problems: [], nextChange: null });
  });

  it('leaves out a law whose text is missing, and says so', async () => {
    const desk = await filled();
    const entry = desk.read().versions.find(({ title }) => title === '另一法')?.current;
    rmSync(join(desk.library, 'documents', entry?.file ?? ''));
    expect(desk.inUse()).toEqual(['某某保障法 2020-05-28 in-force 10']);
    expect(desk.read().problems).toEqual([expect.stringMatching(/《中华人民共和国另一法》.*怎么改：重新导入 b\.txt/)]);
    expect(await desk.import()).toMatchObject({ unchanged: 2 });
    expect(desk.read().problems).toEqual([]);
  });

  it.each([
    ['a damaged text', (desk: Desk) => join(desk.library, 'documents', desk.documents()[0] ?? '')],
    ['a damaged manifest', (desk: Desk) => join(desk.library, 'manifest.json')],
  ])('says what to do about %s', async (_name, file) => {
    const desk = await filled();
    truncateSync(file(desk), 100);
    expect(() => desk.read()).toThrow(/损坏.*怎么改：/);
  });

  it('mends a damaged text by importing again', async () => {
    const desk = await filled();
    truncateSync(join(desk.library, 'documents', desk.documents()[0] ?? ''), 100);
    await desk.import();
    expect(desk.inUse()).toHaveLength(2);
  });

  it('counts only what the manifest names, and clears away the rest', async () => {
    const desk = await filled();
    writeFileSync(join(desk.library, 'manifest.json.new'), '{"version":1,"laws":[');
    writeFileSync(join(desk.library, 'documents', `${'0'.repeat(24)}.json`), '{}');
    expect(desk.inUse()).toHaveLength(2);
    await desk.import();
    expect(desk.documents()).toHaveLength(2);
    expect(existsSync(join(desk.library, 'manifest.json.new'))).toBe(false);
  });

  it('takes one import at a time, and the place of one that was killed', async () => {
    const desk = await filled();
    writeFileSync(join(desk.library, 'import.lock'), String(process.pid));
    await expect(desk.import()).rejects.toThrow(/另一个导入正在进行.*怎么改：/);
    const gone = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim();
    writeFileSync(join(desk.library, 'import.lock'), gone);
    expect(await desk.import()).toMatchObject({ unchanged: 2 });
    expect(existsSync(join(desk.library, 'import.lock'))).toBe(false);
  });

  it('is whole after an import was killed at any moment', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    for (let number = 0; number < 150; number++) desk.put(`${String(number)}.txt`, law({ title: titleOf(number) }));
    await desk.import();
    const outcomes = new Set<string>();
    for (const delay of [0, 20, 60, 120, 200, 320]) {
      for (let number = 0; number < 150; number++) {
        desk.put(`${String(number)}.txt`, law({ title: titleOf(number), word: `权益${String(delay)}` }));
      }
      await killedAfterStart(desk, delay);
      const read = desk.read();
      expect(read.problems).toEqual([]);
      expect(read.laws).toHaveLength(150);
      outcomes.add([...new Set(read.laws.map(({ text }) => text.provisions[0]?.text))].join(' | '));
    }
    for (const texts of outcomes) expect(texts).not.toContain(' | ');
    expect(await desk.import()).toMatchObject({ refused: 0 });
    expect(desk.documents()).toHaveLength(150);
  });
});

/** As many titles as there are letters. */
function titleOf(number: number): string {
  return `中华人民共和国${String.fromCodePoint(0x4e00 + number)}类保障法`;
}

/** Imports in a process of its own, and kills it so many milliseconds after it took the lock. */
function killedAfterStart(desk: Desk, delay: number): Promise<void> {
  const cli = spawn(process.execPath, ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), 'knowledge', 'import', desk.source], {
    cwd: packageRoot(),
    env: { ...process.env, BAIMI_DATA: join(desk.library, '..') },
    stdio: 'ignore',
  });
  const watch = setInterval(() => {
    if (!existsSync(join(desk.library, 'import.lock'))) return;
    clearInterval(watch);
    setTimeout(() => cli.kill('SIGKILL'), delay);
  }, 2);
  return new Promise((resolve) => {
    cli.once('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });
}

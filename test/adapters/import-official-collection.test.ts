import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importLaws, type ImportReport } from '../../src/adapters/files/import/import-laws.js';
import { openLawStore } from '../../src/adapters/files/import/law-store.js';
import { readDocument } from '../../src/adapters/files/import/read-document.js';
import { readLibrary, type LibraryRead } from '../../src/adapters/files/import/read-library.js';
import { readLaws } from '../../src/adapters/files/read-laws.js';
import type { OfficialLaw } from '../../src/knowledge/library.js';
import { markdownLines } from '../../src/knowledge/parse-official-markdown.js';
import { docx, escapeXml } from '../support/docx.js';
import { encodeGbk } from '../support/encode-gbk.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The official texts are not part of the repository. */
const laws = resolve(import.meta.dirname, '../../../shared/laws');
const missing = !existsSync(laws);
const TODAY = '2026-06-01';
const root = temporaryFolder();

describe.skipIf(missing)(`the whole public collection${missing ? `, skipped because ${laws} does not exist` : ''}`, () => {
  let report: ImportReport;
  let read: LibraryRead;
  let before: readonly OfficialLaw[];

  beforeAll(async () => {
    const folder = join(mkdtempSync(join(root, 'data-')), 'laws');
    report = await importLaws(laws, openLawStore(folder), { today: TODAY, replace: false });
    read = readLibrary(folder, TODAY);
    before = readLaws(laws).laws;
  }, 120_000);

  it('is imported without a refusal', () => {
    expect(report.files.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    expect(report.read).toBeGreaterThan(1500);
  });

  it('has the laws that were read without a library, with the same words in every article', () => {
    const library = new Map(
      read.laws.map(({ law, text }) => [law.title, new Map(text.provisions.map((provision) => [provision.article, provision.text]))]),
    );
    const differing: string[] = [];
    for (const { law, text } of before) {
      // each year's amendment is one text in the library
      if (law.title === '宪法修正案') continue;
      const articles = library.get(law.title);
      const last = text.provisions.at(-1)?.article;
      for (const { article, text: words } of text.provisions) {
        const imported = articles?.get(article);
        // what is attached to the last article is a provision of its own in the library
        const equal = imported === words || (article === last && imported !== undefined && words.startsWith(`${imported}\n附`));
        if (!equal) differing.push(`${law.title}#${article}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it('keeps the standing of each law', () => {
    const standing = new Map(read.laws.map(({ law }) => [law.title, law.status]));
    expect(
      before.filter(({ law }) => law.title !== '宪法修正案' && standing.get(law.title) !== law.status).map(({ law }) => law.title),
    ).toEqual([]);
  });

  it('has the parts of the Civil Code as one law', () => {
    const code = read.laws.find(({ law }) => law.title === '民法典');
    expect(code?.text.provisions).toHaveLength(1260);
    expect(code?.law).toMatchObject({ published: '2020-05-28', inForceFrom: '2021-01-01' });
  });
});

interface Printed {
  readonly file: string;
  readonly title: string;
  readonly lines: readonly string[];
}

const WANTED = 20;

/** Laws with chapters, branches of articles and tables, as their bare lines. */
function printedLaws(): Printed[] {
  const entries = JSON.parse(readFileSync(join(laws, 'manifest.json'), 'utf8')) as readonly {
    readonly path: string;
    readonly newest: boolean;
  }[];
  const chosen = entries.filter(
    ({ path, newest }, index) => newest && (index % 83 === 7 || /工伤保险条例|社会保险法\(|女职工劳动保护|刑法\/刑法\.md/.test(path)),
  );
  return chosen.slice(0, WANTED).map(({ path }) => {
    const text = readFileSync(join(laws, path), 'utf8');
    const [above = '', body = ''] = text.split('<!-- INFO END -->');
    const [title = '', ...history] = markdownLines(above).flatMap(({ text: line }) => (line === '' ? [] : [line]));
    const lines = markdownLines(body).flatMap(({ text: line }) => (line === '' ? [] : [line]));
    return { file: path, title, lines: [title, `（${history.join('　')}）`, ...lines] };
  });
}

const unspaced = (chapter: string | null): string | null => chapter?.replace(/\s+/g, '') ?? null;

describe.skipIf(missing)('a law of the collection, printed in another format', () => {
  const printed = missing ? [] : printedLaws();

  const formats: readonly (readonly [name: string, ending: string, bytes: (law: Printed) => Buffer])[] = [
    [
      'as a Word document',
      'docx',
      ({ lines }) => docx(lines.map((line) => (line.startsWith('第') ? `　　${line.replace(' ', '　')}` : line))),
    ],
    ['as text in GBK', 'txt', ({ lines }) => encodeGbk(lines.map((line) => `　　${line}`).join('\r\n'))],
    [
      'as a page',
      'html',
      ({ title, lines }) =>
        Buffer.from(
          `<html><head><title>${escapeXml(title)}_某网</title></head><body><ul><li>首页</li></ul><div>${lines.map((line) => `<p>&emsp;&emsp;${escapeXml(line)}</p>`).join('\n')}</div><p>主办单位：某局</p></body></html>`,
        ),
    ],
  ];

  it('is there to be printed', () => {
    expect(printed).toHaveLength(WANTED);
  });

  it.each(formats)('%s keeps every article, word for word', async (_name, ending, bytesOf) => {
    const differing: string[] = [];
    let compared = 0;
    for (const law of printed) {
      const wanted = await readDocument(law.file, readFileSync(join(laws, law.file)), {}, TODAY);
      const name = law.file.replace(/md$/, ending);
      const got = await readDocument(name, bytesOf(law), {}, TODAY);
      const found = new Map(got.provisions.map((provision) => [provision.article, provision]));
      if (got.title !== wanted.title) differing.push(`${law.file}: ${got.title}`);
      if (got.provisions.length !== wanted.provisions.length) differing.push(`${law.file}: ${String(got.provisions.length)} provisions`);
      for (const { article, text, chapter } of wanted.provisions) {
        compared++;
        const other = found.get(article);
        if (other?.text !== text || unspaced(other.chapter) !== unspaced(chapter)) differing.push(`${law.file}#${article}`);
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
  });
});

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIndexStore } from '../../src/adapters/files/index-files.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { buildLibrary, type Library } from '../../src/knowledge/library.js';
import { openModel, type RetrievalModel } from '../../src/retrieval/model.js';
import { buildSearch, type SearchEngine } from '../../src/retrieval/search.js';
import { createSegment } from '../../src/retrieval/segment.js';

const pack = readPack('knowledge');
const laws = pack.laws.slice(0, 6);
const library = buildLibrary(laws, []);
const segment = createSegment();
const shipped = pack.model && openModel(pack.model);
const QUESTIONS = ['老板不发工资', '房子被拆了怎么赔', '工伤认定要多久', '离婚了房子怎么分', ''];

describe('the stored index', () => {
  let folder: string;
  let said: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baimi-index-'));
    said = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (of: Library = library, model: RetrievalModel | null = shipped): { search: SearchEngine; built: boolean } => {
    let built = false;
    const store = createIndexStore(folder, (line) => said.push(line));
    const search = buildSearch(of, segment, model, {
      store,
      onProgress: () => {
        built = true;
      },
    });
    return { search, built };
  };
  const answers = (search: SearchEngine) =>
    QUESTIONS.map((question) => search.search(question, 20).map(({ provision, score }) => [provision.key, score.toFixed(5)]));
  const file = (): string => join(folder, 'search.index');

  it('is built once, then loaded, and finds the same', () => {
    const [first, second] = [open(), open()];
    expect([first.built, second.built]).toEqual([true, false]);
    expect(answers(second.search)).toEqual(answers(first.search));
    expect(answers(buildSearch(library, segment, shipped))).toEqual(answers(first.search));
    expect(readdirSync(folder)).toEqual(['search.index']);
    expect(said).toEqual([]);
  });

  it('is built anew for another text, another model, and without a model', () => {
    open();
    const [head, ...rest] = laws;
    if (!head?.gists[0]) throw new Error('the pack has no gists');
    const changed = { ...head, gists: [{ ...head.gists[0], rule: `${head.gists[0].rule}改` }, ...head.gists.slice(1)] };
    expect(open(buildLibrary([changed, ...rest], [])).built).toBe(true);
    expect(open(library, null).built).toBe(true);
    if (!shipped) throw new Error('the pack has no model');
    expect(open(library, { ...shipped, identity: 'another' }).built).toBe(true);
    expect(open().built).toBe(true);
    expect(said.filter((line) => line.includes('正在重新建索引'))).toHaveLength(4);
  });

  it('is built anew when the file is truncated or damaged anywhere, and says so', () => {
    const right = answers(open().search);
    const bytes = readFileSync(file());
    const damages = [
      bytes.subarray(0, 10),
      bytes.subarray(0, bytes.length >> 1),
      bytes.subarray(0, bytes.length - 1),
      Buffer.alloc(0),
      Buffer.from('不是索引'),
      ...[0.01, 0.3, 0.6, 0.9].map((share) => {
        const copy = Buffer.from(bytes);
        const at = Math.floor(share * copy.length);
        copy[at] = (copy[at] ?? 0) ^ 64;
        return copy;
      }),
    ];
    for (const damaged of damages) {
      writeFileSync(file(), damaged);
      const again = open();
      expect(again.built).toBe(true);
      expect(answers(again.search)).toEqual(right);
      expect(readFileSync(file()).equals(bytes)).toBe(true);
    }
    expect(said).toHaveLength(damages.length);
    for (const line of said) expect(line).toMatch(/索引文件.*坏了.*重新建索引/);
  });

  it('is searched all the same where it cannot be kept', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    expect(open().search.search('老板不发工资', 3)).toHaveLength(3);
    expect(said.join()).toContain('索引没能存下来');
  });
});

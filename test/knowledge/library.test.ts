import { describe, expect, it } from 'vitest';
import { checksumOf } from '../../src/knowledge/checksum.js';
import { buildLibrary, type LawChange, type Library, type OfficialLaw, type Standing } from '../../src/knowledge/library.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';
import { parsePackLaw, type PackLaw } from '../../src/knowledge/parse-pack-law.js';
import type { Law } from '../../src/domain/law.js';

const TODAY = '2026-01-15';
const KEY = '工伤保险条例#第十四条';

function pack(changes: Readonly<Record<string, string>> = {}, body = '## 第十四条\n\n算工伤。\n\n- 问：算不算'): PackLaw {
  const header = {
    title: '工伤保险条例',
    aliases: '[工伤条例]',
    issuer: '国务院',
    number: 'null',
    level: '行政法规',
    published: '2010-12-20',
    inForceFrom: '2011-01-01',
    status: 'in-force',
    region: '全国',
    topic: 'injury',
    source: '某报 2020-01-01',
    basis: 'official',
    verified: 'true',
    checkedAgainst: '2010-12-20',
    review: '测试',
    ...changes,
  };
  const lines = Object.entries(header).map(([field, value]) => `${field}: ${value}`);
  return parsePackLaw('x.md', ['---', ...lines, '---', '', body].join('\n'));
}

function official(text: string, changes: Partial<Law> = {}): OfficialLaw {
  const parsed = parseOfficialMarkdown('x.md', text);
  return {
    law: {
      title: parsed.title,
      aliases: [],
      issuer: null,
      number: null,
      level: '行政法规',
      published: '2010-12-20',
      inForceFrom: '2011-01-01',
      status: 'in-force',
      region: '全国',
      ...changes,
    },
    text: parsed,
  };
}

const standingOf = (library: Library, key = KEY, day = TODAY): Standing | undefined => {
  const provision = library.byKey.get(key);
  return provision && library.standing(provision, day);
};
const TEXT = '# 工伤保险条例\n\n## 第三章 工伤认定\n\n第十四条 应当认定为工伤。\n\n第十五条 视同工伤。\n';

describe('the library', () => {
  it('makes one provision of a gist and its official text', () => {
    const library = buildLibrary([pack()], [official(TEXT)]);
    expect(library.provisions.map((provision) => provision.key)).toEqual([KEY, '工伤保险条例#第十五条']);
    expect(library.byKey.get(KEY)).toMatchObject({
      id: 0,
      topic: 'injury',
      chapter: '第三章 工伤认定',
      gist: { plain: '算工伤。' },
      official: '应当认定为工伤。',
      basis: 'official',
      source: null,
    });
  });

  it('joins them though the official title has 中华人民共和国 and a version', () => {
    const library = buildLibrary([pack()], [official(TEXT.replace('# ', '# 中华人民共和国').replace('条例\n', '条例（2010修订）\n'))]);
    expect(library.byKey.get(KEY)).toMatchObject({ gist: { plain: '算工伤。' }, official: '应当认定为工伤。' });
  });

  it('gives an article without gist the law and the topic of the pack', () => {
    const fifteen = buildLibrary([pack()], [official(TEXT)]).byKey.get('工伤保险条例#第十五条');
    expect(fifteen).toMatchObject({ gist: null, official: '视同工伤。', topic: 'injury', law: { issuer: '国务院' } });
  });

  it('knows laws of which there is only a gist, or only a text', () => {
    expect(buildLibrary([pack()], []).byKey.get(KEY)).toMatchObject({ official: null, gist: { plain: '算工伤。' } });
    expect(buildLibrary([], [official(TEXT)]).byKey.get(KEY)).toMatchObject({ official: '应当认定为工伤。', gist: null, topic: null });
  });

  it('numbers its provisions in order', () => {
    const { provisions } = buildLibrary([pack()], [official(TEXT), official('# 信访条例\n\n第一条 甲。\n')]);
    expect(provisions.map((provision) => provision.id)).toEqual([0, 1, 2]);
  });

  it('knows each law by title and alias', () => {
    const { names } = buildLibrary([pack()], [official('# 中华人民共和国信访条例\n\n第一条 甲。\n')]);
    expect([...names]).toEqual([
      ['工伤保险条例', '工伤保险条例'],
      ['工伤条例', '工伤保险条例'],
      ['信访条例', '信访条例'],
    ]);
  });

  it('says where an unverified statement was read, its own source before that of the file', () => {
    const secondary = { basis: 'secondary', verified: 'false', checkedAgainst: 'null' };
    const named = '## 条号待核实：迁户\n\n- 来源：晚报 2021-10-21\n\n不增加。\n\n- 问：迁户';
    const unnamed = '## 第一条\n\n不增加。\n\n- 问：迁户';
    const sourceOf = (body: string) => buildLibrary([pack(secondary, body)], []).provisions[0]?.source;
    expect([sourceOf(named), sourceOf(unnamed)]).toEqual(['晚报 2021-10-21', '某报 2020-01-01']);
  });
});

describe('a provision', () => {
  const change = (changes: Partial<LawChange>): LawChange => ({
    title: '工伤保险条例',
    article: '第十四条',
    event: 'repealed',
    from: null,
    by: '测试',
    source: '测试',
    ...changes,
  });
  const withChange = (changes: Partial<LawChange>): Library => buildLibrary([pack()], [official(TEXT)], [change(changes)]);

  it('of an official basis in force is citable', () => {
    expect(standingOf(buildLibrary([pack()], [official(TEXT)]))).toBe('citable');
  });

  it('that the pack marks 已废止 is repealed', () => {
    expect(standingOf(buildLibrary([pack({}, '## 第十四条（已废止）\n\n不用了。')], [official(TEXT)]))).toBe('repealed');
  });

  it('of a repealed law is repealed', () => {
    expect(standingOf(buildLibrary([pack({ status: 'repealed' })], []))).toBe('repealed');
    expect(standingOf(buildLibrary([], [official(TEXT, { status: 'repealed' })]))).toBe('repealed');
  });

  it('is not in force before the first day of its law', () => {
    const library = buildLibrary([pack({ inForceFrom: '2026-02-01' })], []);
    expect(['2026-01-31', '2026-02-01'].map((day) => standingOf(library, KEY, day))).toEqual(['not-yet-in-force', 'citable']);
  });

  it('of a law that is not yet in force stays out until its status is changed', () => {
    expect(standingOf(buildLibrary([pack({ status: 'not-yet', inForceFrom: 'null' })], []))).toBe('not-yet-in-force');
  });

  it('is repealed from the day of the change on, not before', () => {
    const library = withChange({ from: '2026-03-01' });
    const days = ['2026-02-28', '2026-03-01', '2026-03-02'];
    expect(days.map((day) => standingOf(library, KEY, day))).toEqual(['citable', 'repealed', 'repealed']);
  });

  it('is repealed already where the change has no day', () => {
    expect(standingOf(withChange({ from: null }), KEY, '2012-01-01')).toBe('repealed');
  });

  it.each([
    ['repealed', 'repealed'],
    ['superseded', 'repealed'],
    ['amended', 'changed'],
  ] as const)('is not cited after it was %s', (event, standing) => {
    expect(standingOf(withChange({ event }))).toBe(standing);
  });

  it('keeps its standing when another article is repealed', () => {
    expect(standingOf(withChange({ article: '第十五条' }))).toBe('citable');
    expect(standingOf(withChange({ article: '第十五条' }), '工伤保险条例#第十五条')).toBe('repealed');
  });

  it('falls with its whole law', () => {
    const library = withChange({ article: null });
    expect([KEY, '工伤保险条例#第十五条'].map((key) => standingOf(library, key))).toEqual(['repealed', 'repealed']);
  });

  it('is stale when its gist was written from another text than the one imported', () => {
    const build = (text: string): Library => buildLibrary([pack()], [official(TEXT)], [], { [KEY]: checksumOf(text) });
    expect(standingOf(build('从前的原文。'))).toBe('stale');
    expect(standingOf(build('应当认定 为工伤。'))).toBe('citable');
  });

  it('is not stale where there is no text to compare with', () => {
    expect(standingOf(buildLibrary([pack()], [], [], { [KEY]: checksumOf('从前的原文。') }))).toBe('citable');
  });

  it('known at second hand only is unverified', () => {
    expect(standingOf(buildLibrary([pack({ basis: 'secondary', verified: 'false', checkedAgainst: 'null' })], []))).toBe('unverified');
  });
});

import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { statementsOf } from '../../src/consultation/compose.js';
import { checkMatters } from '../../src/knowledge/check-matters.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { parseMatter } from '../../src/knowledge/parse-matter.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';
import { buildMatterSearch } from '../../src/retrieval/matter-search.js';
import { createSegment } from '../../src/retrieval/segment.js';

const GOOD = `---
title: 被蜜蜂蜇了找谁赔
topic: injury
asks: [蜜蜂蜇人谁赔, 遭蜂子锥了找哪个, 养蜂的不赔咋办, 邻居家的蜂蜇了娃儿, 蜂箱放路边蜇人, 蜇了住院的钱, 蜂子蜇了能不能告, 蜜蜂蜇伤医药费, 蜂农不认账, 路过遭蜂蜇]
facts:
  - { id: box, ask: 蜂箱登记了没有？, label: 登记, options: [登记了, 没登记, 不知道] }
cites:
  - { law: 养蜂法, article: 第二条, for: 谁赔医疗费 }
calculator: null
human: 伤得重的
---

## 回答

养蜂人赔医疗费。〔养蜂法 第二条〕要在30日内提出。〔养蜂法 第三条〕

## 情况：box=没登记

加赔一份。〔养蜂法 第三条〕

## 今天就做

1. 先去医院。
2. 30日内找养蜂人。〔养蜂法 第三条〕

## 证据

- 病历。

## 误区

- 以为蜂子不归人管。〔养蜂法 第二条〕
`;
const LAW = parsePackLaw(
  'bees.md',
  `---
title: 养蜂法
issuer: 测试
number: null
level: 法律
published: 2020-01-01
inForceFrom: 2020-01-01
status: in-force
region: 全国
topic: injury
source: 测试
basis: official
verified: true
checkedAgainst: 2020-01-01
review: 测试
---

## 第二条

养蜂人赔医疗费。

- 问：被蜂蜇了

## 第三条

要在30日内提出。

- 问：多久
`,
);
const library = buildLibrary([LAW], []);
const TODAY = '2026-11-23';
const replaced = (from: string, to: string): string => {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
};

describe('a matter', () => {
  it('is read statement by statement, each with its own source', () => {
    const matter = parseMatter('bees.md', GOOD);
    expect(matter.answer.map(({ text, cites }) => [text, cites])).toEqual([
      ['养蜂人赔医疗费。', [{ law: '养蜂法', article: '第二条' }]],
      ['要在30日内提出。', [{ law: '养蜂法', article: '第三条' }]],
    ]);
    expect(matter.today.map(({ text }) => text)).toEqual(['先去医院。', '30日内找养蜂人。']);
    expect([...matter.cases.keys()]).toEqual(['box=没登记']);
    expect(matter.cites).toEqual([{ law: '养蜂法', article: '第二条', reason: '谁赔医疗费' }]);
  });

  for (const [what, text, message] of [
    ['too few ways of asking', replaced('路过遭蜂蜇', '').replace(', ]', ']'), '十种'],
    ['a bracket that is not closed', replaced('赔医疗费。〔养蜂法 第二条〕要', '赔医疗费。〔养蜂法 第二条要'), '没有成对'],
    ['a case for an option that is not there', replaced('情况：box=没登记', '情况：box=忘了'), '对不上'],
    ['an unknown section', replaced('## 证据', '## 题外话'), '不认识的小节'],
    ['a source that is no article', replaced('〔养蜂法 第三条〕\n\n## 情况', '〔养蜂法 若干〕\n\n## 情况'), '不是“法律名称 第几条”'],
    [
      'a first sentence without source',
      replaced('养蜂人赔医疗费。〔养蜂法 第二条〕要在30日内提出。〔养蜂法 第三条〕', '养蜂人赔医疗费。'),
      '第一句没有依据',
    ],
    ['no answer', replaced('## 回答', '## 期限'), '没有“## 回答”'],
  ] as const) {
    it(`is refused with file, line and remedy for ${what}`, () => {
      expect(() => parseMatter('bees.md', text)).toThrow(message);
      expect(() => parseMatter('bees.md', text)).toThrow(/^bees\.md.*怎么改/);
    });
  }

  it('is found wrong where a source is missing or a figure is not in its source', () => {
    expect(checkMatters([parseMatter('bees.md', GOOD)], library, TODAY)).toEqual([]);
    const wrongFigure = parseMatter('bees.md', replaced('要在30日内提出。', '要在60日内提出。'));
    expect(checkMatters([wrongFigure], library, TODAY).map(({ message }) => message)).toEqual(['“60日”在这句话所引的条文里找不到']);
    const wrongSource = parseMatter('bees.md', replaced('## 误区\n\n- 以为蜂子不归人管。〔养蜂法 第二条〕', '## 误区\n\n- 以为蜂子不归人管。〔养蜂法 第九条〕'));
    expect(checkMatters([wrongSource], library, TODAY).map(({ message }) => message)).toEqual(['知识库里没有《养蜂法》第九条']);
  });

  it('says only what may still be cited, and nothing at all once its first sentence may not', () => {
    const matter = parseMatter('bees.md', GOOD);
    const texts = (statements: readonly { readonly text: string }[] | undefined): string[] | undefined => statements?.map(({ text }) => text);
    const said = statementsOf(matter, [], { library, day: TODAY });
    expect(said?.headline).toMatchObject({ text: '养蜂人赔医疗费。', cites: [{ law: '养蜂法', article: '第二条' }] });
    expect(texts(said?.answer)).toEqual(['要在30日内提出。']);
    const change = (article: string) => [{ title: '养蜂法', article, event: 'repealed' as const, from: '2026-01-01', by: '测试', source: '测试' }];
    const without3 = statementsOf(matter, [], { library: buildLibrary([LAW], [], change('第三条')), day: TODAY });
    expect(without3).toMatchObject({ answer: [], evidence: ['病历'] });
    expect(texts(without3?.today)).toEqual(['先去医院。']);
    const without2 = buildLibrary([LAW], [], change('第二条'));
    expect(statementsOf(matter, [], { library: without2, day: TODAY })).toBeNull();
    expect(statementsOf(matter, [], { library: without2, day: '2025-12-31' })).not.toBeNull();
  });

  it('is found by the ways it is asked, and not by words it has nothing to do with', () => {
    const other = parseMatter('boats.md', GOOD.replaceAll('蜂', '船').replaceAll('蜇', '撞'));
    const search = buildMatterSearch([parseMatter('bees.md', GOOD), other], createSegment(), null);
    expect(search.search('路过被蜂子蜇了咋办', 2)[0]?.matter.file).toBe('bees.md');
    expect(search.search('路过遭船撞', 2)[0]?.matter.file).toBe('boats.md');
    for (const nothing of ['', '😀', '？！']) expect(search.search(nothing, 2)).toEqual([]);
  });
});

describe('the shipped matters', () => {
  const pack = readPack(readConfig({}).knowledgeFolder);
  it('rest on provisions of the pack that may be cited, with every figure in its source', () => {
    expect(pack.matters.length).toBeGreaterThanOrEqual(280);
    expect(checkMatters(pack.matters, buildLibrary(pack.laws, [], pack.changes), TODAY)).toEqual([]);
  });

  it('never rest on what is known at second hand only', () => {
    const secondary = new Set(pack.laws.filter((law) => law.basis === 'secondary').map((law) => law.law.title));
    expect(pack.matters.flatMap((matter) => matter.cites).filter((cite) => secondary.has(cite.law))).toEqual([]);
  });
});

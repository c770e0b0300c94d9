import { beforeAll, describe, expect, it } from 'vitest';
import { buildLibrary, type Library } from '../../src/knowledge/library.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';
import { buildSearch, type SearchEngine, type SearchHit } from '../../src/retrieval/search.js';
import { createSegment } from '../../src/retrieval/segment.js';

const header = (title: string, alias: string, topic: string): string => `---
title: ${title}
aliases: [${alias}]
issuer: 国务院
number: null
level: 行政法规
published: 2010-12-20
inForceFrom: 2011-01-01
status: in-force
region: 全国
topic: ${topic}
source: 测试
basis: official
verified: true
checkedAgainst: 2010-12-20
review: 测试
---
`;

const INJURY = `${header('工伤保险条例', '工伤条例', 'injury')}
## 第十四条

上班时间在上班的地方因为干活受了伤，算工伤。

- 问：下班路上骑电瓶车遭撞了算不算
- 问：在厂里被机器压到手了

## 第十七条

出了事故，单位要在三十日内去申请工伤认定。

- 问：单位不去申报咋个办

## 第三十条

治疗工伤的医药费由工伤保险基金付。

- 问：医药费哪个出
`;
const WAGES = `${header('劳动合同法', '合同法', 'wages')}
## 第三十条

单位要按时足额发工资，拖欠的可以去法院申请支付令。

- 问：老板跑了几个月没发钱

## 第三十七条

提前三十日书面说一声就可以辞职。

- 问：想走老板不批
`;
const LAND = '# 土地管理法\n\n第四十八条 征收土地应当给予公平、合理的补偿，保障被征地农民原有生活水平不降低。\n';

let library: Library;
let engine: SearchEngine;
beforeAll(() => {
  const text = parseOfficialMarkdown('land.md', LAND);
  library = buildLibrary(
    [parsePackLaw('injury.md', INJURY), parsePackLaw('wages.md', WAGES)],
    [
      {
        law: {
          title: '土地管理法',
          aliases: [],
          issuer: null,
          number: null,
          level: '法律',
          published: null,
          inForceFrom: null,
          status: 'in-force',
          region: '全国',
        },
        text,
      },
    ],
  );
  engine = buildSearch(library, createSegment(), null);
});

const keys = (question: string, limit = 5): string[] => engine.search(question, limit).map((hit) => hit.provision.key);
const first = (question: string): SearchHit | undefined => engine.search(question, 1)[0];

describe('the search', () => {
  it('holds every provision of the library', () => {
    expect(engine.size).toBe(6);
  });

  it.each([
    ['干活受了伤算工伤吗', '工伤保险条例#第十四条'],
    ['工伤认定要几日内申请', '工伤保险条例#第十七条'],
    ['拖欠工资', '劳动合同法#第三十条'],
    ['怎么书面辞职', '劳动合同法#第三十七条'],
    ['征地补偿', '土地管理法#第四十八条'],
  ])('finds by gist or official text: %s', (question, key) => {
    expect(first(question)?.provision.key).toBe(key);
  });

  it('finds a provision by the lay question that goes with it, though its text says it in other words', () => {
    const hit = first('骑电瓶车遭撞了');
    expect(hit?.provision.key).toBe('工伤保险条例#第十四条');
    expect(hit?.questionScore).toBeGreaterThan(hit?.textScore ?? 1);
    expect(first('几个月没发钱')?.provision.key).toBe('劳动合同法#第三十条');
  });

  it('scores a provision by the nearest of its lay questions, not by another that hardly fits', () => {
    expect(first('在厂里被机器压到手了，了')?.questionScore).toBeGreaterThan(0.3);
  });

  it('puts the provisions that are named before everything else', () => {
    const hits = engine.search('土地管理法第48条和工伤条例第30条：单位不去申报咋个办，老板跑了几个月没发钱', 5);
    expect(hits.slice(0, 2).map((hit) => hit.provision.key)).toEqual(
      expect.arrayContaining(['土地管理法#第四十八条', '工伤保险条例#第三十条']),
    );
    expect(hits.map((hit) => hit.exact)).toEqual([true, true, false, false, false]);
  });

  it('gives hits best first, with parts of the score from 0 to 1', () => {
    const hits = engine.search('工伤认定医药费和工资', 10);
    expect(hits.length).toBeGreaterThan(2);
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).sort((a, b) => b - a));
    for (const { textScore, questionScore } of hits) {
      expect(Math.min(textScore, questionScore)).toBeGreaterThanOrEqual(0);
      expect(Math.max(textScore, questionScore)).toBeLessThanOrEqual(1);
    }
  });

  it('gives each provision once and no more than asked for', () => {
    const all = keys('工伤保险条例第三十条，工资、辞职、补偿', 10);
    expect(new Set(all).size).toBe(all.length);
    expect(keys('工伤保险条例第三十条，工资、辞职、补偿', 2)).toEqual(all.slice(0, 2));
  });

  it('gives the same for the same question', () => {
    expect(engine.search('工伤怎么办', 5)).toEqual(engine.search('工伤怎么办', 5));
  });
});

describe('a question that is none', () => {
  it.each([
    ['empty', ''],
    ['white space', ' \n\t　'],
    ['only punctuation', '？？？！！……'],
    ['only emoji', '😀👨‍👩‍👧🙏'],
    ['Cyrillic', 'Где моя зарплата'],
    ['Thai', 'สวัสดี'],
    ['Latin words that stand nowhere', 'xyzzy plugh'],
    ['characters that stand nowhere', '龘靐齉'],
    ['half of a surrogate pair', '\uD800\uDFFF\uD83D'],
    ['control characters', '\u0000\u0007\u001B'],
  ])('finds nothing and breaks nothing: %s', (_name, question) => {
    expect(engine.search(question, 5)).toEqual([]);
  });

  it('of one character finds what holds it', () => {
    expect(keys('辞')).toEqual(['劳动合同法#第三十七条']);
  });

  it('of 10,000 characters is answered from its beginning', () => {
    expect(keys(`拖欠工资${'啊'.repeat(10_000)}`)[0]).toBe('劳动合同法#第三十条');
    expect(keys('啊'.repeat(10_000))).toEqual([]);
  });

  it.each([
    '工伤保险条例第九千条',
    '工伤保险条例第0条',
    '工伤保险条例第九千九百九十九条之一',
    '月球土地法第一条',
    '《》第三条',
    '第三十条',
  ])('names an article or a law that does not exist: nothing is made up: %s', (question) => {
    expect(engine.search(question, 5).some((hit) => hit.exact)).toBe(false);
    expect(engine.exact.provisions(question)).toEqual([]);
  });

  it('says which named article does not exist', () => {
    expect(engine.exact.missing('工伤保险条例第九千条')).toEqual([{ law: '工伤保险条例', article: '第九千条' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { buildLibrary, type OfficialLaw, type Standing } from '../../src/knowledge/library.js';
import { matchSecondary } from '../../src/knowledge/match-secondary.js';
import { parseFigures, withEntered } from '../../src/knowledge/parse-figures.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';
import { digestOfGist, digestOfSlot, slotKey } from '../../src/knowledge/verification.js';

const TODAY = '2026-11-23';
const PACK = parsePackLaw(
  'bees.md',
  `---
title: 四川省养蜂条例
aliases: []
issuer: null
number: null
level: 地方性法规
published: null
inForceFrom: null
status: in-force
region: 四川
topic: expropriation
source: 蜂业报 2024-01-02（转述）
basis: secondary
verified: false
checkedAgainst: null
review: 测试
---

## 第四条

- 来源：蜂业报 2024-01-02

蜂箱被征收的，每箱补偿三百元。

据转述，每箱三百元，三十日内付清。

- 问：蜂箱拆了赔好多

## 条号待核实：转场的补贴

- 来源：蜂业报 2024-01-02

转场的养蜂户，每年补贴一次油费。

据转述，每年补贴一次；条号没有查到，以条例原文为准。

- 问：转场油费补不补

## 条号待核实：补贴的数额

- 来源：蜂业报 2024-01-02
- 冲突：另一家报纸说是八百元

补贴是五百元。

- 问：补好多钱
`,
);
const FOURTH = '四川省养蜂条例#第四条';
const SUBSIDY = '四川省养蜂条例#条号待核实：转场的补贴';
const AMOUNT = '四川省养蜂条例#条号待核实：补贴的数额';

function text(fourth = '蜂箱被征收的，每箱补偿三百元，在三十日内付清。'): OfficialLaw {
  return {
    law: {
      title: '四川省养蜂条例',
      aliases: [],
      issuer: '四川省人民代表大会常务委员会',
      number: null,
      level: '地方性法规',
      published: '2023-11-01',
      inForceFrom: '2024-01-01',
      status: 'in-force',
      region: '四川',
    },
    text: parseOfficialMarkdown(
      'x.md',
      `# 四川省养蜂条例\n\n第一条 为了养蜂，制定本条例。\n第四条 ${fourth}\n第九条 转场的养蜂户，每年可以领取一次油费补贴。\n`,
    ),
  };
}

const standingOf = (library: ReturnType<typeof buildLibrary>, key: string): Standing | 'unknown' => {
  const provision = library.byKey.get(key);
  return provision ? library.standing(provision, TODAY) : 'unknown';
};
const gistOf = (article: string) => {
  const gist = PACK.gists.find((candidate) => candidate.article === article);
  if (!gist) throw new Error(article);
  return gist;
};

describe('a statement known at second hand', () => {
  it('is unverified, and one on which the sources disagree may not be shown at all', () => {
    const library = buildLibrary([PACK], []);
    expect([FOURTH, SUBSIDY, AMOUNT].map((key) => standingOf(library, key))).toEqual(['unverified', 'unverified', 'conflicting']);
  });

  it('may be cited once a lawyer has verified it, until it says something else', () => {
    const verification = { key: FOURTH, digest: digestOfGist(gistOf('第四条')), by: '张律师', on: '2026-11-01', against: '省公报' };
    const library = buildLibrary([PACK], [], [], {}, [verification]);
    expect(standingOf(library, FOURTH)).toBe('citable');
    expect(library.byKey.get(FOURTH)?.verification).toEqual(verification);
    const changed = { ...PACK, gists: PACK.gists.map((gist) => ({ ...gist, rule: `${gist.rule}改了。` })) };
    expect(standingOf(buildLibrary([changed], [], [], {}, [verification]), FOURTH)).toBe('unverified');
    // disagreeing sources are not settled by a verification of one of them
    const conflicting = { ...verification, key: AMOUNT, digest: digestOfGist(gistOf('条号待核实：补贴的数额')) };
    expect(standingOf(buildLibrary([PACK], [], [], {}, [conflicting]), AMOUNT)).toBe('conflicting');
  });

  it('gives way to the official text of its law, whose articles take over the ways of asking', () => {
    const library = buildLibrary([PACK], [text()]);
    expect(library.byKey.get(FOURTH)).toMatchObject({
      gist: null,
      basis: 'official',
      official: '蜂箱被征收的，每箱补偿三百元，在三十日内付清。',
      questions: ['蜂箱拆了赔好多'],
      law: { published: '2023-11-01', inForceFrom: '2024-01-01', issuer: '四川省人民代表大会常务委员会' },
    });
    expect(standingOf(library, FOURTH)).toBe('citable');
    expect(standingOf(library, SUBSIDY)).toBe('replaced');
    expect(library.byKey.get('四川省养蜂条例#第九条')?.questions).toEqual(['转场油费补不补']);
  });

  it('is compared with the text: what agrees, what differs, what is not found', () => {
    const official = (law: OfficialLaw) => new Map([[law.law.title, law.text]]);
    const outcomes = (law: OfficialLaw) =>
      matchSecondary([PACK], official(law)).map(({ article, outcome, official: found, missing }) => [article, outcome, found, missing]);
    expect(outcomes(text())).toEqual([
      ['第四条', 'agrees', '第四条', []],
      ['条号待核实：转场的补贴', 'agrees', '第九条', []],
      ['条号待核实：补贴的数额', 'not-found', null, []],
    ]);
    expect(outcomes(text('蜂箱被征收的，每箱补偿五百元，在三十日内付清。'))[0]).toEqual(['第四条', 'differs', '第四条', ['三百元']]);
    expect(matchSecondary([PACK], new Map())).toEqual([]);
  });
});

describe('a figure that was entered', () => {
  const BOOK = parseFigures([
    {
      file: 'bees.yaml',
      text: `tables: []
slots:
  - id: honey-2026
    title: 蜂蜜均价（2026年）
    series: honey
    region: 四川
    unit: 元
    period: { from: 2026-01-01, to: null }
    value: null
    source: null
    sourceDate: null
    verified: false
    verifiedBy: null
`,
    },
  ]);
  const entry = { slot: 'honey-2026', value: 30, source: '蜂业局公告2026年第1号', sourceDate: '2026-02-01', by: '李律师' };

  it('fills its slot, the last entry counting, unverified until a lawyer says so', () => {
    const filled = withEntered(BOOK, [{ ...entry, value: 20 }, entry], []);
    expect(filled.slot('honey', '四川', TODAY)).toMatchObject({ value: 30, source: entry.source, verified: false });
    const [slot] = filled.slots;
    if (!slot) throw new Error('no slot');
    const verification = { key: slotKey('honey-2026'), digest: digestOfSlot(slot), by: '张律师', on: '2026-11-01', against: entry.source };
    expect(withEntered(BOOK, [entry], [verification]).slot('honey', '四川', TODAY)).toMatchObject({ verified: true, verifiedBy: '张律师' });
    // another value is another figure
    expect(withEntered(BOOK, [{ ...entry, value: 31 }], [verification]).slots[0]).toMatchObject({ value: 31, verified: false });
  });
});

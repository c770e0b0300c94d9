import { describe, expect, it } from 'vitest';
import { citationOf } from '../../src/consultation/compose.js';
import { verifyAnswer } from '../../src/consultation/verify.js';
import {
  NOTICE,
  type Citation,
  type CitedAnswer,
  type ClarifyAnswer,
  type HandoffAnswer,
  type ServiceAnswer,
} from '../../src/domain/answer.js';
import { checksumOf } from '../../src/knowledge/checksum.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';

const DAY = '2026-01-15';
const header = (title: string, changes: readonly (readonly [string, string])[] = []): string =>
  changes.reduce(
    (text, [from, to]) => text.replace(from, to),
    `---
title: ${title}
issuer: 国务院
number: null
level: 行政法规
published: 2010-12-20
inForceFrom: 2011-01-01
status: in-force
region: 全国
topic: injury
source: 某报 2021-10-21
basis: official
verified: true
checkedAgainst: 2010-12-20
review: 测试
---
`,
  );

const REGULATION = `${header('工伤保险条例')}
## 第十七条

出了事故，单位要在三十日内去申请工伤认定。

单位不申请的，本人或者家属一年内可以直接申请。

- 问：单位不去申报咋个办

## 第十八条（已废止）

不用了。

## 第十九条

要查的。

- 问：要查吗
`;
const SECONDARY = `${header('四川条例', [
  ['basis: official', 'basis: secondary'],
  ['verified: true', 'verified: false'],
])}
## 第九条

公布以后再迁户口，不增加补偿。

- 问：迁户口
`;
const NEW_LAW = `${header('新法', [['2011-01-01', '2026-06-01']])}\n## 第一条\n\n以后才算。\n\n- 问：以后\n`;
const REGULATION_TEXT =
  '# 工伤保险条例\n\n第十六条 有下列情形的，不得认定为工伤：醉酒的，提出申请也不认定。\n第十七条 所在单位应当自事故伤害发生之日起三十日内提出申请；未提出的，可以在一年内直接提出。\n第十九条 社会保险行政部门可以调查核实。\n';

const text = parseOfficialMarkdown('regulation.md', REGULATION_TEXT);
const regulation = parsePackLaw('regulation.md', REGULATION);
const library = buildLibrary(
  [regulation, parsePackLaw('sichuan.md', SECONDARY), parsePackLaw('new.md', NEW_LAW)],
  [{ law: regulation.law, text }],
  [],
  { '工伤保险条例#第十九条': checksumOf('从前的原文') },
);
const cite = (key: string): Citation => {
  const provision = library.byKey.get(key);
  if (!provision) throw new Error(`no provision ${key} in this test`);
  return citationOf(provision);
};
const SEVENTEEN = cite('工伤保险条例#第十七条');

const cited = (changes: Partial<CitedAnswer> = {}): CitedAnswer => ({
  kind: 'cited',
  topic: 'injury',
  headline: '单位要在30天内申请工伤认定。',
  points: [],
  citations: [SEVENTEEN],
  steps: ['单位不申请的，你自己1年内去申请。', '把病历留好。'],
  deadlines: [],
  evidence: [],
  further: [],
  guide: null,
  furtherCitations: [],
  calculation: null,
  ask: null,
  alsoHandoff: null,
  caveats: ['具体还要看情况。'],
  confidence: 0.9,
  notice: NOTICE,
  ...changes,
});
const faultsOf = (answer: Parameters<typeof verifyAnswer>[0], day = DAY) => verifyAnswer(answer, library, day);

describe('an answer may be sent', () => {
  it('when each citation is in force and says what the library says, and each figure stands in one', () => {
    expect(faultsOf(cited())).toEqual([]);
  });

  it('when an unverified provision stands beside a verified one', () => {
    expect(faultsOf(cited({ citations: [SEVENTEEN, cite('四川条例#第九条')] }))).toEqual([]);
  });

  it('when a provision without gist is quoted from the beginning of its official text', () => {
    const sixteen = cite('工伤保险条例#第十六条');
    expect(sixteen.plain).not.toBe('');
    expect(faultsOf(cited({ headline: sixteen.plain, citations: [sixteen], steps: [] }))).toEqual([]);
  });

  it('on the day on which its law comes into force, not before', () => {
    const answer = cited({ headline: '以后才算。', citations: [cite('新法#第一条')], steps: [] });
    expect(faultsOf(answer, '2026-05-31')).toEqual([{ fault: 'not-citable', key: '新法#第一条', standing: 'not-yet-in-force' }]);
    expect(faultsOf(answer, '2026-06-01')).toEqual([]);
  });
});

describe('an answer may not be sent', () => {
  it('without a citation', () => {
    expect(faultsOf(cited({ headline: '可以申请。', citations: [], steps: [] }))).toEqual([{ fault: 'no-citation' }]);
  });

  it('with a provision that the library does not know', () => {
    expect(faultsOf(cited({ citations: [SEVENTEEN, { ...SEVENTEEN, article: '第九百条' }] }))).toEqual([
      { fault: 'unknown-provision', key: '工伤保险条例#第九百条' },
    ]);
  });

  it('with a repealed provision', () => {
    expect(faultsOf(cited({ citations: [SEVENTEEN, cite('工伤保险条例#第十八条')] }))).toEqual([
      { fault: 'not-citable', key: '工伤保险条例#第十八条', standing: 'repealed' },
    ]);
  });

  it('with a provision whose gist is out of date', () => {
    expect(faultsOf(cited({ citations: [SEVENTEEN, cite('工伤保险条例#第十九条')] }))).toEqual([
      { fault: 'not-citable', key: '工伤保险条例#第十九条', standing: 'stale' },
    ]);
  });

  it.each([
    ['plain sentence', { plain: '单位要在六十日内去申请工伤认定。' }],
    ['rule', { rule: '本人两年内可以申请。' }],
    ['official text', { official: '用人单位应当申请。' }],
  ] as const)('with a citation whose %s is not what the library says', (_part, change) => {
    expect(faultsOf(cited({ citations: [{ ...SEVENTEEN, ...change }] }))).toEqual([
      { fault: 'altered-citation', key: '工伤保险条例#第十七条' },
    ]);
  });

  it('with a piece cut out of a sentence so that it says the opposite', () => {
    const piece = { ...cite('工伤保险条例#第十六条'), plain: '认定为工伤' };
    expect(faultsOf(cited({ headline: '算。', citations: [piece], steps: [] }))).toEqual([
      { fault: 'altered-citation', key: '工伤保险条例#第十六条' },
    ]);
  });

  it('with an unverified provision passed off as verified', () => {
    const faults = faultsOf(cited({ citations: [SEVENTEEN, { ...cite('四川条例#第九条'), verified: true }] }));
    expect(faults).toContainEqual({ fault: 'altered-citation', key: '四川条例#第九条' });
    expect(faults).toContainEqual({ fault: 'not-citable', key: '四川条例#第九条', standing: 'unverified' });
  });

  it('on unverified provisions alone', () => {
    const answer = cited({ headline: '迁户口不增加补偿。', citations: [cite('四川条例#第九条')], steps: [] });
    expect(faultsOf(answer)).toEqual([{ fault: 'only-unverified' }]);
  });

  it.each([
    ['headline', { headline: '单位要在60天内申请。' }, '60天'],
    ['steps.0', { steps: ['先交五百元。'] }, '五百元'],
    ['deadlines.0', { deadlines: ['要在90日内申请。'] }, '90日'],
    ['further.0', { further: ['最多给8个月。'] }, '8个月'],
    ['caveats.0', { caveats: ['满3年就过期了。'] }, '3年'],
  ] as const)('with a figure in its %s that stands in no cited provision', (part, change, figure) => {
    expect(faultsOf(cited(change))).toEqual([{ fault: 'unsupported-figure', figure, part }]);
  });

  it('with a figure that only an uncited provision has', () => {
    const nineteen = cited({ headline: '单位三十日内申请。', citations: [cite('工伤保险条例#第十六条')], steps: [] });
    expect(faultsOf(nineteen)).toEqual([{ fault: 'unsupported-figure', figure: '三十日', part: 'headline' }]);
  });

  it.each(['赢定了', '一定能赢', '必赢', '肯定赔', '保证要回', '百分之百能'])('with a promise: %s', (words) => {
    expect(faultsOf(cited({ headline: `这个官司${words}。` }))).toContainEqual({ fault: 'forbidden-promise', words, part: 'headline' });
  });

  it('with several faults, each named', () => {
    const faults = faultsOf(cited({ headline: '一定能赢，赔九千元。', citations: [{ ...SEVENTEEN, article: '第九百条' }], steps: [] }));
    expect(faults.map(({ fault }) => fault)).toEqual(['unknown-provision', 'unsupported-figure', 'forbidden-promise']);
  });
});

it('to say that nothing is sure is no promise', () => {
  expect(faultsOf(cited({ headline: '这个官司不一定能赢。' }))).toEqual([]);
});

describe('answers of the other kinds', () => {
  const rest = { confidence: 0, notice: NOTICE };
  const clarify = (text: string): ClarifyAnswer => ({
    ...rest,
    kind: 'clarify',
    text: '还得问你一件事。',
    questions: [{ id: 'q', text, options: ['是', '否'] }],
  });
  const handoff = (text: string): HandoffAnswer => ({ ...rest, kind: 'handoff', reason: 'danger', ticketKind: 'consultation', text });
  const service = (changes: Partial<ServiceAnswer>): ServiceAnswer => ({
    ...rest,
    kind: 'service',
    service: 'mediation',
    headline: '可以申请人民调解。',
    steps: [],
    sections: [],
    citations: [],
    alsoHandoff: null,
    options: [],
    ...changes,
  });

  it('may state no law and need no citation', () => {
    expect([clarify('做了鉴定没有？'), handoff('已经转给律师。'), service({})].map((answer) => faultsOf(answer))).toEqual([[], [], []]);
  });

  it('may promise nothing either', () => {
    const answers = [clarify('这个必赢，你说呢？'), handoff('律师保证赢。'), service({ steps: ['包赢。'] })];
    expect(answers.map((answer) => faultsOf(answer).map(({ fault }) => fault))).toEqual(answers.map(() => ['forbidden-promise']));
  });

  it('are held to their citations and figures when they guide to a service', () => {
    expect(faultsOf(service({ steps: ['30日内申请。'], citations: [SEVENTEEN] }))).toEqual([]);
    expect(faultsOf(service({ steps: ['60日内申请。'], citations: [SEVENTEEN] }))).toEqual([
      { fault: 'unsupported-figure', figure: '60日', part: 'steps.0' },
    ]);
    expect(faultsOf(service({ citations: [cite('工伤保险条例#第十八条')] }))).toEqual([
      { fault: 'not-citable', key: '工伤保险条例#第十八条', standing: 'repealed' },
    ]);
  });
});

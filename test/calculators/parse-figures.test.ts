import { describe, expect, it } from 'vitest';
import { BaimiError } from '../../src/domain/errors.js';
import { parseFigures, type FigureBook } from '../../src/knowledge/parse-figures.js';

const TABLE = `tables:
  - id: leave
    title: 年休假
    law: 职工带薪年休假条例
    article: 第三条
    from: 2008-01-01
    to: null
    rows:
      - { key: one, value: 5, unit: 天 }
`;
const SLOT = `slots:
  - id: minimum-2025
    title: 最低工资
    series: minimum
    region: 简阳
    unit: 元/月
    period: { from: 2025-01-01, to: 2025-12-31 }
    value: 2200
    source: 某市某年的通知
    sourceDate: null
    verified: false
    verifiedBy: null
`;
const parse = (text: string, ...more: readonly string[]): FigureBook =>
  parseFigures([text, ...more].map((one, index) => ({ file: `f${String(index)}.yaml`, text: one })));
const messageOf = (text: string, ...more: readonly string[]): string => {
  try {
    parse(text, ...more);
  } catch (error) {
    if (error instanceof BaimiError && error.code === 'bad-knowledge') return error.message;
    throw error;
  }
  return '（没有报错）';
};
const ALL = TABLE + SLOT;

describe('a file of figures', () => {
  it('gives the figure of law in force on a day, with its article', () => {
    const book = parse(ALL);
    expect(book.figure('leave', 'one', '2026-01-01')).toMatchObject({
      value: 5,
      unit: '天',
      law: '职工带薪年休假条例',
      article: '第三条',
      inPack: true,
    });
    expect([book.figure('leave', 'one', '2007-12-31'), book.figure('leave', 'two', '2026-01-01')]).toEqual([null, null]);
  });

  it('gives the slot that covers a day, in its own region only', () => {
    const book = parse(ALL);
    expect(['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'].map((day) => book.slot('minimum', '简阳', day)?.value ?? null)).toEqual(
      [null, 2200, 2200, null],
    );
    expect(book.slot('minimum', '成都', '2025-06-01')).toBeNull();
  });

  it('never gives a slot whose beginning is unknown', () => {
    const book = parse(ALL.replace('{ from: 2025-01-01, to: 2025-12-31 }', '{ from: null, to: null }'));
    expect([book.slots.length, book.slot('minimum', '简阳', '2025-06-01')]).toEqual([1, null]);
  });

  it('takes the version of the day where a table has two', () => {
    const later = TABLE.replace('from: 2008-01-01', 'from: 2030-01-01').replace('value: 5', 'value: 8');
    const book = parse(`${TABLE.replace('to: null', 'to: 2029-12-31')}slots: []\n`, `${later}slots: []\n`);
    expect(['2029-12-31', '2030-01-01'].map((day) => book.figure('leave', 'one', day)?.value)).toEqual([5, 8]);
  });
});

describe('a wrong file of figures is refused, naming file, line and remedy', () => {
  it.each([
    ['broken YAML', ALL.replace('rows:', 'rows: ['), /^f0\.yaml:\d+: 不是正确的 YAML。怎么改：/],
    ['an unknown field', ALL.replace('    title: 年休假', '    titel: 年休假'), /^f0\.yaml:2: /],
    ['an article that is none', ALL.replace('第三条', '第3条'), /^f0\.yaml:5: “tables\.0\.article”不对：写成“第十四条”/],
    ['a day that does not exist', ALL.replace('2008-01-01', '2008-02-30'), /^f0\.yaml:6: .*真有这一天/],
    ['a negative value', ALL.replace('value: 2200', 'value: -1'), /^f0\.yaml:17: .*没有查到的写 null/],
    ['a region there is none of', ALL.replace('简阳', '上海'), /^f0\.yaml:14: /],
    ['a value without a source', ALL.replace('source: 某市某年的通知', 'source: null'), /^f0\.yaml:18: “minimum-2025”有数没有来源/],
    [
      'verified without a date',
      ALL.replace('verified: false', 'verified: true'),
      /^f0\.yaml:20: “minimum-2025”标了核实，没写来源日期或者核实人/,
    ],
    ['verified without a value', ALL.replace('verified: false', 'verified: true').replace('2200', 'null'), /空的，不能算核实过/],
    ['a verifier of what is not verified', ALL.replace('verifiedBy: null', 'verifiedBy: 王某'), /没有核实却写了核实人/],
    ['an end before its beginning', ALL.replace('to: 2025-12-31', 'to: 2024-12-31'), /^f0\.yaml:16: “minimum-2025”的 to 早于 from/],
    ['an end without a beginning', ALL.replace('{ from: 2025-01-01', '{ from: null'), /只写了 to/],
  ])('%s', (_name, text, message) => {
    expect(messageOf(text)).toMatch(message);
    expect(messageOf(text)).toContain('怎么改：');
  });

  it('the same slot twice, in two files', () => {
    expect(messageOf(ALL, `tables: []\n${SLOT}`)).toBe('f1.yaml:3: “minimum-2025”已经写在 f0.yaml 里。怎么改：换一个名字，或者合并');
  });

  it('two slots of a series that cover one day', () => {
    expect(messageOf(ALL, `tables: []\n${SLOT.replace('minimum-2025', 'minimum-2026').replace('2025-01-01', '2025-12-31')}`)).toMatch(
      /管的日子重叠/,
    );
  });

  it('two values for one row on one day', () => {
    expect(messageOf(ALL, `${TABLE}slots: []\n`)).toMatch(/^f1\.yaml:9: “leave one”在同一段日子里写了两遍/);
  });
});

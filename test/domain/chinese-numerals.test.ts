import { describe, expect, it } from 'vitest';
import { normaliseArticleNumber, parseChineseInteger, parseNumeral, toChineseNumeral } from '../../src/domain/chinese-numerals.js';

const oneTo9999 = Array.from({ length: 9999 }, (_, index) => index + 1);

describe('whole numbers in Chinese numerals', () => {
  it('come back from the numeral they were written as, from 1 to 9999', () => {
    expect(oneTo9999.filter((value) => parseChineseInteger(toChineseNumeral(value)) !== value)).toEqual([]);
  });

  it('have one spelling each', () => {
    expect(new Set(oneTo9999.map(toChineseNumeral)).size).toBe(9999);
  });

  it.each([
    [0, '零'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [100, '一百'],
    [105, '一百零五'],
    [110, '一百一十'],
    [1001, '一千零一'],
    [1010, '一千零一十'],
    [1100, '一千一百'],
    [1179, '一千一百七十九'],
    [9999, '九千九百九十九'],
  ])('are written as statutes do: %i is %s', (value, written) => {
    expect(toChineseNumeral(value)).toBe(written);
  });

  it.each([-1, 10_000, 1.5, Number.NaN])('cannot be written outside 0 to 9999: %d', (value) => {
    expect(() => toChineseNumeral(value)).toThrow(RangeError);
  });

  it.each([
    ['〇', 0],
    ['两百', 200],
    ['二百零五', 205],
    ['二〇二五', 2025],
    ['三万', 30_000],
    ['一万零三十', 10_030],
    ['两万五千', 25_000],
    ['九百九十九万九千九百九十九', 9_999_999],
  ])('are read in every common spelling: %s is %i', (written, value) => {
    expect(parseChineseInteger(written)).toBe(value);
  });

  it.each(['', '万', '十十', '百千', '三百四百', '二两', '壹佰', '三日', '12', '一万万'])('are not read out of %j', (written) => {
    expect(parseChineseInteger(written)).toBeNull();
  });

  it('are read from Arabic digits of half and full width too', () => {
    expect([parseNumeral('48'), parseNumeral('４８'), parseNumeral('四十八')]).toEqual([48, 48, 48]);
    expect(parseNumeral('4８b')).toBeNull();
  });
});

describe('an article number', () => {
  it.each([
    ['第十四条', '第十四条'],
    ['第14条', '第十四条'],
    ['第１４条', '第十四条'],
    ['14条', '第十四条'],
    ['第 十四 条', '第十四条'],
    [' 第14 条 ', '第十四条'],
    ['第一〇五条', '第一百零五条'],
    ['第1179条', '第一千一百七十九条'],
    ['第276条之1', '第二百七十六条之一'],
    ['276条之1', '第二百七十六条之一'],
    ['第二百七十六条 之 一', '第二百七十六条之一'],
    ['第一百二十条之12', '第一百二十条之十二'],
  ])('has one spelling: %j is %s', (written, key) => {
    expect(normaliseArticleNumber(written)).toBe(key);
  });

  it('keeps its spelling once it has it', () => {
    const keys = oneTo9999.map((value) => `第${toChineseNumeral(value)}条`);
    expect(keys.filter((key) => normaliseArticleNumber(key) !== key)).toEqual([]);
  });

  it.each([
    '第0条',
    '第零条',
    '第10000条',
    '第-1条',
    '第1.5条',
    '第条',
    '条',
    '',
    '第十四',
    '第十四款',
    '第十四条第一款',
    '第十四条之零',
    '第十四条之100',
    '第壹条',
    '工伤保险条例第十四条',
  ])('is not %j', (written) => {
    expect(normaliseArticleNumber(written)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { createExactMatcher } from '../../src/retrieval/exact-match.js';

const names = new Map([
  ['工伤保险条例', '工伤保险条例'],
  ['工伤条例', '工伤保险条例'],
  ['劳动合同法', '劳动合同法'],
  ['劳动合同法实施条例', '劳动合同法实施条例'],
  ['民法典', '民法典'],
  ['刑法', '刑法'],
  ['劳动争议解释（一）', '劳动争议解释（一）'],
]);
const matcher = createExactMatcher(
  names,
  new Set([
    '工伤保险条例#第十四条',
    '工伤保险条例#第十五条',
    '劳动合同法#第五条',
    '劳动合同法#第三十八条',
    '劳动合同法#第四十六条',
    '劳动合同法实施条例#第五条',
    '民法典#第一千一百七十九条',
    '刑法#第二百七十六条之一',
    '劳动争议解释（一）#第三十二条',
  ]),
);

describe('a provision that a question names', () => {
  it.each([
    '工伤保险条例第十四条',
    '工伤保险条例第14条',
    '工伤保险条例14条',
    '工伤保险条例第１４条',
    '《工伤保险条例》第十四条',
    '《工伤保险条例》的第14条怎么说',
    '《 工伤保险条例 》 第 14 条',
    '中华人民共和国工伤保险条例第十四条',
    '工伤条例第14条',
    '请问一下工伤保险条例第十四条第一款第（一）项是啥意思',
    '我看了工伤保险条例，工伤保险条例第十四条没看懂',
  ])('is found in %s', (question) => {
    expect(matcher.provisions(question)).toEqual(['工伤保险条例#第十四条']);
  });

  it.each([
    ['民法典第1179条', '民法典#第一千一百七十九条'],
    ['刑法第276条之1', '刑法#第二百七十六条之一'],
    ['刑法第二百七十六条之一', '刑法#第二百七十六条之一'],
    ['劳动争议解释(一)第32条', '劳动争议解释（一）#第三十二条'],
  ])('is found in %s too', (question, key) => {
    expect(matcher.provisions(question)).toEqual([key]);
  });

  it('is found beside others, in the order of the question, each once', () => {
    expect(matcher.provisions('劳动合同法第46条和第三十八条、第46条')).toEqual(['劳动合同法#第四十六条', '劳动合同法#第三十八条']);
    expect(matcher.provisions('劳动合同法第三十八条、工伤保险条例第十四条，十五条')).toEqual([
      '劳动合同法#第三十八条',
      '工伤保险条例#第十四条',
      '工伤保险条例#第十五条',
    ]);
  });

  it('is found where several numbers share one 第 and one 条', () => {
    expect(matcher.provisions('劳动合同法第三十八、四十六条')).toEqual(['劳动合同法#第三十八条', '劳动合同法#第四十六条']);
  });

  it('is one of the law with the longest name that fits', () => {
    expect(matcher.provisions('劳动合同法实施条例第五条')).toEqual(['劳动合同法实施条例#第五条']);
    expect(matcher.provisions('劳动合同法第五条')).toEqual(['劳动合同法#第五条']);
  });

  it.each([
    '工伤保险条例',
    '第十四条',
    '工伤保险条例第0条',
    '工伤保险条例第九千条',
    '火星法第三条',
    '工伤保险条例和劳动合同法的第十四条',
    '工伤保险条例第十四',
    '三条狗',
    '',
    '😀',
  ])('is not found in %j', (question) => {
    expect(matcher.provisions(question)).toEqual([]);
  });

  it('is found in the first pages of a very long message, and the rest does no harm', () => {
    expect(matcher.provisions(`${'我'.repeat(3000)}工伤保险条例第十四条${'第'.repeat(50_000)}`)).toEqual(['工伤保险条例#第十四条']);
  });
});

describe('an article that does not exist', () => {
  it('is told apart from one that does', () => {
    expect(matcher.missing('工伤保险条例第九千条和第十四条')).toEqual([{ law: '工伤保险条例', article: '第九千条' }]);
    expect(matcher.missing('工伤条例第99条')).toEqual([{ law: '工伤保险条例', article: '第九十九条' }]);
  });

  it.each(['工伤保险条例第十四条', '工伤保险条例第0条', '火星法第三条', '第九千条', ''])('is not claimed of %j', (question) => {
    expect(matcher.missing(question)).toEqual([]);
  });
});

describe('the laws that a question names', () => {
  it('are given by title, each once, in order', () => {
    expect(matcher.laws('工伤条例和工伤保险条例一样吗？《民法典》呢')).toEqual(['工伤保险条例', '民法典']);
  });

  it('are not the shorter name inside a longer one', () => {
    expect(matcher.laws('劳动合同法实施条例是哪年的')).toEqual(['劳动合同法实施条例']);
  });

  it('are none where none is known', () => {
    expect(matcher.laws('火星法和我的合同')).toEqual([]);
  });
});

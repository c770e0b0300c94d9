import { describe, expect, it } from 'vitest';
import { inForceOn, normaliseTitle, provisionKey } from '../../src/domain/law.js';

describe('the title of a law', () => {
  it.each([
    ['中华人民共和国劳动合同法', '劳动合同法'],
    ['《中华人民共和国劳动合同法》', '劳动合同法'],
    ['〈工伤保险条例〉', '工伤保险条例'],
    [' 中华人民共和国 民法典 ', '民法典'],
    ['中华人民共和国劳动合同法(2012修正)', '劳动合同法'],
    ['工伤保险条例（2010年修订）', '工伤保险条例'],
    ['劳动法(2018-12-29)', '劳动法'],
    ['工伤保险条例', '工伤保险条例'],
  ])('is a key without decoration and version: %s', (written, key) => {
    expect(normaliseTitle(written)).toBe(key);
  });

  it('keeps a number in brackets that is part of the name, in full width', () => {
    expect(normaliseTitle('最高人民法院关于审理劳动争议案件适用法律问题的解释(一)')).toBe(
      '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）',
    );
    expect(normaliseTitle('解释（一）（2020）')).toBe('解释（一）');
  });

  it('keeps the name of the country where there is no other', () => {
    expect(normaliseTitle('中华人民共和国')).toBe('中华人民共和国');
  });

  it('loses its book-title marks where the version stands behind them', () => {
    expect(normaliseTitle('《劳动法》（2018修正）')).toBe('劳动法');
  });
});

it('a provision is known by law and article', () => {
  expect(provisionKey({ law: '工伤保险条例', article: '第十四条' })).toBe('工伤保险条例#第十四条');
});

describe('a law', () => {
  const law = { status: 'in-force', inForceFrom: '2011-01-01' } as const;

  it('is in force from its first day on', () => {
    expect(['2010-12-31', '2011-01-01', '2026-01-01'].map((day) => inForceOn(law, day))).toEqual([false, true, true]);
  });

  it('is in force where the first day is not known', () => {
    expect(inForceOn({ status: 'in-force', inForceFrom: null }, '2026-01-01')).toBe(true);
  });

  it.each(['repealed', 'not-yet'] as const)('is not in force while its status is %s', (status) => {
    expect(inForceOn({ ...law, status }, '2026-01-01')).toBe(false);
  });
});

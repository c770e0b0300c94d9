import { describe, expect, it } from 'vitest';
import { equivalentKeys, extractQuantities, unsupportedQuantities } from '../../src/domain/quantities.js';

const keys = (text: string): string[] => extractQuantities(text).map((quantity) => quantity.key);
const unsupported = (claim: string, ...sources: string[]): string[] => unsupportedQuantities(claim, sources).map(({ text }) => text);

describe('a figure', () => {
  it.each([
    [['三十日', '30天', '30 日', '３０日', '三十天'], 'day:30'],
    [['五个工作日', '5个工作日', '5 工作日'], 'workday:5'],
    [['六个月', '6个月', '半年'], 'month:6'],
    [['半个月'], 'month:0.5'],
    [['四十八小时', '48小时', '48个小时'], 'hour:48'],
    [['一年', '1年', '满一周年'], 'year:1'],
    [['十八周岁', '18岁'], 'age:18'],
    [['百分之五十', '50%', '５０％'], 'percent:50'],
    [['百分之一百五十', '150%'], 'percent:150'],
    [['0.5%'], 'percent:0.5'],
    [['千分之三', '3‰'], 'permille:3'],
    [['万分之五'], 'permyriad:5'],
    [['三分之二', '3分之2'], 'fraction:2/3'],
    [['两倍', '二倍', '2倍'], 'times:2'],
    [['3万元', '三万元', '30000元', '三万多元'], 'yuan:30000'],
    [['3.5万元', '35000元'], 'yuan:35000'],
    [['一亿元', '1亿元'], 'yuan:100000000'],
    [['五百块钱', '500元', '五百元'], 'yuan:500'],
    [['四级', '4级'], 'grade:4'],
    [['九十平方米', '90平方米'], 'square-metre:90'],
    [['三百亩', '300亩'], 'mu:300'],
    [['2011年1月21日', '二〇一一年一月二十一日'], 'date:2011-01-21'],
    [['2020年5月', '二〇二〇年五月'], 'date:2020-05'],
    [['2025年度'], 'date:2025'],
    [['12月31日', '十二月三十一日'], 'monthday:12-31'],
  ])('has one key however it is written: %j', (spellings, key) => {
    expect(spellings.map(keys)).toEqual(spellings.map(() => [key]));
  });

  it.each([
    ['一至四级', ['grade:1', 'grade:4']],
    ['一级至四级', ['grade:1', 'grade:4']],
    ['5-6级', ['grade:5', 'grade:6']],
    ['五、六级', ['grade:5', 'grade:6']],
    ['一到三个月', ['month:1', 'month:3']],
    ['5至10万元', ['yuan:50000', 'yuan:100000']],
    ['三个月以上不满六个月', ['month:3', 'month:6']],
    ['三千元以上二万元以下的罚款', ['yuan:3000', 'yuan:20000']],
    ['自2011年1月1日起三十日内缴百分之二', ['date:2011-01-01', 'day:30', 'percent:2']],
  ])('is found beside others: %s', (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  it('says where it stands', () => {
    expect(extractQuantities('应当在30日内申请')).toEqual([{ key: 'day:30', text: '30日', index: 3 }]);
  });

  it.each([
    '依照第十四条、第15条第二款第（三）项办理',
    '第一百二十条之一',
    '国务院令第586号，法释〔2020〕26号',
    '第三章第二节',
    '按上一年度的标准',
    '下一年再说，同一日办完，每一月发',
    '县级以上人民政府和上一级机关',
    '一次性补助，一般情况下一并处理',
    '数日之后、数月之内',
    '劳动者和用人单位',
    '',
  ])('is not seen in %j', (text) => {
    expect(keys(text)).toEqual([]);
  });
});

describe('two keys say the same', () => {
  it.each([
    ['一年', '十二个月'],
    ['两年', '24个月'],
    ['百分之十', '十分之一'],
    ['十分之三', '30%'],
    ['半年', '六个月'],
  ])('%s and %s', (left, right) => {
    expect(unsupported(left, right)).toEqual([]);
    expect(unsupported(right, left)).toEqual([]);
  });

  it.each([
    ['三十日', '一个月'],
    ['5日', '5个工作日'],
    ['百分之三百', '三倍'],
    ['三年', '三个月'],
    ['18岁', '18年'],
  ])('but %s and %s do not', (left, right) => {
    expect(unsupported(left, right)).toEqual([left]);
  });

  it('and each key is among its own equals', () => {
    for (const key of ['year:1', 'month:12', 'month:5', 'fraction:1/10', 'fraction:2/3', 'percent:50', 'percent:55', 'date:2011-01-21']) {
      expect(equivalentKeys(key)).toContain(key);
    }
  });
});

describe('a claim', () => {
  it('is supported when each of its figures stands in some source', () => {
    expect(unsupported('30天内申请，最迟1年', '自事故发生之日起三十日内', '一年内可以直接提出')).toEqual([]);
  });

  it('has its figures named that stand in no source', () => {
    expect(unsupported('60天内申请，最迟2年', '三十日内', '一年内')).toEqual(['60天', '2年']);
  });

  it('without figures needs no source', () => {
    expect(unsupported('先把合同和工资条留好')).toEqual([]);
  });

  it('may name a grade between the ends of a range, not beyond them', () => {
    expect(unsupported('二级、三级', '一级至四级伤残')).toEqual([]);
    expect(unsupported('八级', '七到十级')).toEqual([]);
    expect(unsupported('五级', '一至四级伤残')).toEqual(['五级']);
  });

  it('may name a grade inside a range whichever dash the range is written with', () => {
    for (const dash of ['-', '－', '—', '~', '～']) expect(unsupported('八级', `7${dash}10级`)).toEqual([]);
  });
});

describe('a figure of several parts is read as a whole', () => {
  it('一万五千元 is fifteen thousand', () => {
    expect(keys('罚款一万五千元')).toEqual(['yuan:15000']);
  });

  it('1,500元 is fifteen hundred', () => {
    expect(['1,500元', '12,000元', '１，５００元'].map(keys)).toEqual([['yuan:1500'], ['yuan:12000'], ['yuan:1500']]);
  });

  it('百分之零点五 and 一点五倍 have a decimal', () => {
    expect(['百分之零点五', '一点五倍'].map(keys)).toEqual([['percent:0.5'], ['times:1.5']]);
  });

  it('0.07万元 is exactly seven hundred', () => {
    expect(keys('0.07万元')).toEqual(['yuan:700']);
  });

  it('二零一一年 is the year 2011', () => {
    expect(keys('二零一一年')).toEqual(['date:2011']);
  });

  it('一年半 and 一个半月 are more than 一年 and 一个月', () => {
    expect(unsupported('一年半内', '一年内')).not.toEqual([]);
    expect(unsupported('一个半月内', '一个月内')).not.toEqual([]);
    expect(unsupported('一年半内', '十八个月内')).toEqual([]);
  });
});

it('an amount or a period in everyday words is a figure', () => {
  const claims = ['能拿3000块', '大概赔10万', '三周之内', '两个星期'];
  expect(claims.filter((claim) => unsupported(claim).length === 0)).toEqual([]);
});

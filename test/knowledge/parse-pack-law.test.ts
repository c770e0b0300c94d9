import { describe, expect, it } from 'vitest';
import { BaimiError } from '../../src/domain/errors.js';
import { parsePackLaw } from '../../src/knowledge/parse-pack-law.js';

const FILE = 'laws/injury/regulation.md';

/** A sound file of 36 lines; the tests name its lines. */
const GOOD = `---
title: 工伤保险条例
aliases: [工伤条例]
issuer: 国务院
number: 国务院令第586号
level: 行政法规
published: 2010-12-20
inForceFrom: 2011-01-01
status: in-force
region: 全国
topic: injury
source: 国家法律法规数据库
basis: official
verified: true
checkedAgainst: 2010-12-20
review: 复核过
---

# 第三章 工伤认定

## 第十四条

上班时间在上班的地方因为干活受了伤，算工伤。

应当认定为工伤的情形：
（一）工作时间和场所内，因工作原因受伤。

- 问：在厂里被机器压到手了，是不是工伤
- 问：下班路上被车撞了算不算

# 第四章 鉴定

## 第二十一条（已废止）

这一条已经不用了。
`;
const SECONDARY = GOOD.replace('basis: official', 'basis: secondary').replace('verified: true', 'verified: false');
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

/** "file:line:" of a message. */
const placeOf = (message: string): string | undefined => message.split(' ')[0];

const messageOf = (text: string): string => {
  try {
    parsePackLaw(FILE, text);
  } catch (error) {
    if (error instanceof BaimiError && error.code === 'bad-knowledge') return error.message;
    throw error;
  }
  return '（没有报错）';
};

describe('a law file of the pack', () => {
  it('gives the law and what its header says of the source', () => {
    expect(parsePackLaw(FILE, GOOD)).toMatchObject({
      file: FILE,
      law: {
        title: '工伤保险条例',
        aliases: ['工伤条例'],
        issuer: '国务院',
        number: '国务院令第586号',
        level: '行政法规',
        published: '2010-12-20',
        inForceFrom: '2011-01-01',
        status: 'in-force',
        region: '全国',
      },
      topic: 'injury',
      source: '国家法律法规数据库',
      basis: 'official',
      verified: true,
      checkedAgainst: '2010-12-20',
      review: '复核过',
    });
  });

  it('gives each provision with its chapter, its plain sentence, its rule and its questions', () => {
    expect(parsePackLaw(FILE, GOOD).gists).toEqual([
      {
        article: '第十四条',
        chapter: '第三章 工伤认定',
        plain: '上班时间在上班的地方因为干活受了伤，算工伤。',
        rule: '应当认定为工伤的情形：\n（一）工作时间和场所内，因工作原因受伤。',
        questions: ['在厂里被机器压到手了，是不是工伤', '下班路上被车撞了算不算'],
        repealed: false,
        source: null,
        conflict: null,
        line: 21,
      },
      {
        article: '第二十一条',
        chapter: '第四章 鉴定',
        plain: '这一条已经不用了。',
        rule: '',
        questions: [],
        repealed: true,
        source: null,
        conflict: null,
        line: 33,
      },
    ]);
  });

  it('reads the same with a byte order mark and Windows line ends', () => {
    expect(parsePackLaw(FILE, `\uFEFF${GOOD.replaceAll('\n', '\r\n')}`)).toEqual(parsePackLaw(FILE, GOOD));
  });

  it('may leave out aliases, and chapters', () => {
    const text = GOOD.replace('aliases: [工伤条例]\n', '').replace(/^# .*$/gm, '');
    const { law, gists } = parsePackLaw(FILE, text);
    expect([law.aliases, gists.map((gist) => gist.chapter)]).toEqual([[], [null, null]]);
  });

  it('may hold a rule whose number is not known, with where it was read, if it rests on a secondary source', () => {
    const text = SECONDARY.replace('## 第十四条\n', '## 条号待核实：迁户口\n\n- 来源：四川法治报 2021-10-21\n');
    expect(parsePackLaw(FILE, text).gists[0]).toMatchObject({
      article: '条号待核实：迁户口',
      source: '四川法治报 2021-10-21',
    });
  });

  it('may hold an article inserted between two others', () => {
    expect(parsePackLaw(FILE, GOOD.replace('## 第十四条', '## 第二百七十六条之一')).gists[0]?.article).toBe('第二百七十六条之一');
  });
});

describe('a header that is not sound is refused with file, line and remedy', () => {
  const remedy = '照 knowledge/README.md 的样子填写';
  it.each([
    ['no front matter', GOOD.slice(4), 1, '文件开头没有 ---', '第一行写 ---'],
    ['an empty file', '', 1, '文件开头没有 ---', '第一行写 ---'],
    ['front matter without end', GOOD.replace('复核过\n---', '复核过'), 1, '文件头没有结束', '另起一行写 ---'],
    ['broken YAML', GOOD.replace('issuer: 国务院', 'issuer: [国务院'), 5, '文件头不是正确的 YAML', '加引号'],
    ['a field given twice', GOOD.replace('region: 全国', 'region: 全国\nregion: 四川'), 11, '文件头不是正确的 YAML', '加引号'],
    ['an unknown field', GOOD.replace('region: 全国', 'region: 全国\nauthor: 张三'), 11, '不认识的栏目“author”', remedy],
    ['a missing field', GOOD.replace('title: 工伤保险条例\n', ''), 1, '“title”不对', remedy],
    ['a date in words', GOOD.replace('inForceFrom: 2011-01-01', 'inForceFrom: 2011年1月1日'), 8, '2011-01-01 这样的日期', remedy],
    ['a date without zeros', GOOD.replace('published: 2010-12-20', 'published: 2010-12-2'), 7, '“published”不对', remedy],
    ['an unknown level', GOOD.replace('level: 行政法规', 'level: 通知'), 6, '“level”不对', remedy],
    ['an unknown status', GOOD.replace('status: in-force', 'status: 有效'), 9, '“status”不对', remedy],
    ['another region', GOOD.replace('region: 全国', 'region: 重庆'), 10, '“region”不对', remedy],
    ['an unknown topic', GOOD.replace('topic: injury', 'topic: 工伤'), 11, '“topic”不对', remedy],
    ['a secondary source that is called verified', SECONDARY.replace('verified: false', 'verified: true'), 14, '不能写 verified: true', remedy],
    ['an official basis without the text it was checked against', GOOD.replace('checkedAgainst: 2010-12-20', 'checkedAgainst: null'), 15, '对照的是哪一天', remedy],
  ])('%s', (_name, text, line, wrong, cure) => {
    const message = messageOf(text);
    expect(placeOf(message)).toBe(`${FILE}:${String(line)}:`);
    expect(message).toContain(wrong);
    expect(message.split('怎么改：')[1]).toContain(cure);
  });

  it('the line of a list is named when one of its items is wrong', () => {
    expect(placeOf(messageOf(GOOD.replace('[工伤条例]', '[工]')))).toBe(`${FILE}:3:`);
  });
});

describe('a section that is not sound is refused with file, line and remedy', () => {
  const HEADING = '## 第十四条\n';
  it.each([
    ['Arabic digits in the heading', GOOD.replace(HEADING, '## 第14条\n'), '第14条', '不是条号', '用汉字数字'],
    ['another spelling of the number', GOOD.replace(HEADING, '## 第一四条\n'), '第一四条', '不是条号', '用汉字数字'],
    ['a heading that is no article', GOOD.replace(HEADING, '## 工伤的认定\n'), '## 工伤的认定', '不是条号', '## 第十四条'],
    ['a heading of the wrong depth', GOOD.replace(HEADING, '### 第十四条\n'), '### 第', '不认识的标题', '条用两个 ##'],
    ['an article twice', GOOD.replace('第二十一条（已废止）', '第十四条（已废止）'), '（已废止）', '第十四条写了两遍（上一次在第 21 行）', '合并成一节'],
    ['text before the first article', GOOD.replace('# 第三章', '总则的话\n\n# 第三章'), '总则的话', '任何一条的标题之前', '先写“## 第几条”'],
    ['text between chapter and article', GOOD.replace('# 第四章 鉴定', '# 第四章 鉴定\n\n说明'), '说明', '任何一条的标题之前', '先写“## 第几条”'],
    ['an empty section', GOOD.replace('这一条已经不用了。', ''), '（已废止）', '第二十一条没有内容', '先写一句大白话'],
    ['no question', GOOD.replace(/^- 问.*$/gm, ''), '## 第十四条', '第十四条没有“- 问：”', '至少写两个'],
    ['an empty question', GOOD.replace('下班路上被车撞了算不算', ' '), '- 问： ', '后面是空的', '补上内容或者删掉'],
    ['a rule after the questions', GOOD.replace('算不算\n', '算不算\n\n还有一条规则。\n'), '还有一条规则', '规则写在了“- 问：”的后面', '移到问题前面'],
    ['a list item of another kind', GOOD.replace('- 问：下班', '- 答：下班'), '- 答：', '只认识“- 问：”“- 来源：”和“- 冲突：”', '列举用（一）（二）'],
    ['a question with a half-width colon', GOOD.replace('- 问：下班', '- 问:下班'), '- 问:', '只认识“- 问：”“- 来源：”和“- 冲突：”', '列举用（一）（二）'],
    ['a starred list', GOOD.replace('（一）工作', '* 工作'), '* 工作', '只认识“- 问：”“- 来源：”和“- 冲突：”', '列举用（一）（二）'],
    ['an unknown number in a file checked against the text', GOOD.replace(HEADING, '## 条号待核实：迁户\n'), '条号待核实', '不能有“条号待核实”', 'basis: secondary'],
    ['an unknown number without its source', SECONDARY.replace(HEADING, '## 条号待核实：迁户\n'), '条号待核实', '没有写来源', '- 来源：报刊名 日期'],
    ['half-width brackets around 已废止', GOOD.replace('（已废止）', '(已废止)'), '(已废止)', '不是条号', '## 第十四条'],
  ])('%s', (_name, text, at, wrong, cure) => {
    const message = messageOf(text);
    expect(placeOf(message)).toBe(`${FILE}:${String(lineOf(text, at))}:`);
    expect(message).toContain(wrong);
    expect(message.split('怎么改：')[1]).toContain(cure);
  });

  it('a file without any provision', () => {
    const text = GOOD.slice(0, GOOD.indexOf('## 第十四条'));
    expect(messageOf(text)).toBe(
      `${FILE}:${String(text.split('\n').length)}: 文件里一条规则也没有。怎么改：至少写一节“## 第几条”`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { BaimiError } from '../../src/domain/errors.js';
import { parseGuide } from '../../src/knowledge/parse-guide.js';

const FILE = 'guides/injury/recognition.md';
const GOOD = `---
title: 申请工伤认定
topic: injury
service: null
when: [怎么申请, '/认定.{0,4}工伤/']
after: [工伤保险条例 第十七条]
---

先让单位申请，单位不申请自己申请。

1. 单位三十日内申请。〔工伤保险条例 第十七条；社会保险法 第36条〕
2. 把病历留好。
`;

const SECTIONS = `
## 到哪里办

- 到统筹地区社会保险行政部门办。〔工伤保险条例 第十七条〕

## 期限

- 三十日，从事故发生之日起算。〔工伤保险条例 第十七条〕
- 邮寄的，留好回执。

## 对方会怎么说

- “没签合同就不算”——不对，事实劳动关系也算。〔工伤保险条例 第十八条；社会保险法 第36条〕
`;
const FULL = GOOD + SECTIONS;

const messageOf = (text: string): string => {
  try {
    parseGuide(FILE, text);
  } catch (error) {
    if (error instanceof BaimiError && error.code === 'bad-knowledge') return error.message;
    throw error;
  }
  return '（没有报错）';
};

describe('a guide', () => {
  it('gives its title, topic, opening sentence and when it is called for', () => {
    const guide = parseGuide(FILE, GOOD);
    expect(guide).toMatchObject({
      file: FILE,
      title: '申请工伤认定',
      topic: 'injury',
      service: null,
      lead: '先让单位申请，单位不申请自己申请。',
      after: [{ law: '工伤保险条例', article: '第十七条' }],
    });
    expect(guide.when.found('工伤怎么申请，能不能认定成工伤')).toEqual(['怎么申请', '/认定.{0,4}工伤/']);
  });

  it('gives each step with the provisions it rests on, in one spelling', () => {
    expect(parseGuide(FILE, GOOD).steps).toEqual([
      {
        text: '单位三十日内申请。',
        cites: [
          { law: '工伤保险条例', article: '第十七条' },
          { law: '社会保险法', article: '第三十六条' },
        ],
      },
      { text: '把病历留好。', cites: [] },
    ]);
  });

  it('has no sections unless it writes them', () => {
    expect(parseGuide(FILE, GOOD).sections).toEqual([]);
  });

  it('gives its sections in order, each statement with the provisions it rests on', () => {
    const regulation = (article: string) => ({ law: '工伤保险条例', article });
    expect(parseGuide(FILE, FULL).steps).toEqual(parseGuide(FILE, GOOD).steps);
    expect(parseGuide(FILE, FULL).sections).toEqual([
      { title: '到哪里办', statements: [{ text: '到统筹地区社会保险行政部门办。', cites: [regulation('第十七条')] }] },
      {
        title: '期限',
        statements: [
          { text: '三十日，从事故发生之日起算。', cites: [regulation('第十七条')] },
          { text: '邮寄的，留好回执。', cites: [] },
        ],
      },
      {
        title: '对方会怎么说',
        statements: [
          {
            text: '“没签合同就不算”——不对，事实劳动关系也算。',
            cites: [regulation('第十八条'), { law: '社会保险法', article: '第三十六条' }],
          },
        ],
      },
    ]);
  });

  it('may be the guide of a service', () => {
    const text = GOOD.replace('topic: injury', 'topic: services').replace('service: null', 'service: legal-aid');
    expect(parseGuide(FILE, text)).toMatchObject({ topic: 'services', service: 'legal-aid' });
  });

  it('reads the same with a byte order mark and Windows line ends', () => {
    const { when, ...windows } = parseGuide(FILE, `\uFEFF${GOOD.replaceAll('\n', '\r\n')}`);
    expect(windows).toEqual({ ...parseGuide(FILE, GOOD), when: undefined });
    expect(when.any('怎么申请')).toBe(true);
  });
});

describe('a guide that is not sound is refused with file, line and remedy', () => {
  it.each([
    ['no front matter', GOOD.slice(4), 1, '没有文件头', '开头写 ---'],
    ['front matter without end', GOOD.replace('条]\n---', '条]'), 1, '没有文件头', '再写 ---'],
    ['a step without number', GOOD.replace('2. 把', '把'), 12, '看不懂这一行', '1. 步骤'],
    ['a second opening sentence', GOOD.replace('1. 单位', '还有一句。\n\n1. 单位'), 11, '看不懂这一行', '先写一段开头的话'],
    ['no step', GOOD.replace(/^\d\. .*$/gm, ''), 7, '缺开头的话或者步骤', '两样都要有'],
    ['no opening sentence', GOOD.replace('先让单位申请，单位不申请自己申请。', ''), 7, '缺开头的话或者步骤', '两样都要有'],
    ['a citation without article', GOOD.replace('社会保险法 第36条', '社会保险法'), 11, '“社会保险法”不是“法律名称 第几条”', '工伤保险条例 第十七条'],
    ['a citation without law', GOOD.replace('社会保险法 第36条', '第36条'), 11, '“第36条”不是', '工伤保险条例 第十七条'],
    ['a citation of article 0', GOOD.replace('第36条', '第0条'), 11, '第0条', '工伤保险条例 第十七条'],
    ['a broken reference in the header', GOOD.replace('[工伤保险条例 第十七条]', '[工伤保险条例]'), 6, '“工伤保险条例”不是', '工伤保险条例 第十七条'],
  ])('%s', (_name, text, line, wrong, cure) => {
    const message = messageOf(text);
    expect(message.split(' ')[0]).toBe(`${FILE}:${String(line)}:`);
    expect(message).toContain(wrong);
    expect(message.split('怎么改：')[1]).toContain(cure);
  });

  it.each([
    ['an unknown section', FULL.replace('## 期限', '## 时间'), 18, '不认识的小节“时间”', '到哪里办、带什么、期限、费用、对方会怎么说'],
    ['a section written twice', FULL.replace('## 期限', '## 到哪里办'), 18, '小节“到哪里办”写了两遍', '合成一节'],
    ['a section out of order', FULL.replace('## 对方会怎么说', '## 带什么'), 23, '小节“带什么”的次序不对', '到哪里办、带什么'],
    ['a section without content', FULL.replace(/^- “.*$/m, ''), 23, '小节“对方会怎么说”是空的', '删掉这个标题'],
    ['a section before the steps', GOOD.replace('1. 单位', '## 期限\n\n1. 单位'), 11, '看不懂这一行', '1. 步骤'],
    ['a line of a section without dash', FULL.replace('- 邮寄', '邮寄'), 21, '看不懂这一行', '- 一句话'],
    ['a numbered line in a section', FULL.replace('- 邮寄', '1. 邮寄'), 21, '看不懂这一行', '小节“期限”里每行写成'],
    ['a reply without the words replied to', FULL.replace('“没签合同就不算”——', ''), 25, '“对方会怎么说”的写法不对', '- “对方的话”——怎么回'],
    ['a reply that says nothing', FULL.replace('——不对，事实劳动关系也算。', '——'), 25, '“对方会怎么说”的写法不对', '怎么回'],
    ['a reply that rests on nothing', FULL.replace(/〔工伤保险条例 第十八条；.*〕/, ''), 25, '“对方会怎么说”的写法不对', '依据不能少'],
    ['a citation that is not closed', FULL.replace('起算。〔工伤保险条例 第十七条〕', '起算。〔工伤保险条例 第十七条'), 20, '没有成对', '这一行的最后'],
    ['a citation without article', FULL.replace('〔工伤保险条例 第十八条；', '〔工伤保险条例；'), 25, '“工伤保险条例”不是“法律名称 第几条”', '第十七条'],
  ])('in its sections: %s', (_name, text, line, wrong, cure) => {
    const message = messageOf(text);
    expect(message.split(' ')[0]).toBe(`${FILE}:${String(line)}:`);
    expect(message).toContain(wrong);
    expect(message.split('怎么改：')[1]).toContain(cure);
  });

  it.each([
    ['an unknown field', GOOD.replace('title:', 'author: 张三\ntitle:'), 'author'],
    ['an unknown topic', GOOD.replace('topic: injury', 'topic: 工伤'), 'topic'],
    ['an unknown service', GOOD.replace('service: null', 'service: 调解'), 'service'],
    ['a missing field', GOOD.replace(/^when: .*\n/m, ''), 'when'],
    ['a broken pattern', GOOD.replace('认定.{0,4}工伤', '认定('), '/认定(/'],
    ['an empty word', GOOD.replace('怎么申请', "''"), 'when.0'],
  ])('%s, by file and field', (_name, text, field) => {
    const message = messageOf(text);
    expect(message).toContain(`${FILE}: `);
    expect(message).toContain(field);
    expect(message).toContain('怎么改：');
  });

  it('a step whose citation is not closed, or is not at the end, is no step without citation', () => {
    const unclosed = GOOD.replace('第36条〕', '第36条');
    const trailing = GOOD.replace('第36条〕', '第36条〕。');
    expect([unclosed, trailing].map((text) => messageOf(text).split(' ')[0])).toEqual([`${FILE}:11:`, `${FILE}:11:`]);
  });
});

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

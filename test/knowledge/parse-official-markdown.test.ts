import { describe, expect, it } from 'vitest';
import { BaimiError } from '../../src/domain/errors.js';
import { parseOfficialMarkdown } from '../../src/knowledge/parse-official-markdown.js';

const parse = (text: string) => parseOfficialMarkdown('某法.md', text);
const articles = (text: string): string[] => parse(text).provisions.map((provision) => provision.article);

const LAW = `# 某某法

2003年4月27日 公布
第一条 这一行在说明里，不是条文

<!-- INFO END -->

## 第一编　总则

### 第一章 一般规定

第一条　为了测试，制定本法。

第二条 本法适用于测试。

  有下列情形之一的：
（一）第一种；

### 第二章 附加

第三条 依照第一条办理。
第一条规定的情形除外。

## 第二编 附则

第二百七十六条之一 拒不支付的，依法处理。
第四条【施行】本法自公布之日起施行。
`;

describe('an official text', () => {
  it('gives its title and its articles in order', () => {
    expect(parse(LAW).title).toBe('某某法');
    expect(articles(LAW)).toEqual(['第一条', '第二条', '第三条', '第二百七十六条之一', '第四条']);
  });

  it('keeps the paragraphs of an article, without its number', () => {
    expect(parse(LAW).provisions[1]?.text).toBe('本法适用于测试。\n有下列情形之一的：\n（一）第一种；');
  });

  it('takes a line that only refers to an article as a paragraph', () => {
    expect(parse(LAW).provisions[2]?.text).toBe('依照第一条办理。\n第一条规定的情形除外。');
  });

  it('names part and chapter of each article', () => {
    expect(parse(LAW).provisions.map((provision) => provision.chapter)).toEqual([
      '第一编 总则 第一章 一般规定',
      '第一编 总则 第一章 一般规定',
      '第一编 总则 第二章 附加',
      '第二编 附则',
      '第二编 附则',
    ]);
  });

  it('passes over how the law was made, above the mark', () => {
    expect(parse(LAW).provisions[0]?.text).toBe('为了测试，制定本法。');
  });

  it('is read whole where there is no such mark', () => {
    expect(articles('# 某法\n\n第一条 甲。\n第二条 乙。\n')).toEqual(['第一条', '第二条']);
  });

  it('keeps the words of the headline brackets', () => {
    expect(parse(LAW).provisions[4]?.text).toBe('【施行】本法自公布之日起施行。');
  });

  it('may start an article on a line of its own', () => {
    expect(parse('# 某法\n\n第一条\n甲。\n').provisions).toEqual([{ article: '第一条', chapter: null, text: '甲。' }]);
  });

  it('has the first of two articles with one number: the second is quoted in an annex', () => {
    expect(parse('# 某法\n\n第一条 甲。\n\n第一条 乙。\n').provisions).toEqual([{ article: '第一条', chapter: null, text: '甲。' }]);
  });

  it('without numbered articles is one provision', () => {
    expect(parse('# 某通知\n\n<!-- INFO END -->\n\n各单位：\n照此办理。\n').provisions).toEqual([
      { article: '全文', chapter: null, text: '各单位：\n照此办理。' },
    ]);
  });

  it('reads the same with a byte order mark and Windows line ends', () => {
    expect(parse(`\uFEFF${LAW.replaceAll('\n', '\r\n')}`)).toEqual(parse(LAW));
  });
});

describe('a text that cannot be read is refused with its file and what to do', () => {
  it.each([
    ['without title', '第一条 甲。', '某法.md: 找不到标题。怎么改：第一行写“# 法律名称”'],
    ['empty', '', '某法.md: 找不到标题。怎么改：第一行写“# 法律名称”'],
    ['with nothing but a title', '# 某法\n\n<!-- INFO END -->\n', '某法.md: 只有标题，没有正文。怎么改：重新下载这份文件'],
  ])('%s', (_name, text, message) => {
    expect(() => parse(text)).toThrow(new BaimiError('bad-law-text', message));
  });
});

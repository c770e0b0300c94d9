import { describe, expect, it } from 'vitest';
import { parseOfficialFacts } from '../../src/knowledge/parse-official-facts.js';
import { isAmendingTitle, parseOfficialLines } from '../../src/knowledge/parse-official-lines.js';
import type { OfficialDocument } from '../../src/knowledge/parse-official-markdown.js';
import { parseOfficialMarkdown, parseOfficialMarkdownDocument } from '../../src/knowledge/parse-official-markdown.js';
import { withAnnexes } from '../../src/knowledge/parse-official-text.js';

const parse = (...lines: readonly string[]): OfficialDocument =>
  parseOfficialLines(
    '某条例.docx',
    lines.map((text) => ({ text })),
  );
const texts = (document: OfficialDocument): Record<string, string> =>
  Object.fromEntries(withAnnexes(document).map(({ article, text }) => [article, text]));
const articles = (document: OfficialDocument): string[] => withAnnexes(document).map(({ article }) => article);

const INJURY = [
  '工伤保险条例',
  '（2003年4月27日中华人民共和国国务院令第375号公布　根据2010年12月20日《国务院关于修改〈工伤保险条例〉的决定》修订）',
  '目　　录',
  '第一章　总　则',
  '第二章　工伤认定',
  '附　则',
  '第一章　总　则',
  '　　第一条　为了保障职工，制定本条例。',
  '　　第二条　本条例适用于企业。',
  '　　有下列情形的除外：',
  '　　（一）第一种；',
  '第二章　工伤认定',
  '第一节　一般规定',
  '第三条　依照第一条办理。',
  '第一条规定的情形除外。',
  '第三条之一　另行规定。',
  '附　则',
  '第四条　本条例自2004年1月1日起施行。',
];

describe('a document without marked headings', () => {
  it('gives title, articles with their paragraphs, and chapters without the letters set apart', () => {
    const document = parse(...INJURY);
    expect(document.title).toBe('工伤保险条例');
    expect(document.provisions).toEqual([
      { article: '第一条', chapter: '第一章 总则', text: '为了保障职工，制定本条例。' },
      { article: '第二条', chapter: '第一章 总则', text: '本条例适用于企业。\n有下列情形的除外：\n（一）第一种；' },
      { article: '第三条', chapter: '第二章 工伤认定 第一节 一般规定', text: '依照第一条办理。\n第一条规定的情形除外。' },
      { article: '第三条之一', chapter: '第二章 工伤认定 第一节 一般规定', text: '另行规定。' },
      { article: '第四条', chapter: '附则', text: '本条例自2004年1月1日起施行。' },
    ]);
  });

  it('keeps its passage history for what is known of it, over several lines too', () => {
    expect(parse(...INJURY).head).toEqual([INJURY[1]]);
    const broken = parse('某某条例', '（2003年4月27日公布', '根据2010年12月20日《决定》修订）', '第一条 甲。', '第二条 乙。');
    expect(broken.head).toEqual(['（2003年4月27日公布', '根据2010年12月20日《决定》修订）']);
  });

  it('has a title that is broken over lines, and the courts that gave it', () => {
    expect(parse('最高人民法院', '最高人民检察院', '关于办理某某案件适用法律', '若干问题的解释（一）', '第一条 甲。').title).toBe(
      '最高人民法院、最高人民检察院关于办理某某案件适用法律若干问题的解释（一）',
    );
  });

  it('has the title of the law, not of the order or the notice that publishes it', () => {
    expect(parse('中华人民共和国国务院令', '第375号', '现公布《工伤保险条例》。', '工伤保险条例', '第一条 甲。', '第二条 乙。').title).toBe('工伤保险条例');
    expect(parse('某部关于印发《某办法》的通知', '各单位：', '请遵照执行。', '某办法', '第一条 甲。').title).toBe('某办法');
  });

  it('is read where the space after the article numbers got lost', () => {
    const document = parse('某某条例', '第一条为了测试，制定本条例。', '第二条本条例适用于测试。', '第一条的规定除外。', '第三条甲。');
    expect(texts(document)).toEqual({ 第一条: '为了测试，制定本条例。', 第二条: '本条例适用于测试。\n第一条的规定除外。', 第三条: '甲。' });
  });

  it('takes a heading out of the blue as quoted text', () => {
    const document = parse('某某修正案', '第一条 增加一节：', '第七节　监察委员会', '第二条 乙。');
    expect(document.provisions).toEqual([
      { article: '第一条', chapter: null, text: '增加一节：\n第七节　监察委员会' },
      { article: '第二条', chapter: null, text: '乙。' },
    ]);
  });

  it('is one text where it has no articles', () => {
    expect(texts(parse('最高人民法院关于某某问题的批复', '法释〔2020〕1号', '某高级人民法院：', '你院请示收悉。', '此复。'))).toEqual({
      全文: '某高级人民法院：\n你院请示收悉。\n此复。',
    });
  });

  it.each([
    ['without a title', ['天黑了。', '他走了。']],
    ['with nothing under the title', ['某某条例', '（2003年4月27日公布）']],
  ])('is refused %s', (_name, lines) => {
    expect(() => parse(...lines)).toThrow(/^某条例\.docx: .*怎么改：/);
  });
});

describe('what is attached to a law', () => {
  it('is a provision of its own, with its number in Chinese', () => {
    const document = parse('某某条例', '第一条 甲。', '第二条 乙。', '附件1', '赔偿标准', '| 一级 | 27 |', '附件2：', '名单', '附表', '税率');
    expect(texts(document)).toEqual({
      第一条: '甲。',
      第二条: '乙。',
      附件一: '赔偿标准\n| 一级 | 27 |',
      附件二: '名单',
      附表: '税率',
    });
  });

  it('keeps the articles that it quotes', () => {
    const document = parse('某某条例', '第一条 甲。', '第二条 乙。', '附件：办法', '第一条 丙。', '第三条 丁。');
    expect(texts(document)).toEqual({ 第一条: '甲。', 第二条: '乙。', 附件: '办法\n第一条 丙。\n第三条 丁。' });
  });

  it('without a name is told by a second first article', () => {
    const document = parse('某某条例', '第一条 甲。', '第二条 乙。', '第三条 丙。', '第一条 丁。', '第四条 戊。');
    expect(articles(document)).toEqual(['第一条', '第二条', '第三条', '附录']);
    expect(document.repeated).toEqual([]);
  });

  it('does not swallow the articles that go on after a table in the middle', () => {
    const document = parse('某某条例', '第一条 甲。', '附表', '| 一级 | 27 |', '第二条 乙。');
    expect(texts(document)).toEqual({ 第一条: '甲。', 第二条: '乙。', 附表: '| 一级 | 27 |' });
  });

  it('is not meant by a sentence on it', () => {
    const document = parse('某某条例', '第一条 甲。', '附件三所列法律适用。', '附则的规定除外。', '第二条 乙。');
    expect(articles(document)).toEqual(['第一条', '第二条']);
  });

  it('stays with the last article where gists are checked against Markdown', () => {
    const text = '# 某条例\n\n<!-- INFO END -->\n\n第一条 甲。\n\n附录：\n\n名单\n';
    expect(parseOfficialMarkdown('某条例.md', text).provisions).toEqual([{ article: '第一条', chapter: null, text: '甲。\n附录：\n名单' }]);
    expect(articles({ ...parseOfficialMarkdownDocument('某条例.md', text) })).toEqual(['第一条', '附录']);
  });
});

describe('a decision on amending', () => {
  it('is told by its title', () => {
    expect(isAmendingTitle('国务院关于修改《工伤保险条例》的决定')).toBe(true);
    expect(isAmendingTitle('最高人民法院关于修改后的民事诉讼法施行时未结案件适用法律若干问题的规定')).toBe(false);
  });

  it('never has the articles of the law printed after it for its own', () => {
    const document = parse(
      '国务院关于修改《工伤保险条例》的决定',
      '国务院决定修改如下：',
      '一、第一条修改为：“甲。”',
      '本决定自2011年1月1日起施行。',
      '工伤保险条例',
      '第一条 甲。',
      '第二条 乙。',
    );
    expect(document.title).toBe('国务院关于修改《工伤保险条例》的决定');
    expect(articles(document)).toEqual(['全文', '附录']);
  });
});

describe('what a text says about itself', () => {
  const facts = (title: string, head: readonly string[], last: string, published: string | null = null) =>
    parseOfficialFacts(title, head, [{ article: '第九条', chapter: null, text: last }], published);

  it.each([
    ['a day', '本法自2021年1月1日起施行。', '2021-01-01'],
    ['a day in Chinese numerals', '本法自二〇二一年一月一日起施行。', '2021-01-01'],
    ['at once', '本法自公布之日起施行。', '2020-05-28'],
    ['a day for one article only', '第三条自2021年1月1日起施行。', null],
    ['a day of another text', '《旧条例》自2021年1月1日起施行。', null],
    ['some days after', '本法自公布之日起30日后施行。', null],
    ['nothing', '由国务院规定。', null],
  ])('in force from %s', (_name, last, day) => {
    expect(facts('中华人民共和国某法', ['（2020年5月28日第十三届全国人民代表大会第三次会议通过）'], last).inForceFrom).toBe(day);
  });

  it.each([
    [
      '中华人民共和国某法',
      '（2018年12月29日第十三届全国人民代表大会常务委员会第七次会议通过）',
      { issuer: '全国人民代表大会常务委员会', number: null, level: '法律', published: '2018-12-29', region: '全国' },
    ],
    [
      '工伤保险条例',
      '（2003年4月27日中华人民共和国国务院令第375号公布）',
      { issuer: '国务院', number: '中华人民共和国国务院令第375号', level: '行政法规', published: '2003-04-27', region: '全国' },
    ],
    [
      '四川省某条例',
      '（2012年9月21日四川省第十一届人民代表大会常务委员会第三十二次会议通过）',
      { issuer: '四川省人民代表大会常务委员会', number: null, level: '地方性法规', published: '2012-09-21', region: '四川' },
    ],
    [
      '成都市某办法',
      '（2019年3月1日成都市人民政府令第203号公布）',
      { issuer: '成都市人民政府', number: '成都市人民政府令第203号', level: '地方政府规章', published: '2019-03-01', region: '成都' },
    ],
  ])('%s: issuer, number, level, day, region', (title, line, expected) => {
    expect(facts(title, [line], '由有关部门规定。')).toMatchObject(expected);
  });

  it('a court votes on one day and publishes on another', () => {
    const line = '（2020年12月25日最高人民法院审判委员会第1825次会议通过，自2021年1月1日起施行）';
    expect(facts('最高人民法院关于某某问题的解释（一）', ['法释〔2020〕26号', line], '甲。')).toMatchObject({
      issuer: '最高人民法院',
      number: '法释〔2020〕26号',
      level: '司法解释',
      published: null,
      inForceFrom: '2021-01-01',
    });
  });

  it.each([
    ['corrected', ['（1994年7月5日第八届全国人民代表大会常务委员会第八次会议通过　根据2018年12月29日《决定》第二次修正）']],
    ['published later than its history tells', ['（1994年7月5日第八届全国人民代表大会常务委员会第八次会议通过）']],
  ])('a version %s does not take the first version’s day in force for its own', (_name, head) => {
    const result = facts('中华人民共和国某法', head, '本法自1995年1月1日起施行。', '2018-12-29');
    expect(result).toMatchObject({ published: '2018-12-29', inForceFrom: null, statesOldDay: true });
    expect(facts('中华人民共和国某法', head, '本法自公布之日起施行。', '2018-12-29').inForceFrom).toBeNull();
  });

  it.each([
    ['杭州市某条例', '（2020年1月1日杭州市第十三届人民代表大会常务委员会第一次会议通过）', '杭州市'],
    ['资阳市某办法', '（2020年1月1日资阳市人民政府令第1号公布）', '资阳市'],
    ['重庆市某办法', '（2020年1月1日公布）', '重庆市'],
    ['成都市武侯区某办法', '（2020年1月1日成都市武侯区人民政府公布）', '成都市武侯区'],
    ['四川省凉山彝族自治州某条例', '（2020年1月1日四川省第十三届人民代表大会常务委员会批准）', '凉山'],
  ])('%s is of elsewhere', (title, line, elsewhere) => {
    expect(facts(title, [line], '甲。')).toMatchObject({ region: null, elsewhere });
  });

  it('is of no region that a text of nobody’s could claim', () => {
    expect(facts('员工考勤办法', ['（2020年1月1日公司人力资源部发布）'], '本办法自发布之日起施行。')).toMatchObject({ region: null, elsewhere: null });
  });

  it('tells that it is repealed where the page says so', () => {
    expect(facts('某条例', ['时效性：失效'], '甲。').repealed).toBe(true);
    expect(facts('某条例（已废止）', [], '甲。').repealed).toBe(true);
    expect(facts('某条例', ['时效性：现行有效'], '甲。').repealed).toBe(false);
  });
});

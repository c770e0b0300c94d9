import { describe, expect, it } from 'vitest';
import { readDocument, type ReadDocument } from '../../src/adapters/files/import/read-document.js';
import { docx, escapeXml, zip, type DocxBlock } from '../support/docx.js';
import { encodeGbk } from '../support/encode-gbk.js';

const TODAY = '2026-06-01';
const HISTORY = '（2003年4月27日中华人民共和国国务院令第375号公布　根据2010年12月20日《国务院关于修改〈工伤保险条例〉的决定》修订）';
const LINES = [
  '工伤保险条例',
  HISTORY,
  '目　　录',
  '第一章　总　则',
  '第二章　基金',
  '第一章　总　则',
  '第一条　为了保障因工作遭受事故伤害的职工获得医疗救治和经济补偿，制定本条例。',
  '第二条　中华人民共和国境内的企业应当依照本条例规定参加工伤保险。',
  '职工有下列情形之一的，应当认定为工伤：',
  '（一）在工作时间和工作场所内，因工作原因受到事故伤害的；',
  '第二章　基金',
  '第三条　本条例自2004年1月1日起施行。',
  '附件',
  '伤残等级与月数',
];
const TABLE = [
  ['等级', '月数'],
  ['一级', '27个月'],
] as const;
const EXPECTED = [
  { article: '第一条', chapter: '第一章 总则', text: '为了保障因工作遭受事故伤害的职工获得医疗救治和经济补偿，制定本条例。' },
  {
    article: '第二条',
    chapter: '第一章 总则',
    text: '中华人民共和国境内的企业应当依照本条例规定参加工伤保险。\n职工有下列情形之一的，应当认定为工伤：\n（一）在工作时间和工作场所内，因工作原因受到事故伤害的；',
  },
  { article: '第三条', chapter: '第二章 基金', text: '本条例自2004年1月1日起施行。' },
  { article: '附件', chapter: null, text: '伤残等级与月数\n| 等级 | 月数 |\n| 一级 | 27个月 |' },
];

const read = (path: string, bytes: Buffer): Promise<ReadDocument> => readDocument(path, bytes, {}, TODAY);
const txt = [...LINES, ...TABLE.map((row) => `| ${row.join(' | ')} |`)].join('\r\n');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** A page of a government site: menus and the like around the text. */
function page(body: string, { charset = 'utf-8', title = '工伤保险条例_某某政府网' } = {}): string {
  return `<!DOCTYPE html><html><head><meta charset="${charset}"><title>${title}</title><script>var law = "第一条 脚本";</script></head><body>
<nav><a href="/">首页</a></nav><div class="menu"><a>劳动法</a> <a>社会保险法</a></div>
<div class="crumbs">当前位置：首页 &gt; 法规</div>
<div id="content"><h1>工伤保险条例</h1><p>时间：2011-01-01　来源：某某网</p>${body}</div>
<div class="tools">【打印】【关闭】</div><div>相关链接：职业病防治法</div><footer>版权所有 ICP备1号</footer></body></html>`;
}
const paragraphs = LINES.slice(1).map((line) => `<p>　　${escapeXml(line)}</p>`);
const tableHtml = `<table>${TABLE.map((row) => `<tr>${row.map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr>`).join('')}</table>`;
const html = page(paragraphs.join('\n') + tableHtml);

const WORD: readonly DocxBlock[] = [...LINES.map((line) => (line.startsWith('第') ? `　　${line}` : line)), { rows: TABLE }];

describe('an official text is read the same', () => {
  it.each<[string, string, Buffer]>([
    ['from a Word document', '工伤保险条例_20101220.docx', docx(WORD)],
    ['from a Word document with another ending', '工伤保险条例_20101220.doc', docx(WORD)],
    ['from text in UTF-8', '工伤保险条例.txt', Buffer.from(txt)],
    ['from text in UTF-8 with a byte order mark', '工伤保险条例.txt', Buffer.from(`\uFEFF${txt}`)],
    ['from text in GBK', '工伤保险条例.txt', encodeGbk(txt)],
    ['from text in UTF-16, little end first', '工伤保险条例.txt', utf16(`\uFEFF${txt}`)],
    ['from text in UTF-16, big end first', '工伤保险条例.txt', utf16(`\uFEFF${txt}`).swap16()],
    ['from text in UTF-16 without a mark', '工伤保险条例.txt', utf16(txt)],
    ['from a page', '工伤保险条例.html', Buffer.from(html)],
    ['from a page in GBK that says so', '工伤保险条例.htm', encodeGbk(page(paragraphs.join('\n') + tableHtml, { charset: 'gb2312' }))],
    ['from a page in GBK that says UTF-8', '工伤保险条例.html', encodeGbk(html)],
    [
      'from a page held together by tables and line breaks',
      '工伤保险条例.html',
      Buffer.from(page(`<table><tr><td>${LINES.slice(1).map(escapeXml).join('<br>&nbsp;&nbsp;')}${tableHtml}</td></tr></table>`)),
    ],
    [
      'from Markdown',
      '工伤保险条例.md',
      Buffer.from(
        `# ${txt.replaceAll(/^(第.章)　(总　则|基金)$/gm, (_line, chapter: string, name: string) => `## ${chapter} ${name.replace('　', '')}`)}`,
      ),
    ],
  ])('%s', async (_name, path, bytes) => {
    const document = await read(path, bytes);
    expect(document.provisions).toEqual(EXPECTED);
    expect(document).toMatchObject({
      title: '工伤保险条例',
      officialTitle: '工伤保险条例',
      issuer: '国务院',
      level: '行政法规',
      published: '2010-12-20',
      inForceFrom: null,
      region: '全国',
      status: null,
      warnings: [],
    });
  });
});

describe('what is known of a text', () => {
  const law = (history: string, last: string, front = ''): Buffer =>
    Buffer.from(`${front}中华人民共和国某某保障法\n${history}\n第一条 为了保障公民的合法权益，根据宪法，制定本法。\n第二条 ${last}\n`);
  const NPC = '（2020年5月28日第十三届全国人民代表大会第三次会议通过）';

  it('comes from the manifest before the front matter, the text and the name', async () => {
    const front = '---\npublished: 2020-05-29\nissuer: 某机关\n---\n';
    const bytes = law(NPC, '本法自2021年1月1日起施行。', front);
    expect(await readDocument('某法_20200601.txt', bytes, { published: '2020-05-30' }, TODAY)).toMatchObject({
      published: '2020-05-30',
      issuer: '某机关',
      inForceFrom: '2021-01-01',
    });
    expect(await read('某法_20200601.txt', bytes)).toMatchObject({ published: '2020-05-29' });
  });

  it('is taken from the name where the text does not say, or tells of an earlier version only', async () => {
    expect(
      await read(
        '某法_20201229.docx',
        docx(['中华人民共和国某某保障法', '第一条 为了保障公民的合法权益，根据宪法，制定本法。', '第二条 由国务院规定。']),
      ),
    ).toMatchObject({
      published: '2020-12-29',
    });
    expect(await read('某法_20221229.txt', law(NPC, '本法自2021年1月1日起施行。'))).toMatchObject({
      published: '2022-12-29',
      inForceFrom: null,
    });
    expect(await read('某法_20221229_20230601施行.txt', law(NPC, '本法自2021年1月1日起施行。'))).toMatchObject({
      published: '2022-12-29',
      inForceFrom: '2023-06-01',
    });
  });

  it('is never guessed', async () => {
    const document = await read('某法.txt', law('', '由国务院规定。'));
    expect(document).toMatchObject({ issuer: null, number: null, level: null, published: null, inForceFrom: null });
    expect(document.warnings).toEqual(['没有公布日期，也没有施行日期']);
  });

  it('holds the folder of the public collection for the level', async () => {
    expect(
      await read(
        '行政法规/地名管理条例(2022-03-30).md',
        Buffer.from(
          '# 地名管理条例\n\n<!-- INFO END -->\n\n第一条 为了加强和规范地名管理，适应经济社会发展、人民生活的需要，制定本条例。\n',
        ),
      ),
    ).toMatchObject({
      level: '行政法规',
      published: '2022-03-30',
    });
  });

  it('holds that the page calls it repealed', async () => {
    const bytes = Buffer.from(page(paragraphs.join('\n')).replace('来源：', '时效性：已废止　来源：'));
    expect(await read('工伤保险条例.html', bytes)).toMatchObject({ status: 'repealed' });
  });

  it.each([
    ['四川省某某保护条例', '（2012年9月21日四川省第十一届人民代表大会常务委员会第三十二次会议通过）', '四川'],
    ['成都市某某管理办法', '（2019年3月1日成都市人民政府令第203号公布）', '成都'],
    ['简阳市某某管理办法', '（2019年3月1日简阳市人民政府印发）', '简阳'],
  ])('%s has its region', async (title, history, region) => {
    const bytes = Buffer.from(
      `${title}\n${history}\n第一条 为了保护公民的合法权益，根据国家有关规定，制定本规定。\n第二条 由有关部门负责。\n`,
    );
    expect(await read(`${title}.txt`, bytes)).toMatchObject({ title, region });
  });
});

describe('a file that is no use is refused with cause and remedy', () => {
  const word = docx(WORD);
  const novel = '第一章 风雪\n那一天，他在大雪里走了很久，不知道是为了什么，也不知道要去的地方在哪里。\n'.repeat(30);
  const rules =
    '员工考勤管理办法\n（2020年1月1日公司人力资源部发布）\n第一条 为了规范员工的考勤，制定本办法。\n第二条 员工应当按时上班。\n';
  const elsewhere =
    '杭州市某某条例\n（2020年1月1日杭州市第十三届人民代表大会常务委员会通过）\n第一条 为了规范本市的管理，保障公民的合法权益，制定本条例。\n第二条 应当依法办理。\n';

  it.each<[string, string, Buffer, RegExp]>([
    ['a cut-off Word document', 'a.docx', word.subarray(0, word.length - 200), /没有下载完/],
    ['a damaged Word document', 'a.docx', Buffer.concat([word.subarray(0, 700), Buffer.alloc(300, 7), word.subarray(1000)]), /损坏/],
    ['an archive without a text', 'a.docx', zip({ 'xl/workbook.xml': '<x/>' }), /不是 Word 文档/],
    ['a page named as a Word document', 'a.docx', Buffer.from('出错了'), /内容不是 Word 文档/],
    ['an old Word document', 'a.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /另存为 \.docx/],
    ['a PDF', 'a.pdf', Buffer.from('%PDF-1.7 …'), /PDF/],
    ['a picture', 'a.png', Buffer.from('89504e470d0a1a0a', 'hex'), /图片/],
    ['an empty file', 'a.txt', Buffer.alloc(0), /空的/],
    ['an unknown format', 'a.csv', Buffer.from('甲,乙'), /\.csv/],
    [
      'binary named as text',
      'a.txt',
      Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919 + (index >> 3)) % 256)),
      /读不出来/,
    ],
    ['an encoding that is none of ours', 'a.txt', Buffer.from(`${'bdaa'.repeat(40)}ff`, 'hex'), /读不出来/],
    [
      'letters in a wrong encoding',
      'a.txt',
      Buffer.from(new TextDecoder('gbk').decode(Buffer.from('工伤保险条例职工单位'.repeat(40)))),
      /读不出来/,
    ],
    ['text in another language', 'a.txt', Buffer.from('Law of the land. '.repeat(100)), /没有中文/],
    ['a novel', '雪.txt', Buffer.from(novel), /标题/],
    ['the rules of a firm', '考勤.txt', Buffer.from(rules), /看不出是哪个机关发布的/],
    ['the rule of another city', '杭州.txt', Buffer.from(elsewhere), /杭州市的规定/],
    [
      'a wrong front matter',
      'a.md',
      Buffer.from(`---\npublished: 去年\n---\n# 某条例\n\n第一条 ${EXPECTED[0]?.text ?? ''}\n`),
      /文件头不对：published/,
    ],
    [
      'a Word document whose articles Word numbers',
      'a.docx',
      docx([
        '工伤保险条例',
        HISTORY,
        { numbered: '为了保障因工作遭受事故伤害的职工，制定本条例。' },
        { numbered: '应当依照本条例参加工伤保险。' },
      ]),
      /自动编号/,
    ],
  ])('%s', async (_name, path, bytes, message) => {
    await expect(read(path, bytes)).rejects.toThrow(message);
    await expect(read(path, bytes)).rejects.toThrow(/怎么改：/);
  });

  it('a version changed lately that does not say from when it holds', async () => {
    const lines = [
      '中华人民共和国某某法',
      '（2000年1月1日全国人民代表大会常务委员会第一次会议通过　根据2026年4月30日全国人民代表大会常务委员会第二十次会议《关于修改〈某某法〉的决定》修正）',
      '第一条 为了保障公民的合法权益，制定本法。',
      '第二条 本法自2000年3月1日起施行。',
    ];
    const bytes = Buffer.from(lines.join('\n'));
    await expect(read('某某法_20260430.txt', bytes)).rejects.toThrow(/没有写从哪天起施行。怎么改：.*某某法_20260430_20260101施行/);
    expect(await read('某某法_20260430_20270101施行.txt', bytes)).toMatchObject({ published: '2026-04-30', inForceFrom: '2027-01-01' });
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BaimiError } from '../../src/domain/errors.js';
import { parseSynonyms } from '../../src/knowledge/parse-synonyms.js';
import { expandQuestion } from '../../src/retrieval/expand-question.js';

const root = resolve(import.meta.dirname, '../..');
/** The official texts are not part of the repository. */
const laws = resolve(root, '../shared/laws');
const missing = !existsSync(laws);
const shipped = readFileSync(resolve(root, 'knowledge/synonyms.txt'), 'utf8');

const messageOf = (text: string): string => {
  try {
    parseSynonyms('s.txt', text);
  } catch (error) {
    if (error instanceof BaimiError && error.code === 'bad-knowledge') return error.message;
    throw error;
  }
  return '（没有报错）';
};

describe('synonyms are read', () => {
  it('line by line, several forms for the same terms', () => {
    const synonyms = parseSynonyms('s.txt', '# 工资\n\n老板跑路|老板跑了 = 用人单位 逃匿\r\n  欠薪=拖欠工资  \n');
    expect([...synonyms]).toEqual([
      ['老板跑路', ['用人单位', '逃匿']],
      ['老板跑了', ['用人单位', '逃匿']],
      ['欠薪', ['拖欠工资']],
    ]);
  });

  it('with NFKC-normalised forms, whatever the width of the marks', () => {
    expect([...parseSynonyms('s.txt', '\uFEFFＮ＋１｜２Ｎ　＝　经济补偿')]).toEqual([
      ['N+1', ['经济补偿']],
      ['2N', ['经济补偿']],
    ]);
  });

  it.each([
    ['老板跑路 逃匿', '一个等号'],
    ['欠薪 = 拖欠 = 工资', '一个等号'],
    ['= 逃匿', '左边是空的'],
    ['欠薪 = ', '右边是空的'],
    ['欠薪||讨薪 = 拖欠工资', '有一种说法是空的'],
    ['欠薪 讨薪 = 拖欠工资', '里有空格'],
    ['钱 = 劳动报酬', '只有一个字'],
    ['欠薪 = 拖欠工资|劳动报酬', '右边不能用 |'],
    ['欠薪 = 拖欠工资 拖欠工资', '“拖欠工资”在右边写了两次'],
    ['工伤 = 工伤', '“工伤”两边一样'],
    ['欠薪|欠薪 = 拖欠工资', '“欠薪”在第 2 行已经有了'],
    ['跑路 = 逃匿 # 说明', '说明不能跟在一条的后面'],
  ])('and “%s” is refused with file, line, cause and remedy', (line, what) => {
    const message = messageOf(`# 第一行\n${line}`);
    expect(message).toMatch(/^s\.txt:2: /);
    expect(message).toContain(what);
    expect(message).toContain('怎么改：');
  });

  it('and a form that stands twice in the file is refused, upper and lower case alike', () => {
    expect(messageOf('2N = 赔偿金\n欠薪 = 拖欠工资\n2n = 经济补偿')).toContain('s.txt:3: 说法“2n”在第 1 行已经有了');
  });
});

describe('a question is expanded', () => {
  const synonyms = parseSynonyms(
    's.txt',
    [
      '强拆 = 强制拆除',
      '拆我家 = 房屋征收',
      '没签合同 = 书面劳动合同',
      '没签合同赔 = 二倍的工资',
      '药费 = 药品',
      '医药费 = 医疗费',
      'N+1 = 经济补偿',
      '遣散费 = 经济补偿 劳动合同',
    ].join('\n'),
  );
  const expand = (question: string): string[] => expandQuestion(question, synonyms);

  it('by the forms that stand in it, in its order', () => {
    expect(expand('医药费没报，又没签合同，咋个办')).toEqual(['医疗费', '书面劳动合同']);
    expect(expand('今天天气好')).toEqual([]);
    expect(expand('')).toEqual([]);
  });

  it('by the longest form where one lies within another, at its beginning or its end', () => {
    expect(expand('没签合同赔多少')).toEqual(['二倍的工资']);
    expect(expand('医药费')).toEqual(['医疗费']);
    expect(expand('没签合同赔医药费，还有药费')).toEqual(['二倍的工资', '医疗费', '药品']);
  });

  it('by both forms where they only overlap', () => {
    expect(expand('来强拆我家')).toEqual(['强制拆除', '房屋征收']);
  });

  it('with each term once', () => {
    expect(expand('遣散费是不是N+1，强拆，又强拆')).toEqual(['经济补偿', '劳动合同', '强制拆除']);
  });

  it('whatever the width and case, and past characters outside the basic plane', () => {
    expect(expand('😀Ｎ＋１𠮷n+1')).toEqual(['经济补偿']);
  });

  it('from a form cut off by the end of the question: not at all', () => {
    expect(expand('没签合')).toEqual([]);
  });
});

describe('the shipped synonyms', () => {
  const synonyms = parseSynonyms('synonyms.txt', shipped);
  const expand = (question: string): string[] => expandQuestion(question, synonyms);

  it('are many', () => {
    expect(synonyms.size).toBeGreaterThanOrEqual(450);
    expect([...synonyms.values()].reduce((pairs, terms) => pairs + terms.length, 0)).toBeGreaterThanOrEqual(650);
  });

  it('lead from what people say to what the law says', () => {
    expect(expand('老板跑路了，工钱咋个要')).toEqual(['用人单位', '逃匿', '拖欠劳动报酬', '劳动报酬']);
    expect(expand('过渡费好久给')).toEqual(['临时安置费']);
    expect(expand('我老汉儿遭机器轧断手，要评残')).toEqual(['父母', '事故伤害', '劳动能力鉴定', '伤残等级']);
    expect(expand('莫得钱请律师')).toEqual(['法律援助', '经济困难']);
    expect(expand('老动仲裁咋个申请')).toEqual(['劳动争议仲裁']);
  });

  it.each(['仲裁员偏心', '领取保险金', '我的承包地', '买了小产权房', '业主责任', '领养老金的年纪', '擅自离岗', '考试工作', '遭打击报复', '八小时工作制'])(
    'do not hear in “%s” a word that is not there',
    (question) => {
      const heard = ['裁减人员', '取保候审', '土地经营权流转', '流产', '非本人主要责任', '收养', '提前三十日', '试用期', '殴打', '非全日制用工'];
      expect(expand(question).filter((term) => heard.includes(term))).toEqual([]);
    },
  );

  it('are found in a long question at once', () => {
    const question = '老板不给工资又不签合同还把我开除了我想告他'.repeat(50).slice(0, 1000);
    expand(question);
    const started = performance.now();
    for (let round = 0; round < 100; round++) expand(question);
    expect((performance.now() - started) / 100).toBeLessThan(1000);
  });

  it.skipIf(missing)(`have right sides that stand in an official text${missing ? `, skipped because ${laws} does not exist` : ''}`, () => {
    const official = readdirSync(laws, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && path !== 'README.md')
      .map((path) => readFileSync(resolve(laws, path), 'utf8').normalize('NFKC'))
      .join('\n');
    const terms = new Set([...synonyms.values()].flat());
    expect([...terms].filter((term) => !official.includes(term))).toEqual([]);
  });
});

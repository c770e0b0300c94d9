import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { CALCULATORS, type Figures } from '../../src/calculators/index.js';
import { chooseCalculator } from '../../src/consultation/calculation-choose.js';
import type { CalculationOutcome } from '../../src/consultation/calculation-result.js';
import { calculationText, quantitiesOf } from '../../src/consultation/calculation-text.js';
import { continueCalculation, startCalculation, type CalculationStep } from '../../src/consultation/calculation.js';
import { readFacts } from '../../src/consultation/facts/index.js';
import { sourceTexts } from '../../src/consultation/verify.js';
import { equivalentKeys, extractQuantities } from '../../src/domain/quantities.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { filled, pick } from '../calculators/conversations.js';
import { TODAY, random, shipped, withSlots, yuan } from '../calculators/support.js';

const figures = withSlots({ 'pooling-average-wage-month-2024': 8800, 'jianyang-minimum-wage-month-2025-06': 2200 });

/** A conversation: the state is stored between turns, as the product stores it. */
function talk(id: string, question: string, replies: readonly string[], by: Figures = figures): CalculationStep {
  let step = startCalculation(id, readFacts(question, TODAY), by, TODAY, undefined, question);
  for (const reply of replies) {
    if (step.kind !== 'ask') throw new Error(`over before “${reply}”: ${JSON.stringify(step)}`);
    step = continueCalculation(JSON.parse(JSON.stringify(step.state)) as typeof step.state, reply, by, TODAY);
  }
  return step;
}

function resultOf(id: string, question: string, replies: readonly string[], by: Figures = figures): CalculationOutcome {
  const step = talk(id, question, replies, by);
  if (step.kind !== 'result') throw new Error(`no result: ${JSON.stringify(step)}`);
  return step;
}

const asked = (step: CalculationStep): readonly string[] => (step.kind === 'ask' ? step.questions.map(({ id }) => id) : []);

describe('a conversation with each calculator', () => {
  it('工伤待遇: grade 10 is 7 × 6,000, three months off work are 3 × 6,500', () => {
    const result = resultOf('work-injury', '工伤十级能赔多少，单位买了工伤保险', [
      '2025年5月1号',
      '6000',
      '还在单位',
      '三个月',
      '6500一个月',
    ]);
    expect(result.lines.map(({ amount }) => amount)).toEqual([yuan(42_000), yuan(19_500)]);
    expect(result.lines.map(({ payer }) => payer)).toEqual(['工伤保险基金', '用人单位']);
    expect(calculationText(result).headline).toBe('工伤待遇：一共61,500元。');
  });

  it('经济补偿: 2019-03-01 to 2026-02-10 are 7 months, doubled: 84,000', () => {
    const result = resultOf('severance', '被公司无故辞退，能赔多少？月薪6000', ['没有任何理由', '2019年3月', '3月1号', '2026年2月10日']);
    expect(result.total.once.known).toBe(yuan(84_000));
    expect(result.needsHuman).not.toEqual([]);
  });

  it('双倍工资: April to January are 10 × 5,500', () => {
    const result = resultOf('double-wage', '没签劳动合同，双倍工资怎么算', ['2025年3月1日', '走了', '2026年1月31日', '五千五', '没有过']);
    expect(result.lines.map(({ amount }) => amount)).toEqual([yuan(55_000)]);
  });

  it('加班费: 4,350 a month are 25 an hour; 20 hours at 150 % and 3 days of 8 hours at 200 %', () => {
    const result = resultOf('overtime', '加班费怎么算，工资4350', ['固定上下班（标准工时）', '20', '3天每天8小时', '没有']);
    expect(result.lines.map(({ amount }) => amount)).toEqual([yuan(750), yuan(1200)]);
  });

  it('年休假: five days at 5,000 ÷ 21.75 × 200 %', () => {
    const result = resultOf('annual-leave', '去年的年休假没休，能拿多少工资', [
      '5年',
      '全年都在',
      '是的',
      '一天都没休',
      '没有',
      '不是',
      '5000',
    ]);
    expect(result.lines.map(({ amount }) => amount)).toEqual([229_885]);
  });

  it('拖欠工资: 12,000 and, after the order has run out, half to all of it again', () => {
    const result = resultOf('wage-arrears', '老板拖欠工资，能赔多少', ['一万二', '责令的期限过了，还是没付', '不是']);
    expect(result.total.once).toMatchObject({ low: yuan(18_000), high: yuan(24_000) });
    expect(calculationText(result).headline).toContain('18,000元至24,000元');
  });

  it('期限: fifteen days from 2026-02-16 end on 2026-03-03, which has passed', () => {
    const result = resultOf('deadlines', '不服仲裁裁决，多久之内起诉', ['2026年2月16日']);
    expect(result.lines.map(({ date }) => date)).toEqual(['2026-03-03']);
    expect(calculationText(result).headline).toContain('按这个算法已经过了');
  });
});

describe('the replies', () => {
  it('need nothing that the story has told', () => {
    const step = talk('work-injury', '2025年3月5日上班受伤，工伤十级，单位没买保险，能赔多少', []);
    expect(asked(step)).toEqual(['ownWage']);
  });

  it('may tell more than was asked', () => {
    const step = talk('work-injury', '工伤十级能赔多少', ['2025年5月1号受的伤，单位没买工伤保险']);
    expect(step.kind === 'ask' ? step.state.inputs : null).toMatchObject({ injuryDate: '2025-05-01', insured: 'no' });
  });

  it('of one wage are not taken for another', () => {
    const step = talk('work-injury', '2025年3月5日上班受伤，工伤十级，单位买了工伤保险，赔多少', ['缴费工资6000元一个月']);
    expect(step.kind === 'ask' ? [step.state.inputs['ownWage'], step.state.inputs['usualWage']] : []).toEqual([yuan(6000), undefined]);
  });

  it('correct what was said before', () => {
    const step = talk('severance', '公司裁员裁了我，月薪6000，赔多少', ['说错了，月薪是6500，2020年3月1日入职']);
    expect(step.kind === 'ask' ? step.state.inputs : null).toMatchObject({ startDate: '2020-03-01', averageWage: yuan(6500) });
  });

  it('of a month alone lead to the question for the day, once', () => {
    const step = talk('work-injury', '工伤十级能赔多少', ['去年三月']);
    expect(step.kind === 'ask' ? step.questions : []).toMatchObject([{ id: 'injuryDate' }]);
    expect(asked(talk('work-injury', '工伤十级能赔多少', ['去年三月', '5号']))).toEqual(['ownWage']);
  });

  it('that a rough wage answers are reckoned with, and the result says so', () => {
    const result = resultOf('severance', '公司裁员裁了我，赔多少', ['2020年3月1日', '2026年2月10日', '六千多吧']);
    expect(calculationText(result).notes.join()).toContain('大概数');
  });

  it('that cannot be read are asked again with an example, then handed over where the calculator cannot do without', () => {
    const again = talk('severance', '公司裁员裁了我，赔多少', ['很久了']);
    expect(again.kind === 'ask' ? again.questions[0]?.text : '').toContain('2025年3月5日');
    expect(talk('severance', '公司裁员裁了我，赔多少', ['很久了', '真的很久'])).toMatchObject({ kind: 'refused', human: true });
  });

  it('of “不晓得” count as unknown where the calculator can do without, and hand over where it cannot', () => {
    expect(asked(talk('work-injury', '2025年3月5日上班受伤，工伤十级，没买保险，赔多少', ['不晓得']))).toEqual(['leaving']);
    expect(talk('severance', '公司裁员裁了我，赔多少', ['记不到了'])).toMatchObject({ kind: 'refused', human: true });
  });

  it.each(['我想找律师', '算了不算了', '拆迁补偿怎么算？', '那社保能不能补交'])('“%s” is no reply', (reply) => {
    expect(talk('work-injury', '工伤十级能赔多少', [reply])).toEqual({ kind: 'unrelated' });
  });

  it.each([
    ['买了的', 'yes'],
    ['没得', 'no'],
    ['没买', 'no'],
    ['交了', 'yes'],
    ['不知道', 'unknown'],
  ])('“%s” to whether there was insurance is %s', (reply, value) => {
    const step = talk('work-injury', '2025年3月5日上班受伤，工伤十级，赔多少', ['6000', reply]);
    const inputs = step.kind === 'ask' ? step.state.inputs : {};
    expect(inputs['insured']).toBe(value);
  });

  it('of an unknown calculator are an error', () => {
    expect(() => startCalculation('nothing', [], figures, TODAY)).toThrow('没有叫“nothing”的计算器');
  });
});

describe('choosing a calculator', () => {
  const chosen = (question: string, topic: 'injury' | 'wages' | 'expropriation'): string | null =>
    chooseCalculator(question, topic, readFacts(question, TODAY));

  it.each([
    ['工伤九级能赔多少', 'injury', 'work-injury'],
    ['被公司辞退，能拿多少补偿', 'wages', 'severance'],
    ['公司裁员N+1怎么算', 'wages', 'severance'],
    ['没签合同，双倍工资能要多少', 'wages', 'double-wage'],
    ['国庆加班费怎么算', 'wages', 'overtime'],
    ['年休假没休，补多少钱', 'wages', 'annual-leave'],
    ['公司拖欠工资能赔多少', 'wages', 'wage-arrears'],
    ['受伤一年多了还能申请工伤认定吗', 'injury', 'deadlines'],
    ['不服劳动能力鉴定结论，几天之内申请再次鉴定', 'injury', 'deadlines'],
    ['收到征收决定，多久之内可以复议', 'expropriation', 'deadlines'],
  ] as const)('%s', (question, topic, id) => {
    expect(chosen(question, topic)).toBe(id);
  });

  it.each([
    ['工伤认定要多久出结果', 'injury'],
    ['上班路上摔倒算不算工伤', 'injury'],
    ['帮邻居盖房受伤，能赔多少', 'injury'],
    ['我领着养老金，上班受伤工伤能赔多少', 'injury'],
    ['62岁在工地受伤，工伤赔多少', 'injury'],
    ['跟包工头干活受伤，工伤能赔多少', 'injury'],
    ['不予认定工伤，能赔多少', 'injury'],
    ['上班路上出车祸，工伤能赔多少', 'injury'],
    ['工伤医药费谁出，出多少', 'injury'],
    ['征地一亩补偿多少钱', 'expropriation'],
    ['宅基地拆迁怎么赔', 'expropriation'],
    ['公司不签合同合法吗', 'wages'],
    ['老板拖欠工资怎么办', 'wages'],
    ['年休假有几天', 'wages'],
    ['经济补偿是什么意思', 'wages'],
    ['失业金能领多少', 'wages'],
    ['我是公司的人事，辞退员工要赔多少', 'wages'],
    ['被辞退，没签合同，双倍工资和经济补偿能赔多少', 'wages'],
    ['实习生加班费怎么算', 'wages'],
    ['小时工辞退赔多少', 'wages'],
    ['在广东打工被辞退能赔多少', 'wages'],
    ['怀孕六个月被公司辞退，能拿多少', 'wages'],
    ['手指砸伤被辞退，怎样赔偿', 'wages'],
    ['工伤赔偿最高年龄到多少岁', 'injury'],
    ['2015年的工伤赔偿标准是按2015年还是现在', 'injury'],
    ['工伤已赔付，意外险应赔多少', 'injury'],
    ['村里宅基地收到补偿决定，多久之内起诉', 'expropriation'],
  ] as const)('is left alone for “%s”', (question, topic) => {
    expect(chosen(question, topic)).toBeNull();
  });
});

const REPLIES = [
  '2025年3月5日',
  '去年三月',
  '2026年2月1日',
  '2019-05-01',
  '5号',
  '昨天',
  '5500',
  '五千五一个月',
  '六千多',
  '一万二',
  '没得',
  '没有',
  '买了的',
  '是的',
  '不是',
  '不晓得',
  '不知道',
  '3个月',
  '半年',
  '三年半',
  '20',
  '8级',
  '十级',
  '0',
  '2',
  '20小时',
  '3天',
  '2025年',
  '随便',
  '嗯嗯',
  '哈',
  '就是那样嘛',
  '没签',
  '还在上班',
  '我自己辞职',
  '当场去世',
  '投诉了',
  '固定上下班',
  '全年都在',
  '新来的',
  '怎么算的？',
  '2020年3月1日入职，工资6000',
  '说错了，工资是7000',
];
const QUESTIONS = [
  '',
  '工伤十级，2025年3月5日受伤',
  '没签合同，月薪5000',
  '老板欠我1万2',
  '被公司裁员',
  '去年三月入职，已经离职了',
  '工伤认定过期没有',
];

interface Talk {
  readonly id: string;
  readonly turns: number;
  readonly texts: readonly string[];
  readonly last: CalculationStep;
}

function anyTalk(seed: number): Talk {
  const next = random(seed);
  const { id } = pick(CALCULATORS, next);
  const by = seed % 2 === 0 ? shipped : filled;
  const question = pick(QUESTIONS, next);
  let last = startCalculation(id, readFacts(question, TODAY), by, TODAY, undefined, question);
  const texts: string[] = [];
  let turns = 0;
  while (last.kind === 'ask' && turns < 60) {
    texts.push(...last.questions.map(({ text }) => text));
    const options = last.questions.flatMap((one) => one.options);
    const reply = options.length > 0 && next() < 0.6 ? pick(options, next) : pick(REPLIES, next);
    last = continueCalculation(last.state, reply, by, TODAY);
    turns++;
  }
  return { id, turns, texts, last };
}

describe('any conversation (seeded)', () => {
  const talks = Array.from({ length: 1500 }, (_, seed) => anyTalk(seed));
  const results = talks.flatMap(({ last }) => (last.kind === 'result' ? [last] : []));

  it('ends within two turns more than the calculator has inputs', () => {
    const most = new Map(CALCULATORS.map(({ id, inputs }) => [id, inputs.length + 2]));
    expect(talks.filter(({ id, turns, last }) => last.kind === 'ask' || turns > (most.get(id) ?? 0))).toEqual([]);
    expect(results.length).toBeGreaterThan(150);
  });

  it('never puts the same question twice', () => {
    expect(talks.filter(({ texts }) => new Set(texts).size !== texts.length).map(({ id, texts }) => [id, texts])).toEqual([]);
  });

  it('ends in a text of at most 600 characters, or the lines alone, with nothing said twice', () => {
    for (const result of results) {
      const { headline, lines, notes } = calculationText(result);
      const all = [headline, ...lines, ...notes];
      expect(new Set(all).size).toBe(all.length);
      expect(notes.length === 0 || all.join('').length <= 600).toBe(true);
    }
  });

  it('states no figure but from the inputs, an article that it names, a yearly number or the reckoning', () => {
    const pack = readPack(resolve(import.meta.dirname, '../../knowledge'));
    const library = buildLibrary(pack.laws, [], pack.changes, pack.checksums);
    const figuresIn = (keys: readonly string[]): Set<string> =>
      new Set(
        keys
          .flatMap((key) => {
            const provision = library.byKey.get(key);
            return provision ? sourceTexts(provision) : [];
          })
          .flatMap((text) => extractQuantities(text).flatMap(({ key }) => equivalentKeys(key))),
      );
    const wrong = results.flatMap((result) =>
      quantitiesOf(result)
        .filter(({ key, from, sources }) => {
          if (from === null) return true;
          if (from !== 'law' || !sources.some((source) => library.byKey.has(source))) return false;
          const known = figuresIn(sources);
          return !equivalentKeys(key).some((one) => known.has(one));
        })
        .map(({ text, from, sources }) => `${result.id}: ${text} ${String(from)} ${sources.join('、')}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { carryOver, correctFact, describeFacts, mergeFacts, readFacts, type Fact } from '../../src/consultation/facts/index.js';
import { DAY } from './facts-phrases.js';

const told = (text: string, known: readonly Fact[] = []): Fact[] => readFacts(text, DAY, known);
const shown = (facts: readonly Fact[]): string => describeFacts(facts).join('；');

describe('facts of several messages', () => {
  it('are added up', () => {
    const { facts, corrections } = mergeFacts(told('2025年3月5日在工地受伤'), told('月薪5500，没签合同'));
    expect(shown(facts)).toBe('2025年3月5日受伤；没签劳动合同；月工资5500元');
    expect(corrections).toEqual([]);
  });

  it('are corrected by later words, and the correction is shown', () => {
    const { facts, corrections } = mergeFacts(told('月薪5000'), told('我的工资是5500'));
    expect(shown(facts)).toBe('月工资5500元');
    expect(corrections).toEqual([{ id: 'monthly-wage', label: '月工资', before: '5000元', after: '5500元' }]);
  });

  it('are corrected by “不是5000，是5500”', () => {
    const known = told('在公司上班，月薪5000');
    expect(shown(mergeFacts(known, told('不是5000，是5500', known)).facts)).toContain('月工资5500元');
    expect(shown(mergeFacts(known, told('不是3月5号，是3月8号', told('3月5号在工地受伤'))).facts)).toContain('2026年3月8日受伤');
  });

  it('are made more exact, and not less', () => {
    const [rough, exact] = [told('去年三月在工地受伤'), told('2025年3月5日在工地受伤')];
    expect(shown(mergeFacts(rough, exact).facts)).toContain('2025年3月5日受伤');
    expect(mergeFacts(rough, exact).corrections).toEqual([]);
    expect(shown(mergeFacts(exact, rough).facts)).toContain('2025年3月5日受伤');
    expect(shown(mergeFacts(told('月薪6200'), told('月薪六千多')).facts)).toBe('月工资6200元');
  });

  it('of a new matter keep the place and for whom it is asked, and nothing that could mislead', () => {
    const facts = told('我老公在简阳一家公司上班，2025年3月5日受伤，十级伤残，月薪5000');
    expect(
      carryOver(facts)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['place', 'relation']);
  });

  it('show how exactly they were said', () => {
    expect(shown(told('月薪六千多，工资没发'))).toContain('月工资大约6000元');
    expect(shown(told('工资到手4800'))).toBe('月工资到手4800元');
    expect(shown(told('在广东打工'))).toBe('地方：广东（四川以外）');
  });

  it('keep the words they were read from', () => {
    expect(told('去年三月在厂里受的伤').find(({ id }) => id === 'injury-date')).toMatchObject({ value: '2025-03', words: '去年三月' });
  });
});

describe('correcting one fact', () => {
  const facts = told('2025年3月5日在工地受伤，月薪5000');

  it('reads a few words as that fact', () => {
    expect(shown(correctFact(facts, 'monthly-wage', '五千五', DAY) ?? [])).toContain('月工资5500元');
    expect(shown(correctFact(facts, 'injury-date', '去年4月1号', DAY) ?? [])).toContain('2025年4月1日受伤');
    expect(shown(correctFact(facts, 'insured', '买了的', DAY) ?? [])).toContain('单位交了保险');
  });

  it('takes it away where the person does not know', () => {
    expect(shown(correctFact(facts, 'monthly-wage', '不晓得', DAY) ?? [])).toBe('2025年3月5日受伤');
  });

  it('changes nothing where the words cannot be read, or cannot be true', () => {
    expect(correctFact(facts, 'monthly-wage', '很多', DAY)).toBeNull();
    expect(correctFact(facts, 'injury-date', '明年3月5日', DAY)).toBeNull();
    expect(correctFact(facts, 'grade', '12级', DAY)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { type Answer } from '../../src/domain/answer.js';
import { answerText } from '../../src/domain/answer-text.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

/** Mr Sun worked ten days in a barbecue shop and was burned: who pays treatment, lost wages, and the ten days? */
describe('Mr Sun is burned in a barbecue shop', () => {
  const ask = (question: string): Answer => shippedConsultation().consult(question, NEW_CONSULTATION, TODAY).answer;
  const cited = (answer: Answer): string[] =>
    answer.kind === 'cited'
      ? [...answer.citations, ...answer.furtherCitations].map((citation) => `${citation.law}${citation.article}`)
      : [`(${answer.kind})`];

  it('learns who pays when the shop has bought no insurance', () => {
    const answer = ask('我在烧烤店上班才十天，干活的时候被炭火烧伤了，老板没买工伤保险，医药费该谁出？');
    expect(cited(answer)).toContain('工伤保险条例第六十二条');
    expect(answerText(answer)).toMatch(/单位.*(掏钱|支付|出)/);
  });

  it('learns that treatment is covered and that wages go on while he is treated', () => {
    expect(cited(ask('上班烧伤住院了，医药费和住院伙食费哪个出？'))).toContain('工伤保险条例第三十条');
    expect(cited(ask('上班烧伤了在医院治疗，停工留薪期的工资还发不发？'))).toContain('工伤保险条例第三十三条');
  });

  it('learns how to get the wages of the ten days', () => {
    const answer = ask('我在烧烤店干了十天就不干了，老板不给我结这十天的工资，怎么要？');
    expect(answer.kind).toBe('cited');
    expect(cited(answer).some((name) => /劳动争议调解仲裁法第九条|劳动合同法第(三十|八十五)条/.test(name))).toBe(true);
    expect(answerText(answer)).toContain('人社局');
  });

  it('learns within what time the injury has to be reported', () => {
    const answer = ask('烧烤店干活烧伤了，老板不给报工伤，我自己去申请有时间限制吗？');
    expect(cited(answer)).toContain('工伤保险条例第十七条');
    expect(answerText(answer)).toContain('1年');
  });
});

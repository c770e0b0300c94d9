import { describe, expect, it } from 'vitest';
import { answerText } from '../../src/domain/answer-text.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

/**
 * Mr Wang quarrels with his sister: the house stands on state-owned land, the area has been announced, and she wants to
 * move her hukou in and split the household for a larger share.
 */
describe('Mr Wang and his sister quarrel over the compensation', () => {
  const ask = (question: string) => shippedConsultation().consult(question, NEW_CONSULTATION, TODAY);

  for (const question of [
    '城里的老房子要拆迁，征收范围都公布了，我妹妹这时候才把户口迁回来，还要分户，补偿款会不会多给她一份？',
    '征收范围公布以后，我妹把户口迁进来，还闹着要分户，这样能多分补偿不？',
  ]) {
    it(`tells him that it adds nothing, and that the Sichuan rule is not verified: ${question}`, () => {
      const { answer } = ask(question);
      expect(answer.kind).toBe('cited');
      if (answer.kind !== 'cited') return;
      const sichuan = answer.citations.find((citation) => citation.region === '四川');
      expect(sichuan).toMatchObject({ law: '四川省国有土地上房屋征收与补偿条例', verified: false, source: '四川法治报 2021-10-21' });
      expect(sichuan?.article).toContain('条号待核实');
      expect(sichuan?.plain).toContain('不增加补偿');
      // never alone, and never first: it stands beside national law in force
      expect(answer.citations[0]).toMatchObject({ region: '全国', verified: true });
      expect(answer.citations.filter((citation) => citation.verified).map((citation) => citation.law)).toContain(
        '国有土地上房屋征收与补偿条例',
      );
      expect(answerText(answer)).toContain('待核实');
      expect(answerText(answer)).toContain('找律师');
      // the rule that decides is known at second hand: a lawyer is asked as well, by the regulation's name
      expect(answer.alsoHandoff).toBe('unverified');
      expect(answer.caveats.join('')).toContain('《四川省国有土地上房屋征收与补偿条例》的原文');
    });
  }

  it('asks back where the land is not known, and goes on with the reply', () => {
    const { consult } = shippedConsultation();
    const first = consult('我们这要拆迁了，我妹想把户口迁回来分补偿，她有份吗？', NEW_CONSULTATION, TODAY);
    expect(first.answer).toMatchObject({ kind: 'clarify' });
    if (first.answer.kind !== 'clarify') return;
    const question = first.answer.questions[0];
    expect(question?.id).toBe('land-kind');
    const second = consult(question?.options[0] ?? '', first.state, TODAY);
    expect(second.answer.kind).not.toBe('service');
    if (second.answer.kind === 'clarify') expect(second.answer.questions[0]?.id).not.toBe('land-kind');
    expect(second.state.facts).toContainEqual({ label: '土地性质', value: '城里（国有土地）' });
  });
});

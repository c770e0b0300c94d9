import { describe, expect, it } from 'vitest';
import { answerText, FORM_LENGTH, SHOW_MORE } from '../../src/domain/answer-text.js';
import type { Answer } from '../../src/domain/answer.js';
import { NEW_CONSULTATION, type ConsultationState } from '../../src/consultation/continue-consultation.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

const { consult } = shippedConsultation();

/** Says several messages one after the other. */
function talk(...messages: readonly string[]): { answers: Answer[]; last: Answer; state: ConsultationState } {
  let state: ConsultationState = NEW_CONSULTATION;
  const answers = messages.map((message) => {
    const result = consult(message, state, TODAY);
    state = result.state;
    return result.answer;
  });
  const last = answers.at(-1);
  if (!last) throw new Error('nothing was said');
  return { answers, last, state };
}

const HURT = '我在公司上班被机器压断手指，今年3月5日受伤的';

describe('a follow-up', () => {
  it('is told the time limit of what the conversation is about', () => {
    const { last } = talk(HURT, '那要多久？');
    expect(last).toMatchObject({ kind: 'cited', topic: 'injury' });
    if (last.kind !== 'cited') return;
    expect(last.headline).toContain('30日');
    expect(last.headline).toContain('1年');
    expect(last.citations.map(({ law, article }) => law + article)).toContain('工伤保险条例第十七条');
  });

  it('is told which papers, and where', () => {
    const { answers } = talk(HURT, '要准备什么材料', '那去哪里申请');
    expect(answers[1]).toMatchObject({ kind: 'cited' });
    expect(answerText(answers[1] as Answer)).toContain('医疗诊断证明');
    expect(answerText(answers[2] as Answer)).toContain('人社局');
  });

  it('is understood as a further case of the same matter, though its words are of another', () => {
    const { last } = talk(HURT, '我没签合同呢？');
    expect(last).toMatchObject({ kind: 'cited', topic: 'injury' });
    expect(answerText(last)).toContain('事实劳动关系');
  });

  it('says nothing again that was just said', () => {
    const { answers } = talk(HURT, '那要多久？');
    const [first, second] = answers;
    if (first?.kind !== 'cited' || second?.kind !== 'cited') throw new Error('not answered');
    expect(second.points.filter((point) => first.points.includes(point))).toEqual([]);
    expect(second.steps).toEqual([]);
  });
});

describe('what the person tells', () => {
  it('is shown, corrected by later words, and kept while the matter is the same', () => {
    const { answers } = talk(
      '我在建筑公司上班，月工资5000元，今年3月5日在工地摔断了腿，算工伤不',
      '不是5000，是5500',
      '单位不给申请工伤怎么办',
    );
    expect(answers[0]?.noted).toEqual(expect.arrayContaining(['月工资5000元', '2026年3月5日受伤']));
    expect(answers.at(-1)?.noted).toEqual(expect.arrayContaining(['月工资5500元', '2026年3月5日受伤']));
  });

  it('put right, has the last question answered anew with it', () => {
    const { answers } = talk(
      '我2023年3月1日入职，月工资6000元，今年10月31日被公司辞退，经济补偿能拿多少',
      '不对，不是月工资6000元，是6500元',
    );
    const [first, second] = answers;
    if (first?.kind !== 'cited' || second?.kind !== 'cited') throw new Error('not answered');
    expect(second.headline).toBe(first.headline);
    expect(second.noted).toContain('月工资6500元');
  });

  it('is not carried into another matter, where it might do harm', () => {
    const { state } = talk('我在建筑公司上班，月工资5000元，今年3月5日在工地摔断了腿，算工伤不', '我家房子要被征收了，补偿怎么算');
    expect(state.known.filter(({ id }) => ['monthly-wage', 'injury-date', 'employer', 'injured-part'].includes(id))).toEqual([]);
  });

  it('sends a question to a lawyer where the law of that day was another', () => {
    const { last } = talk('我2009年5月6日在厂里上班时被机器压断手指，这算工伤吗');
    expect(last).toMatchObject({ kind: 'handoff', reason: 'older-law' });
  });
});

describe('a fact that decides', () => {
  it('is asked for at the end of an answer, and the reply is answered within the matter', () => {
    const first = consult('在烧烤店打工才十天，被炭火烧了，医药费谁出', NEW_CONSULTATION, TODAY);
    if (first.answer.kind !== 'cited') throw new Error('not answered');
    expect(first.answer.ask?.options).toContain('没有执照');
    const second = consult('没有执照', first.state, TODAY);
    expect(second.answer).toMatchObject({ kind: 'cited', topic: 'injury' });
    if (second.answer.kind !== 'cited') return;
    expect(second.answer.headline).toContain('一次性赔偿');
    expect(second.answer.citations.map(({ law, article }) => law + article)).toContain('工伤保险条例第六十六条');
    // the same is not asked again
    expect(second.answer.ask?.text).not.toBe(first.answer.ask?.text);
  });
});

describe('a sum', () => {
  const DISMISSED = '我2023年3月1日入职，月工资6000元，今年10月31日被公司辞退，经济补偿能拿多少';

  it('is offered beside the answer, and worked out once what is missing has been said', () => {
    const { answers, last } = talk(DISMISSED, '帮我算一算', '单位没有合法理由、没走程序就叫我走', '6000', '没有', '6000');
    expect(answers[0]).toMatchObject({ kind: 'cited', ask: { id: 'calculation' } });
    expect(answers[1]).toMatchObject({ kind: 'clarify' });
    const result = [...answers, last].find((answer) => answer.kind === 'service' && answer.service === 'calculator');
    if (result?.kind !== 'service') throw new Error(answers.map(({ kind }) => kind).join());
    // three years and eight months are four years; dismissed without reason: twice the compensation
    expect(result.headline).toContain('48,000元');
    expect(result.citations.map(({ law, article }) => law + article)).toContain('劳动合同法第八十七条');
  });

  it('is put down when the person speaks of something else', () => {
    const { last, state } = talk(DISMISSED, '帮我算一算', '我家房子要被征收了，补偿款怎么算');
    expect(last).not.toMatchObject({ kind: 'service', service: 'calculator' });
    expect(state.calculation).toBeNull();
  });
});

describe('a human is called', () => {
  it('when the same question comes for the third time', () => {
    const question = '老板拖欠工资三个月了怎么办？';
    const { answers } = talk(question, question, question);
    expect(answers[0]).toMatchObject({ kind: 'cited' });
    expect(answers[2]).toMatchObject({ kind: 'handoff', reason: 'repeated' });
  });

  it.each(['你这个机器人答非所问', '垃圾，说了等于没说', '这个回答没得用'])('when somebody is angry with the answers: %s', (words) => {
    expect(talk('老板拖欠工资三个月了怎么办？', words).last).toMatchObject({ kind: 'handoff', reason: 'angry' });
  });

  it.each(['老板是骗子，不给我结工资怎么办', '包工头骗人，干完活不给钱'])('not when somebody is angry with the employer: %s', (words) => {
    expect(talk(words).last).not.toMatchObject({ reason: 'angry' });
  });

  it('beside the answer, where the rule that decides is known at second hand only', () => {
    const { last } = talk('征收范围公布以后，我妹把户口迁进来，还闹着要分户，这样能多分补偿不？');
    expect(last.kind).toBe('cited');
    if (last.kind !== 'cited') return;
    expect(last.alsoHandoff === 'unverified' || last.citations.some(({ verified }) => !verified)).toBe(true);
    expect(answerText(last)).toContain('四川省国有土地上房屋征收与补偿条例');
  });
});

describe('an answer as text', () => {
  const questions = [
    '上班路上被车撞了算不算工伤',
    '老板拖欠工资三个月了怎么办？',
    '征地补偿款村里不分给外嫁女合法吗',
    '工伤十级能赔多少钱',
  ];

  it.each(questions)('keeps to the length of a group and of a chat, in whole sentences: %s', (question) => {
    const { last } = talk(question);
    for (const form of ['group', 'chat'] as const) {
      const text = answerText(last, form);
      expect(Array.from(text).length, form).toBeLessThanOrEqual(FORM_LENGTH[form]);
      if (last.kind === 'cited') {
        expect(text.startsWith(last.headline)).toBe(true);
        expect(text).toContain('依据：《');
        expect(text).toContain(SHOW_MORE);
      }
    }
  });

  it('leads with the part of the procedure that the question itself asks for, in the short form too', () => {
    const { last } = talk('劳动合同到期单位不续签，想办失业金，去哪里办理？');
    if (last.kind !== 'cited') throw new Error('not answered');
    const asked = last.guide?.sections.find((section) => section.asked);
    expect(asked?.title).toBe('到哪里办');
    for (const form of ['full', 'chat'] as const) {
      const text = answerText(last, form);
      expect(text.indexOf('到哪里办：'), form).toBeGreaterThan(0);
      expect(text.indexOf('到哪里办：'), form).toBeLessThan(text.indexOf('①'));
    }
  });

  it.each(questions)('says no sentence twice: %s', (question) => {
    const { last } = talk(question);
    if (last.kind !== 'cited') return;
    const said = [last.headline, ...last.points, ...last.steps, ...last.deadlines, ...last.further, ...last.caveats].map((text) =>
      text.replace(/〔[^〕]*〕$/, ''),
    );
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('a message that asks two things', () => {
  const WAGES = '老板拖欠我三个月工资';
  const LAND = '我家房子要征收，姐姐户口迁进来能不能多分？';
  const LATER = '我上班欠薪了';

  it.each([
    [`${WAGES}，还有${LAND}`, 'wages', LAND],
    [`${LAND}另外${WAGES}怎么办`, 'wages', LAND],
    [`村里征地征收我家承包地，青苗费、安置费怎么补？对了，${LATER}`, 'expropriation', LATER],
  ])('is answered in one of them, and offers to go on with the other: %s', (message, topic, other) => {
    const { last } = talk(message);
    expect(last).toMatchObject({ kind: 'cited', topic, ask: { options: [other.replace('？', '')] } });
    for (const form of ['full', 'chat'] as const) expect(answerText(last, form)).toContain('这次没有答');
    const { answers } = talk(message, other.replace('？', ''));
    expect(answers[1]).not.toMatchObject({ topic });
  });

  it('is answered as if only that one had been asked', () => {
    const [both, alone] = [talk(`${WAGES}，还有${LAND}`).last, talk(WAGES).last];
    if (both.kind !== 'cited' || alone.kind !== 'cited') throw new Error('not answered');
    expect(both.headline).toBe(alone.headline);
  });

  it.each([
    '在烧烤店干了十天被油烫伤了，医药费谁出？还有这十天的工资给不给？',
    '我在拆迁工地上班受伤了，还有老板拖欠工资',
    '征地的时候村里的补偿款被扣了。还有青苗费没给',
  ])('one story with words of both is one thing: %s', (message) => {
    expect(JSON.stringify(talk(message).last)).not.toContain('这次没有答');
  });
});

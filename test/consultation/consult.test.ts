import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { buildConsultation } from '../../src/consultation/build-consultation.js';
import { NEW_CONSULTATION, type ConsultationState } from '../../src/consultation/continue-consultation.js';
import { gradesIn } from '../../src/domain/quantities.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

const consult = (message: string, state: ConsultationState = NEW_CONSULTATION) => shippedConsultation().consult(message, state, TODAY);

describe('a question that names the law', () => {
  it('is answered with the article it names, in Chinese or Arabic numerals', () => {
    for (const question of ['工伤保险条例第十七条', '《工伤保险条例》第17条怎么说的']) {
      const { answer } = consult(question);
      expect(answer).toMatchObject({ kind: 'cited' });
      if (answer.kind === 'cited') expect(answer.citations[0]).toMatchObject({ law: '工伤保险条例', article: '第十七条' });
    }
  });

  it('is told that there is no such article, and offered nothing in its place', () => {
    const { answer } = consult('工伤保险条例第九千条是什么');
    expect(answer).toMatchObject({ kind: 'clarify', text: expect.stringContaining('没有第九千条') as unknown });
  });

  it('goes to a lawyer when that article may not be cited any more', () => {
    const pack = readPack(readConfig({}).knowledgeFolder);
    const changes = [
      ...pack.changes,
      { title: '工伤保险条例', article: '第十七条', event: 'repealed' as const, from: null, by: '测试', source: '测试' },
    ];
    const { consult: later } = buildConsultation({ ...pack, changes });
    expect(later('工伤保险条例第十七条', NEW_CONSULTATION, TODAY).answer).toMatchObject({ kind: 'handoff' });
  });
});

describe('a question back', () => {
  const asked = consult('我右手中指断了一截，赔偿标准是多少');

  it('waits for its reply', () => {
    expect(asked.answer.kind).toBe('clarify');
    expect(asked.state.pending).not.toBeNull();
  });

  it('takes a tapped option as the fact, and never asks the same thing twice', () => {
    if (asked.answer.kind !== 'clarify') throw new Error('no question back');
    const [question] = asked.answer.questions;
    const next = consult(question?.options[0] ?? '', asked.state);
    expect(next.state.facts).toHaveLength(1);
    expect(next.state.facts[0]?.value).toBe(question?.options[0]);
    if (next.answer.kind === 'clarify') expect(next.answer.questions[0]?.id).not.toBe(question?.id);
  });

  it('is not answered by thanks, by another matter or by the wish for a lawyer, which lose nothing', () => {
    const thanked = consult('谢谢', asked.state);
    expect(thanked.answer).toMatchObject({ kind: 'service', service: 'chat' });
    expect(thanked.state).toEqual(asked.state);
    const human = consult('我要找律师', asked.state);
    expect(human.answer).toMatchObject({ kind: 'handoff', reason: 'human-wanted' });
    expect(human.state).toEqual(asked.state);
    expect(consult('老板拖欠工资三个月了', asked.state).state.facts).toEqual([]);
  });
});

describe('any answer', () => {
  it('comes with who is speaking, and never with a figure or citation that the check would refuse', () => {
    const { library } = shippedConsultation();
    for (const question of [
      '公司不给缴社保怎么办',
      '强拆了我家房子没有赔偿',
      '加班不给加班费',
      '工伤九级赔多少',
      '宅基地能卖给城里人吗',
      '怀孕被辞退',
      '申请法律援助',
      '签了合同想反悔',
    ]) {
      const { answer } = consult(question);
      expect(answer.notice, question).toContain('人工智能');
      if (answer.kind !== 'cited') continue;
      for (const citation of answer.citations) {
        const provision = library.byKey.get(`${citation.law}#${citation.article}`);
        expect(provision && library.standing(provision, TODAY), `${question}: ${citation.law}${citation.article}`).toMatch(
          /^(citable|unverified)$/,
        );
      }
    }
  });
});

describe('a question that names a disability grade', () => {
  /** 工伤保险条例 第三十六条、第三十七条: months of the one-off payment, grades 5 to 10. */
  const MONTHS = new Map([5, 6, 7, 8, 9, 10].map((grade, index) => [grade, [18, 16, 13, 11, 9, 7][index]]));
  const WAYS = ['残废工伤怎么赔偿？在煤矿所伤', '工伤能赔多少钱', '伤残鉴定下来了，一次性补助金有好多'];

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('is never answered with what another grade gets: %i', (grade) => {
    for (const name of [`${'一二三四五六七八九十'.charAt(grade - 1)}级`, `${String(grade)}级`]) {
      for (const question of WAYS.map((way) => `${name}${way}`)) {
        const { answer } = consult(question);
        if (answer.kind !== 'cited') throw new Error(`${question} is not answered`);
        const told = gradesIn(answer.headline);
        expect(told.size === 0 || told.has(grade), `${question} → ${answer.headline}`).toBe(true);
        const months = MONTHS.get(grade);
        if (months !== undefined)
          expect([answer.headline, ...answer.points].join(''), question).toMatch(new RegExp(`(?<!\\d)${String(months)}个月`));
      }
    }
  });
});

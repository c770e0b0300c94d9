import { describe, expect, it } from 'vitest';
import { createFeedbackStore } from '../../src/adapters/database/feedback-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { handoffAnswer, REPLIES } from '../../src/consultation/replies.js';
import type { Answer, ServiceAnswer } from '../../src/domain/answer.js';
import { canBeRated, verdictIn } from '../../src/domain/feedback.js';
import type { Message, MessageBody } from '../../src/domain/message.js';
import { createFeedback } from '../../src/messaging/feedback.js';
import { createUnanswered, questionBehind, unansweredQuestions } from '../../src/messaging/unanswered.js';

const talk = REPLIES.greeting();
const guide: ServiceAnswer = { ...talk, kind: 'service', service: 'legal-aid', headline: '怎么申请法律援助' };
const answerBody = (answer: Answer, ticketNumber: string | null = null): MessageBody => ({ type: 'answer', answer, ticketNumber });
const DAY_MS = 86_400_000;

/** Conversations over a real database, written as a turn would. */
async function conversations() {
  const db = await openDatabase(':memory:');
  const store = createMessageStore(db);
  const feedbackStore = createFeedbackStore(db);
  const staff = createStaffStore(db);
  await staff.add({ id: 'li', login: 'li', name: '李律师', passwordHash: 'x', mustChangePassword: false }, 0);
  let clock = Date.UTC(2026, 10, 23, 2);
  const now = (): number => clock++;
  const says = async (text: string, who = 'a'): Promise<Message & { conversationId: string }> => {
    const inbound = {
      channel: 'web',
      externalKey: `${who}${String(clock)}`,
      conversationKey: who,
      content: { type: 'text', text },
    } as const;
    const { conversationId, message } = await store.receive(inbound, now());
    return { ...message, conversationId };
  };
  const hears = async (body: MessageBody, who = 'a'): Promise<Message> => {
    const conversationId = (await store.conversationId('web', who)) ?? '';
    return store.work(async (work) => {
      const waiting = await work.pending(conversationId, 10);
      const [oldest] = waiting;
      if (!oldest) throw new Error('nobody has said anything');
      for (const { messageId } of waiting) await work.finish(messageId);
      return work.answer(conversationId, oldest.messageId, body, now());
    });
  };
  const lawyerSays = async (text: string, who = 'a'): Promise<Message> => {
    const conversationId = (await store.conversationId('web', who)) ?? '';
    return store.handoff(({ thread }) => thread.send(conversationId, 'staff', 'li', { type: 'text', text }, now()));
  };
  return { store, feedbackStore, feedback: createFeedback(feedbackStore, store, now), now, says, hears, lawyerSays };
}

describe('rating an answer', () => {
  it('keeps a verdict with its reasons, and the last word counts', async () => {
    const { feedback, says, hears } = await conversations();
    const { conversationId } = await says('怎么申请法律援助');
    const { id } = await hears(answerBody(guide));
    expect(await feedback.rate(conversationId, id, 'useful')).toMatchObject({ ok: true });
    await feedback.rate(conversationId, id, 'useless', ['too-long', 'unclear', 'unclear'], '看花了眼');
    expect(await feedback.ratingsOf(conversationId)).toEqual([
      { messageId: id, verdict: 'useless', reasons: ['unclear', 'too-long'], text: '看花了眼' },
    ]);
    await feedback.rate(conversationId, id, 'useful', ['too-long'], '算了');
    expect(await feedback.ratingsOf(conversationId)).toEqual([{ messageId: id, verdict: 'useful', reasons: [], text: '' }]);
  });

  it('masks personal data in the remark and keeps no more than 300 characters', async () => {
    const { feedback, says, hears } = await conversations();
    const { conversationId } = await says('怎么申请法律援助');
    const { id } = await hears(answerBody(guide));
    const result = await feedback.rate(conversationId, id, 'useless', ['other'], `打我电话13812345678。${'长'.repeat(400)}`);
    const text = result.ok ? result.rating.text : '';
    expect(text).toMatch(/^打我电话.*〔电话\S*〕/);
    expect(text).not.toContain('13812345678');
    expect(Array.from(text)).toHaveLength(300);
  });

  it('does not let anyone rate another conversation’s answer, a question, or what is no answer', async () => {
    const { feedback, feedbackStore, says, hears } = await conversations();
    const own = await says('怎么申请法律援助');
    const answer = await hears(answerBody(guide));
    const other = await says('怎么申请法律援助', 'b');
    const foreign = await hears(answerBody(guide), 'b');
    const refused = { ok: false, reason: 'nothing-to-rate' };
    for (const target of [own.id, foreign.id, answer.id + 1000, 0, -1]) {
      expect(await feedback.rate(own.conversationId, target, 'useful'), String(target)).toEqual(refused);
    }
    for (const answerOfKind of [REPLIES.vague(), handoffAnswer('not-confident'), talk]) {
      await says('嗯');
      const { id } = await hears(answerBody(answerOfKind));
      expect(await feedback.rate(own.conversationId, id, 'useful'), answerOfKind.kind).toEqual(refused);
    }
    expect(await feedbackStore.ratingsOf(own.conversationId)).toEqual([]);
    expect(await feedbackStore.ratingsOf(other.conversationId)).toEqual([]);
  });

  it('takes “last” for the answer at the end, small talk and the person’s own words aside', async () => {
    const { feedback, says, hears } = await conversations();
    const { conversationId } = await says('怎么申请法律援助');
    const { id } = await hears(answerBody(guide));
    await says('谢谢');
    await hears(answerBody(REPLIES.thanks()));
    await says('没用');
    expect(await feedback.rate(conversationId, 'last', 'useless')).toMatchObject({ ok: true, rating: { messageId: id } });
  });

  it('has nothing to rate where the last word was a question back, a hand-over or a lawyer’s', async () => {
    const refused = { ok: false, reason: 'nothing-to-rate' };
    for (const end of [REPLIES.vague(), handoffAnswer('not-confident'), null]) {
      const { feedback, says, hears, lawyerSays } = await conversations();
      const { conversationId } = await says('怎么申请法律援助');
      await hears(answerBody(guide));
      await says('还有一件事');
      if (end === null) await lawyerSays('您好');
      else await hears(answerBody(end));
      expect(await feedback.rate(conversationId, 'last', 'useless')).toEqual(refused);
    }
    const { feedback } = await conversations();
    expect(await feedback.rate('nobody', 'last', 'useful')).toEqual(refused);
  });

  it('reads a verdict only where the message is nothing else', () => {
    expect(['有用', ' 有用！', '“有用”', '【有用】'].map(verdictIn)).toEqual(['useful', 'useful', 'useful', 'useful']);
    expect(['没用', '没用。'].map(verdictIn)).toEqual(['useless', 'useless']);
    for (const text of ['', '没用过', '合同没用怎么办', '有没有用', '有用吗', 'A有用', '有用1', '有用没用'])
      expect(verdictIn(text), text).toBeNull();
  });

  it('asks for a rating of answers and guides only', () => {
    expect([guide, talk, REPLIES.vague(), handoffAnswer('danger')].map(canBeRated)).toEqual([true, false, false, false]);
  });
});

describe('unanswered questions', () => {
  it('are what was handed over for want of an answer, and what was rated 没用, masked, newest first', async () => {
    const { feedback, feedbackStore, says, hears } = await conversations();
    await says('我叫张三丰，电话13812345678，离婚孩子归谁', 'a');
    await hears(answerBody(handoffAnswer('out-of-scope'), '20261123-0001'), 'a');
    await says('我要找律师', 'b');
    await hears(answerBody(handoffAnswer('human-wanted'), '20261123-0002'), 'b');
    const { conversationId } = await says('怎么申请法律援助', 'c');
    const answer = await hears(answerBody(guide), 'c');
    await feedback.rate(conversationId, answer.id, 'useless');
    await says('我要找律师', 'c');
    await hears(answerBody(handoffAnswer('human-wanted'), '20261123-0003'), 'c');
    const questions = await unansweredQuestions(feedbackStore, 0, 100);
    expect(questions.map(({ text, reason, ticketNumber }) => [text, reason, ticketNumber])).toEqual([
      ['怎么申请法律援助', 'disliked', '20261123-0003'],
      [expect.stringMatching(/^我叫〔姓名\S*〕，电话〔电话\S*〕，离婚孩子归谁$/), 'out-of-scope', '20261123-0001'],
    ]);
    expect(await unansweredQuestions(feedbackStore, 0, 1)).toHaveLength(1);
  });

  it('are told with the replies to questions back, but not with what was answered before', async () => {
    const { store, says, hears } = await conversations();
    const { conversationId } = await says('你好');
    await hears(answerBody(talk));
    await says('房子要拆了，补偿怎么算');
    await hears(answerBody(REPLIES.vague()));
    await says('村里的地');
    const { id } = await hears(answerBody(handoffAnswer('not-confident')));
    await says('后来的话');
    expect(questionBehind(await store.messagesAfter(conversationId, 0), id)).toBe('房子要拆了，补偿怎么算，村里的地');
  });

  it('are shown for the days asked for, clustered, with the ratings of those days', async () => {
    const { feedback, feedbackStore, now, says, hears } = await conversations();
    for (const who of ['a', 'b', 'c']) {
      await says('离婚孩子归谁', who);
      await hears(answerBody(handoffAnswer('out-of-scope'), `T-${who}`), who);
    }
    const { conversationId } = await says('怎么申请法律援助', 'd');
    await feedback.rate(conversationId, (await hears(answerBody(guide), 'd')).id, 'useful');
    const embed = (): Float32Array => new Float32Array(16);
    const view = await createUnanswered(feedbackStore, embed, now).view(7);
    expect(view).toMatchObject({ days: 7, questions: 3, rated: { useful: 1, useless: 0 } });
    expect(view.clusters).toMatchObject([{ representative: '离婚孩子归谁', size: 3, tickets: ['T-c', 'T-b', 'T-a'] }]);
    const later = createUnanswered(feedbackStore, embed, () => now() + 8 * DAY_MS);
    expect(await later.view(7)).toMatchObject({ questions: 0, clusters: [], rated: { useful: 0, useless: 0 } });
  });
});

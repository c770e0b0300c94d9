import { beforeEach, describe, expect, it } from 'vitest';
import type { CuratedStore } from '../../src/consultation/curated/ports.js';
import { handoffAnswer, REPLIES } from '../../src/consultation/replies.js';
import type { CuratedAnswer } from '../../src/domain/curated-answer.js';
import type { HandoffReason } from '../../src/domain/answer.js';
import type { MessageBody } from '../../src/domain/message.js';
import type { HandoffUnitOfWork } from '../../src/handoff/ports.js';
import type { FeedbackStore, UnansweredStore } from '../../src/messaging/feedback/ports.js';
import type { MessagingStore } from '../../src/messaging/ports.js';

export interface LearningStoresUnderTest {
  readonly messages: MessagingStore & HandoffUnitOfWork;
  readonly feedback: FeedbackStore & UnansweredStore;
  readonly curated: CuratedStore;
}

/** What every database has to do for ratings, unanswered questions and curated answers. */
export function learningStoresContract(name: string, open: () => Promise<LearningStoresUnderTest>): void {
  describe(`what is learned from use, on ${name}`, () => {
    let stores: LearningStoresUnderTest;
    let clock = Date.UTC(2026, 10, 23, 2);
    const now = (): number => clock++;
    const greeting: MessageBody = { type: 'answer', answer: REPLIES.greeting(), ticketNumber: null };

    beforeEach(async () => {
      stores = await open();
    });

    /** A question and what the bot said to it. */
    const answered = async (body: MessageBody, at = now(), who = 'someone') => {
      const key = `m${String(now())}`;
      const inbound = { channel: 'web', externalKey: key, conversationKey: who, content: { type: 'text', text: `问${key}` } } as const;
      const { conversationId, message } = await stores.messages.receive(inbound, at);
      const answer = await stores.messages.work(async (work) => {
        await work.finish(message.id);
        return work.answer(conversationId, message.id, body, at);
      });
      return { conversationId, question: message, answer };
    };
    const handedOver = (reason: HandoffReason, ticketNumber: string | null = null): MessageBody => ({
      type: 'answer',
      answer: handoffAnswer(reason),
      ticketNumber,
    });

    it('keeps one rating a message: saying something else replaces it', async () => {
      const { conversationId, answer } = await answered(greeting);
      const other = await answered(greeting);
      const rating = { conversationId, messageId: answer.id, verdict: 'useless', reasons: ['unclear', 'other'], text: '字太小' } as const;
      await stores.feedback.save(rating, now());
      await stores.feedback.save({ ...rating, messageId: other.answer.id, verdict: 'useful', reasons: [], text: '' }, now());
      expect(await stores.feedback.ratingsOf(conversationId)).toEqual([
        { messageId: answer.id, verdict: 'useless', reasons: ['unclear', 'other'], text: '字太小' },
        { messageId: other.answer.id, verdict: 'useful', reasons: [], text: '' },
      ]);
      await stores.feedback.save({ ...rating, verdict: 'useful', reasons: [], text: '' }, now());
      expect((await stores.feedback.ratingsOf(conversationId)).map(({ verdict }) => verdict)).toEqual(['useful', 'useful']);
    });

    it('counts ratings since a time by verdict', async () => {
      const { conversationId, answer } = await answered(greeting);
      const before = await stores.feedback.counts(0);
      expect(before).toEqual({ useful: 0, useless: 0 });
      await stores.feedback.save({ conversationId, messageId: answer.id, verdict: 'useful', reasons: [], text: '' }, 1000);
      expect(await stores.feedback.counts(1000)).toEqual({ useful: 1, useless: 0 });
      expect(await stores.feedback.counts(1001)).toEqual({ useful: 0, useless: 0 });
    });

    it('refuses a rating of a message that does not exist', async () => {
      const { conversationId } = await answered(greeting);
      const rating = { conversationId, messageId: 999_999, verdict: 'useful', reasons: [], text: '' } as const;
      await expect(stores.feedback.save(rating, now())).rejects.toThrow();
    });

    it('finds hand-overs and disliked answers since a time, newest first', async () => {
      const early = await answered(handedOver('out-of-scope', 'T-1'), 1000, 'a');
      const disliked = await answered(greeting, 2000, 'b');
      await answered(greeting, 2500, 'b');
      const late = await answered(handedOver('not-confident'), 3000, 'c');
      await stores.feedback.save(
        { conversationId: disliked.conversationId, messageId: disliked.answer.id, verdict: 'useless', reasons: [], text: '' },
        9000,
      );
      const found = await stores.feedback.unansweredMessages(1000, 10);
      expect(found).toEqual([
        { conversationId: late.conversationId, messageId: late.answer.id, at: 3000, handoff: 'not-confident', ticketNumber: null },
        { conversationId: disliked.conversationId, messageId: disliked.answer.id, at: 2000, handoff: null, ticketNumber: null },
        { conversationId: early.conversationId, messageId: early.answer.id, at: 1000, handoff: 'out-of-scope', ticketNumber: 'T-1' },
      ]);
      expect((await stores.feedback.unansweredMessages(1001, 10)).map(({ at }) => at)).toEqual([3000, 2000]);
      expect((await stores.feedback.unansweredMessages(0, 1)).map(({ at }) => at)).toEqual([3000, 2000]);
    });

    it('reads many threads at once, each in its order', async () => {
      const people = await Promise.all(Array.from({ length: 3 }, (_, who) => answered(greeting, now(), `p${String(who)}`)));
      const ids = people.map(({ conversationId }) => conversationId);
      const threads = await stores.feedback.threads([...ids, ...Array.from({ length: 900 }, (_, none) => `none-${String(none)}`)]);
      expect([...threads.keys()].sort()).toEqual([...ids].sort());
      for (const { conversationId, question, answer } of people) {
        expect(threads.get(conversationId)?.map(({ id }) => id)).toEqual([question.id, answer.id]);
      }
      expect(await stores.feedback.threads([])).toEqual(new Map());
    });

    const ticket = async (): Promise<string> => {
      const { conversationId } = await answered(greeting);
      const brief = { question: '', topic: null, facts: [], botSaid: '', provisions: [], channel: '网页' };
      const opened = await stores.messages.handoff(({ tickets }) =>
        tickets.open({
          ...{ conversationId, kind: 'consultation', reason: 'human-wanted', brief, state: 'queued', holder: null },
          ...{ handedBack: false, outcome: null, closedAt: null, note: null, createdAt: now() },
        }),
      );
      return opened.number;
    };
    const curated = async (over: Partial<CuratedAnswer> = {}): Promise<CuratedAnswer> => ({
      id: `c${String(now())}`,
      topic: 'injury',
      asks: ['工伤十级怎么赔', '十级工伤赔多少'],
      headline: '按伤残等级赔。',
      points: ['第一点。'],
      cites: [{ law: '工伤保险条例', article: '第三十七条' }],
      checksums: {},
      status: 'proposed',
      ticketNumber: await ticket(),
      author: 'li',
      proposedAt: now(),
      approvedBy: null,
      approvedAt: null,
      endedBy: null,
      endedAt: null,
      ...over,
    });

    it('keeps a curated answer whole, and lists the newest proposal first', async () => {
      const first = await curated();
      const second = await curated();
      await stores.curated.add(first);
      await stores.curated.add(second);
      expect(await stores.curated.list()).toEqual([second, first]);
      expect(await stores.curated.byId(first.id)).toEqual(first);
      expect(await stores.curated.byId('none')).toBeNull();
    });

    it('lets exactly one of many move a curated answer', async () => {
      const proposed = await curated();
      await stores.curated.add(proposed);
      const approved = (by: string): CuratedAnswer => ({
        ...proposed,
        status: 'approved',
        approvedBy: by,
        approvedAt: 5,
        checksums: { '工伤保险条例#第三十七条': 'abc' },
      });
      const results = await Promise.all(['zhao', 'qian', 'sun'].map((by) => stores.curated.move(approved(by), 'proposed')));
      expect(results.filter(Boolean)).toHaveLength(1);
      const stored = await stores.curated.byId(proposed.id);
      expect(stored).toMatchObject({ status: 'approved', checksums: { '工伤保险条例#第三十七条': 'abc' } });
      expect(await stores.curated.move({ ...proposed, id: 'none' }, 'proposed')).toBe(false);
    });

    it('refuses a curated answer out of a ticket that does not exist', async () => {
      await expect(stores.curated.add({ ...(await curated()), ticketNumber: '20000101-0001' })).rejects.toThrow();
    });
  });
}

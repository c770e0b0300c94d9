import { describe, expect, it } from 'vitest';
import { CONSENT_TEXT } from '../../src/messaging/consent/consent-steps.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { REPLIES } from '../../src/consultation/replies.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { NO_TRACE } from '../../src/consultation/trace.js';
import type { Consult } from '../../src/consultation/consult.js';
import { FAKE_PROFILE, fakePushChannel } from '../support/fake-push-channel.js';
import { openCore, type Core } from '../support/delivery-core.js';
import { onEachDatabase } from '../support/each-database.js';

const LATER = { kind: 'later', afterMs: 60_000, reason: '发得太快' } as const;

const texts = (channel: ReturnType<typeof fakePushChannel>): string[] => channel.sent.map(({ message }) => message.text);
const heads = (channel: ReturnType<typeof fakePushChannel>): string[] => texts(channel).map((text) => text.split('\n')[0] ?? '');

onEachDatabase(({ fresh }) => {
  describe('delivery', () => {
    it('delivers after a restart what was stored and not sent, once and in order', async () => {
      const file = await fresh();
      const channel = fakePushChannel();
      channel.answerAll(LATER);
      const before = await openCore(file, [channel]);
      await before.receive('telegram', 'wang', '一');
      await before.settled();
      await before.receive('telegram', 'wang', '二');
      await before.settled();
      await before.close();
      expect(channel.sent).toEqual([]);

      channel.answerAll({ kind: 'sent' });
      const after = await openCore(file, [channel], { startAt: before.now() + 3600_000 });
      await after.settled();
      await after.close();
      expect(heads(channel)).toEqual(['回：一', '回：二']);
      const again = await openCore(file, [channel], { startAt: before.now() + 7200_000 });
      await again.settled();
      await again.close();
      expect(channel.sent).toHaveLength(2);
    });

    it('repeats one part at most when the process dies between sending and the mark', async () => {
      const file = await fresh();
      const channel = fakePushChannel({ textLimit: { most: 60, per: 'units' } });
      // dies after the second part has left: its mark is never written, nor anything after it
      let marks = 0;
      const before: Core = await openCore(file, [channel], {
        consult: (message) => ({
          answer: {
            ...REPLIES.greeting(),
            headline: '甲'.repeat(40) + '。',
            sections: [],
            steps: ['乙'.repeat(40) + '。', '丁'.repeat(40) + '。'],
            options: [],
            notice: message,
          },
          state: NEW_CONSULTATION,
          trace: NO_TRACE,
        }),
        store: (store) => ({
          ...store,
          markPart: async (id, parts) => {
            if (++marks < 2) return store.markPart(id, parts);
            void before.delivery.stop();
            throw new Error('killed');
          },
        }),
      });
      await before.receive('telegram', 'wang', '丙');
      await before.settled();
      await before.close();
      const sentBefore = texts(channel);
      expect(sentBefore).toHaveLength(2);

      const after = await openCore(file, [channel]);
      await after.settled();
      await after.close();
      const all = texts(channel);
      const distinct = [...new Set(all)];
      expect(all.length - distinct.length).toBe(1);
      expect(distinct.join('').replace(/\s/g, '').replace(CONSENT_TEXT, '')).toBe(
        `${'甲'.repeat(40)}。①${'乙'.repeat(40)}。②${'丁'.repeat(40)}。丙`,
      );
    });

    it('does not repeat what was sent while the mark cannot be written', async () => {
      const channel = fakePushChannel();
      let locked = true;
      const core = await openCore(await fresh(), [channel], {
        store: (store) => ({
          ...store,
          markSent: (id, at) => (locked ? Promise.reject(new Error('database is locked')) : store.markSent(id, at)),
        }),
      });
      const conversationId = await core.receive('telegram', 'wang', '一');
      await core.settled();
      expect(core.errors).not.toEqual([]);
      locked = false;
      await core.receive('telegram', 'wang', '二');
      await core.settled();
      expect(heads(channel)).toEqual(['回：一', '回：二']);
      expect((await core.deliveries(conversationId)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
      await core.close();
    });

    it('waits longer from try to try, at least as long as the channel asks, and lets nothing overtake', async () => {
      const channel = fakePushChannel();
      channel.answerAll({ kind: 'later', afterMs: 0, reason: '发得太快' });
      const core = await openCore(await fresh(), [channel]);
      const conversationId = await core.receive('telegram', 'wang', '一');
      await core.settled();
      const pauses: number[] = [];
      for (let attempt = 0; attempt < 13; attempt++) {
        const [first] = await core.store.waiting(conversationId);
        pauses.push(Math.round(((first?.notBefore ?? 0) - core.now()) / 500));
        core.pass(Math.max(0, (first?.notBefore ?? 0) - core.now()) + 1);
        await core.receive('telegram', 'wang', `再 ${String(attempt)}`);
        await core.settled();
      }
      expect(pauses.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
      expect(pauses.at(-1)).toBe(1200);
      expect(channel.sent).toEqual([]);
      expect((await core.deliveries(conversationId))[0]).toMatchObject({ state: 'waiting', reason: '发得太快' });
      channel.answerAll({ kind: 'sent' });
      core.pass(3600_000);
      await core.receive('telegram', 'wang', '完');
      await core.settled();
      expect(heads(channel)[0]).toBe('回：一');
      expect(heads(channel).at(-1)).toBe('回：完');
      await core.close();
    });

    it('goes on with other people while one of them cannot be reached, and after an adapter that throws', async () => {
      const channel = fakePushChannel();
      const broken = {
        ...channel,
        send: (to: string, message: Parameters<typeof channel.send>[1]) =>
          to === 'wang' ? Promise.reject(new Error('bug')) : channel.send(to, message),
      };
      const core = await openCore(await fresh(), [broken]);
      const conversationId = await core.receive('telegram', 'wang', '一');
      await core.receive('telegram', 'zhao', '二');
      await core.settled();
      expect(heads(channel)).toEqual(['回：二']);
      expect((await core.deliveries(conversationId))[0]?.state).toBe('waiting');
      expect(core.errors.map(String)).toEqual(['Error: bug']);
      await core.close();
    });

    it('tries a lawyer’s words again when somebody who could not be reached writes again', async () => {
      const channel = fakePushChannel();
      const core = await openCore(await fresh(), [channel]);
      const conversationId = await core.receive('telegram', 'wang', { type: 'human-wanted' });
      await core.settled();
      channel.answerAll({ kind: 'failed', reason: '被拉黑' });
      await core.lawyerSays(conversationId, '要紧的话');
      await core.settled();
      expect((await core.deliveries(conversationId)).at(-1)).toMatchObject({ state: 'failed', reason: '被拉黑' });
      channel.answerAll({ kind: 'sent' });
      await core.receive('telegram', 'wang', '我回来了');
      await core.settled();
      expect(texts(channel)).toContain('李律师（律师）：要紧的话');
      expect((await core.deliveries(conversationId)).at(-1)?.state).toBe('delivered');
      await core.close();
    });

    it('marks what is for the asker alone where others read along, and tells a group less', async () => {
      const channel = fakePushChannel({ name: 'wechat-group', groups: true });
      const core = await openCore(await fresh(), [
        { profile: channel.profile, send: channel.send, isGroup: (key) => key.startsWith('room') },
      ]);
      const conversationId = await core.receive('wechat-group', 'room:wang', { type: 'human-wanted' });
      await core.settled();
      await core.lawyerSays(conversationId, '只给你看');
      await core.receive('wechat-group', 'room:zhao', '大家都能看');
      await core.settled();
      const privately = channel.sent.filter(({ message }) => message.privately === true).map(({ message }) => message.text);
      expect(privately.join()).toMatch(/只给你看/);
      expect(privately).toHaveLength(3); // the hand-over, "claimed", the lawyer's words
      expect(channel.sent.find(({ message }) => message.text.includes('大家都能看'))?.message.privately).toBeUndefined();
      await core.close();
    });
  });

  const asking: Consult = (message) => ({
    answer: {
      kind: 'clarify',
      text: `回：${message}`,
      questions: [{ id: 'land', text: '是哪里的地', options: ['城里', '农村'] }],
      confidence: 0,
      notice: '由人工智能答复。',
    },
    state: NEW_CONSULTATION,
    trace: NO_TRACE,
  });

  describe('options', () => {
    it('are numbered in the text where there are no buttons, and a number is taken for its option', async () => {
      const channel = fakePushChannel();
      const core = await openCore(await fresh(), [channel], { consult: asking });
      await core.receive('telegram', 'wang', '征地');
      await core.settled();
      expect(texts(channel)[0]?.replace(`\n\n${CONSENT_TEXT}`, '')).toBe('回：征地\n是哪里的地\n由人工智能答复。\n回复：1 城里  2 农村');
      await core.receive('telegram', 'wang', ' ２ ');
      await core.settled();
      expect(texts(channel)[1]).toContain('回：农村');
      await core.receive('telegram', 'wang', '3');
      await core.settled();
      expect(texts(channel)[2]).toContain('回：3');
      await core.close();
    });

    it('are handed over as options where there are buttons', async () => {
      const channel = fakePushChannel({ buttons: true });
      const core = await openCore(await fresh(), [channel], { consult: asking });
      await core.receive('telegram', 'wang', '征地', 'key-1');
      await core.settled();
      expect(channel.sent[0]?.message).toMatchObject({ options: ['城里', '农村'], inReplyTo: 'key-1' });
      expect(channel.sent[0]?.message.text).not.toMatch(/城里/);
      await core.close();
    });
  });

  describe('collecting', () => {
    const profile = { ...FAKE_PROFILE, push: 'never', textLimit: { most: 40, per: 'units' } } as const;

    it('waits for the answer to what was just received, and hands out the same until it was taken', async () => {
      const core = await openCore(await fresh(), [{ profile }]);
      await core.receive('telegram', 'wang', '一');
      const first = await core.delivery.collect('telegram', 'wang', { waitMs: 3000 });
      expect(first.parts.map(({ text }) => text.split('\n')[0])[0]).toBe('回：一');
      expect(first.pending).toBe(false);
      const second = core.delivery.collect('telegram', 'wang', { waitMs: 200 });
      expect(await second).toMatchObject({ parts: [], pending: true }); // somebody else has it in hand
      await first.handedOver(1);
      const rest = await core.delivery.collect('telegram', 'wang', { waitMs: 200 });
      expect(rest.parts).toEqual(first.parts.slice(1));
      expect(rest.parts.length).toBeGreaterThan(0);
      await rest.handedOver();
      expect(await core.delivery.collect('telegram', 'wang', { waitMs: 50 })).toMatchObject({ parts: [], pending: false });
      await core.close();
    });

    it('returns in time when the answer is not there yet, and says so', async () => {
      const core = await openCore(await fresh(), [{ profile }]);
      const stuck = { channel: 'telegram', conversationKey: 'wang', externalKey: 'stuck', content: { type: 'text', text: '慢' } } as const;
      // stored by a process that is gone: nobody is working on it
      const { conversationId } = await createMessageStore(core.db).receive(stuck, core.now());
      const started = performance.now();
      const collected = await core.delivery.collect('telegram', 'wang', { waitMs: 300 });
      expect(collected).toMatchObject({ parts: [], pending: true });
      expect(performance.now() - started).toBeLessThan(800);
      await core.app.messenger.resume();
      await core.settled();
      const next = await core.delivery.collect('telegram', 'wang', { waitMs: 300 });
      expect(next.parts[0]?.text).toContain('回：慢');
      expect((await core.deliveries(conversationId))[0]?.state).toBe('waiting');
      await core.close();
    });

    it('does not push what is being collected, and pushes it when it was not taken', async () => {
      const channel = fakePushChannel({ push: 'window' });
      channel.answerAll({ kind: 'closed' });
      const core = await openCore(await fresh(), [channel]);
      await core.receive('telegram', 'wang', '一');
      await core.settled();
      channel.answerAll({ kind: 'sent' });
      const collected = core.delivery.collect('telegram', 'wang', { waitMs: 500 });
      await core.receive('telegram', 'wang', '二');
      const { parts, handedOver } = await collected;
      await core.settled();
      const collectedHeads = parts.map(({ text }) => text.split('\n')[0] ?? '');
      expect(channel.sent).toEqual([]);
      await handedOver();
      await core.settled();
      expect([...collectedHeads, ...heads(channel)]).toEqual(['回：一', '回：二']);
      await core.close();
    });

    it('knows nothing of a conversation that is not there', async () => {
      const core = await openCore(await fresh(), [{ profile }]);
      expect(await core.delivery.collect('telegram', 'nobody', { waitMs: 50 })).toMatchObject({ parts: [], pending: false });
      await core.close();
    });
  });
});

import type { Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { createTelegramStore } from '../../src/adapters/database/telegram-store.js';

/** As large as ids of Telegram get. */
const GROUP = -1_004_503_599_627_370;
const USER = 4_503_599_627_370;

/** What every database has to remember for the Telegram channel. */
export function telegramStoreContract(name: string, open: () => Promise<Kysely<Database>>): void {
  describe(`what Telegram needs to remember, on ${name}`, () => {
    const ticketIn = async (db: Kysely<Database>): Promise<string> => {
      const store = createMessageStore(db);
      const inbound = { channel: 'telegram', externalKey: 'k', conversationKey: 'c', content: { type: 'text', text: '在吗' } } as const;
      const { conversationId } = await store.receive(inbound, 1);
      const ticket = {
        conversationId,
        kind: 'consultation',
        reason: 'human-wanted',
        brief: { question: '', topic: null, facts: [], botSaid: '', provisions: [], channel: 'Telegram' },
        state: 'queued',
        holder: null,
        handedBack: false,
        outcome: null,
        closedAt: null,
        note: null,
        createdAt: 1,
      } as const;
      return (await store.handoff(({ tickets }) => tickets.open(ticket))).number;
    };

    it('keeps the one card of a ticket, and finds the ticket by each of its messages and by its topic', async () => {
      const db = await open();
      const store = createTelegramStore(db);
      const ticketNumber = await ticketIn(db);
      const card = { ticketNumber, chatId: GROUP, messageId: 7, threadId: 5, digest: 'a', shownUpTo: 1, final: false };
      await store.saveCard({ ...card, messageId: null });
      await store.saveCard(card);
      await store.addPost(GROUP, 9, ticketNumber);
      await store.addPost(GROUP, 9, ticketNumber);
      expect(await store.card(ticketNumber)).toEqual(card);
      expect(await store.unfinishedCards()).toEqual([ticketNumber]);
      for (const messageId of [7, 9]) expect(await store.ticketOfPost(GROUP, messageId)).toBe(ticketNumber);
      expect(await store.ticketOfPost(GROUP, 8)).toBeNull();
      expect(await store.ticketOfTopic(GROUP, 5)).toBe(ticketNumber);
      await store.saveCard({ ...card, final: true });
      expect(await store.unfinishedCards()).toEqual([]);
    });

    it('links an account by a code once and in time, and unlinks it', async () => {
      const db = await open();
      const store = createTelegramStore(db);
      await createStaffStore(db).add({ id: 'li', login: 'li', name: '李律师', passwordHash: 'x', mustChangePassword: false }, 1);
      await store.addLinkCode('first', 'li', 100);
      await store.addLinkCode('second', 'li', 100);
      expect(await store.redeemLinkCode('first', USER, 50)).toBeNull();
      expect(await store.redeemLinkCode('second', USER, 100)).toBeNull();
      expect(await store.redeemLinkCode('second', USER, 99)).toMatchObject({ id: 'li', name: '李律师' });
      expect(await store.redeemLinkCode('second', USER + 1, 99)).toBeNull();
      expect(await store.staffOf(USER)).toMatchObject({ id: 'li' });
      expect(await store.unlink('li')).toBe(true);
      expect(await store.unlink('li')).toBe(false);
      expect(await store.staffOf(USER)).toBeNull();
    });

    it('follows a group that moved, and knows where a person goes on in private', async () => {
      const store = createTelegramStore(await open());
      await store.moved(-5, GROUP);
      await store.moved(-5, GROUP);
      expect([await store.currentOf(-5), await store.firstOf(GROUP), await store.currentOf(-6)]).toEqual([GROUP, -5, -6]);
      await store.pointTo('group:b', USER, 2);
      await store.pointTo('group:a', USER, 1);
      expect(await store.waitingFor(USER)).toEqual(['group:a', 'group:b']);
      await store.settlePointer('group:a');
      expect([await store.pointedAt('group:a'), await store.pointedAt('group:b')]).toEqual([null, 2]);
      await store.goOnInPrivate(USER, 'group:b', 10);
      expect([await store.goingOnInPrivate(USER, 10), await store.goingOnInPrivate(USER, 11)]).toEqual(['group:b', null]);
    });
  });
}

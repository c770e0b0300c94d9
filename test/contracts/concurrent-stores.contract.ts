import { ROLES } from '../../src/domain/access.js';
import { describe, expect, it } from 'vitest';
import { createLinkStore, createTryStore } from '../../src/adapters/database/link-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { createTelegramStore } from '../../src/adapters/database/telegram-store.js';
import { createTickets } from '../../src/handoff/tickets.js';
import { createMessenger, type Messenger } from '../../src/messaging/messenger.js';
import { createChanges } from '../../src/messaging/changes.js';
import { createPickup } from '../../src/messaging/pickup.js';
import { hashCode, readCode } from '../../src/messaging/identity/codes.js';
import { echo } from '../support/delivery-core.js';
import type { DatabaseUnderTest } from '../support/each-database.js';

const BRIEF = { question: '老板不发工资', topic: '工资与劳动关系', facts: [], botSaid: '', provisions: [], channel: '网页' } as const;
const TICKET = {
  kind: 'consultation',
  reason: 'human-wanted',
  brief: BRIEF,
  state: 'queued',
  holder: null,
  handedBack: false,
  outcome: null,
  closedAt: null,
  note: null,
} as const;
const LI = { id: 'li', name: '李律师', roles: ROLES, reach: '/' };
const NOW = Date.UTC(2026, 10, 23, 2);
const DAY_MS = 86_400_000;
const now = (): number => NOW;
const many = <T>(count: number, one: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));

/**
 * What happens at the same time happens one after the other, as far as anybody can tell. On PostgreSQL through the pools of
 * two processes, in SQLite's one connection else.
 */
export function concurrencyContract({ name, fresh, open }: DatabaseUnderTest): void {
  describe(`stores that many use at once, on ${name}`, () => {
    /** The database as each of the processes that share it has it. */
    const processes = async () => {
      const source = await fresh();
      const dbs = [await open(source), ...(name === 'PostgreSQL' ? [await open(source)] : [])];
      const one = (index: number) => {
        const db = dbs[index % dbs.length];
        if (!db) throw new Error('no database was opened');
        return db;
      };
      const messages = dbs.map(createMessageStore);
      const store = (index: number) => messages[index % messages.length] ?? createMessageStore(one(0));
      return { one, store };
    };
    const inbound = (key: string, conversationKey = 'someone', text = '老板不发工资') =>
      ({ channel: 'telegram', externalKey: key, conversationKey, content: { type: 'text', text } }) as const;

    it('store a message that comes 50 times once, and its conversation too', async () => {
      const { one, store } = await processes();
      const received = await many(50, (index) => store(index).receive(inbound('the-same'), NOW));
      expect(received.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(new Set(received.map(({ message }) => message.id)).size).toBe(1);
      expect(new Set(received.map(({ conversationId }) => conversationId)).size).toBe(1);
      expect(await one(0).selectFrom('messages').select('id').execute()).toHaveLength(1);
      expect(await one(0).selectFrom('conversations').select('id').execute()).toHaveLength(1);
    });

    it('number 100 tickets of a day from 1 to 100', async () => {
      const { store } = await processes();
      const numbers = await many(100, async (index) => {
        const { conversationId } = await store(index).receive(inbound(`m${String(index)}`, `c${String(index)}`), NOW);
        return store(index).handoff(async ({ tickets }) => (await tickets.open({ ...TICKET, conversationId, createdAt: NOW })).number);
      });
      const expected = Array.from({ length: 100 }, (_, index) => `20261123-${String(index + 1).padStart(4, '0')}`);
      expect(numbers.sort()).toEqual(expected);
    });

    it('let one of 200 lawyers claim a ticket, tell all others who has it, and the citizen once', async () => {
      const { store } = await processes();
      const { conversationId } = await store(0).receive(inbound('m'), NOW);
      const number = await store(0).handoff(
        async ({ tickets }) => (await tickets.open({ ...TICKET, conversationId, createdAt: NOW })).number,
      );
      const results = await many(200, (index) =>
        createTickets(store(index), now, () => undefined).claim(number, { ...LI, id: `lawyer-${String(index)}` }),
      );
      const won = results.filter((result) => result.ok);
      expect(won).toHaveLength(1);
      const holder = won[0]?.ok === true ? won[0].ticket.holder : null;
      for (const result of results) if (!result.ok) expect(result.refusal).toEqual({ reason: 'already-claimed', holder });
      expect(await store(0).messagesAfter(conversationId, 0)).toHaveLength(2);
      expect((await store(1).handoff(({ tickets }) => tickets.history(number))).map(({ event }) => event)).toEqual(['open', 'claim']);
    });

    it('take a reply that is sent 20 times by impatient clicks as one', async () => {
      const { store } = await processes();
      const { conversationId } = await store(0).receive(inbound('m'), NOW);
      const number = await store(0).handoff(
        async ({ tickets }) => (await tickets.open({ ...TICKET, conversationId, createdAt: NOW })).number,
      );
      await createTickets(store(0), now, () => undefined).claim(number, LI);
      const results = await many(20, (index) =>
        createTickets(store(index), now, () => undefined).reply(number, LI, { key: 'li:click', text: '您好', ask: false }),
      );
      expect(results.filter((result) => result.ok && result.changed)).toHaveLength(1);
      expect(results.filter((result) => result.ok)).toHaveLength(20);
      const texts = (await store(0).messagesAfter(conversationId, 0)).filter(({ author }) => author === 'staff');
      expect(texts).toHaveLength(1);
    });

    it('answer each of 60 messages once, though every process takes all of them up', async () => {
      const { one, store } = await processes();
      const errors: unknown[] = [];
      const messengers = [0, 1].map((index) =>
        createMessenger({
          store: store(index),
          consult: echo,
          changes: createChanges((error) => errors.push(error)),
          now,
          dayOf: () => '2026-11-23',
          onError: (error) => errors.push(error),
        }),
      );
      await many(60, (index) => store(index).receive(inbound(`m${String(index)}`, `c${String(index % 5)}`, `第${String(index)}句`), NOW));
      await Promise.all(messengers.map((messenger: Messenger) => messenger.resume()));
      await Promise.all(messengers.map((messenger: Messenger) => messenger.idle()));
      expect(errors).toEqual([]);
      const answers = await one(0).selectFrom('outbox').select('in_reply_to').execute();
      expect(answers).toHaveLength(60);
      expect(new Set(answers.map((row) => row.in_reply_to)).size).toBe(60);
      expect(await store(0).conversationsWithPending()).toEqual([]);
    });

    it('show the messages of a conversation to whoever reads on from the last one, none left out', async () => {
      const { store } = await processes();
      const { conversationId } = await store(0).receive(inbound('first'), NOW);
      const seen: number[] = [];
      let written = false;
      const reading = (async () => {
        for (let last = false; !last;) {
          last = written;
          for (const { id } of await store(1).messagesAfter(conversationId, seen.at(-1) ?? 0)) seen.push(id);
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      await many(60, (index) => store(index).receive(inbound(`m${String(index)}`), NOW));
      written = true;
      await reading;
      expect(seen).toEqual((await store(0).messagesAfter(conversationId, 0)).map(({ id }) => id));
      expect(seen).toHaveLength(61);
    });

    it('make two conversations one person, whoever links whom, and however often', async () => {
      const { one, store } = await processes();
      const ids = await many(
        4,
        async (index) => (await store(index).receive(inbound(`m${String(index)}`, `c${String(index)}`), NOW)).conversationId,
      );
      const pairs = ids.flatMap((id, at) => ids.filter((other) => other !== id).map((other) => [id, other, at] as const));
      await Promise.all(pairs.map(([id, other, at]) => store(at).work(({ links }) => links.link(id, other, NOW))));
      const rows = await one(0).selectFrom('identities').select('person_id').execute();
      expect(rows).toHaveLength(4);
      expect(new Set(rows.map((row) => row.person_id)).size).toBe(1);
    });

    it('bring a reply that waits elsewhere to one of the conversations that go on at once', async () => {
      const { one, store } = await processes();
      const [from = '', ...others] = await many(
        5,
        async (index) => (await store(index).receive(inbound(`m${String(index)}`, `c${String(index)}`), NOW)).conversationId,
      );
      await store(0).work(async ({ links }) => {
        for (const other of others) await links.link(from, other, NOW);
      });
      const reply = await store(0).handoff(({ thread }) => thread.send(from, 'staff', null, { type: 'text', text: '答复' }, NOW));
      await one(0).updateTable('outbox').set({ state: 'failed' }).where('message_id', '=', reply.id).execute();
      const brought = await Promise.all(
        others.map((other, index) =>
          store(index).work(async ({ links, thread }) => {
            const waiting = await links.undeliveredElsewhere(other, NOW);
            for (const { message } of waiting) {
              const copy = await thread.send(other, 'staff', null, message.body, NOW);
              await links.forwarded(message.id, copy.id, NOW);
            }
            return waiting.length;
          }),
        ),
      );
      expect(brought.reduce((sum, count) => sum + count)).toBe(1);
    });

    it('let a code that links be used once', async () => {
      const { one, store } = await processes();
      const { conversationId } = await store(0).receive(inbound('m'), NOW);
      await createLinkStore(one(0)).keepCode('hash', conversationId, NOW + DAY_MS);
      const used = await many(30, (index) => store(index).work(({ links }) => links.useCode('hash', NOW)));
      expect(used.filter(Boolean)).toHaveLength(1);
    });

    it("let a lawyer's Telegram code be used once", async () => {
      const { one } = await processes();
      await createStaffStore(one(0)).add({ ...LI, login: 'li', passwordHash: 'x', mustChangePassword: false }, NOW);
      await createTelegramStore(one(0)).addLinkCode('hash', 'li', NOW + DAY_MS);
      const redeemed = await many(20, (index) => createTelegramStore(one(index)).redeemLinkCode('hash', 1000 + index, NOW));
      expect(redeemed.filter((actor) => actor !== null)).toHaveLength(1);
    });

    it('count every try where many try at once', async () => {
      const { one, store } = await processes();
      const MOST = 5;
      const allowed = await many(40, (index) =>
        store(index).work(async ({ tries }) => {
          if ((await tries.count('scope', 0)) >= MOST) return false;
          await tries.add('scope', NOW);
          return true;
        }),
      );
      expect(allowed.filter(Boolean)).toHaveLength(MOST);
      expect(await createTryStore(one(0)).count('scope', 0)).toBe(MOST);
    });

    it('lock a pickup code after five wrong numbers, though they are guessed at the same time', async () => {
      const { one, store } = await processes();
      const { conversationId } = await store(0).receive(inbound('m', 'someone', '我的电话是 13800138000'), NOW);
      await one(0).updateTable('conversations').set({ channel: 'web' }).where('id', '=', conversationId).execute();
      const issued = await createPickup(store(0), now).issue(conversationId);
      const code = issued?.code ?? '';
      const outcomes = await many(40, (index) => createPickup(store(index), now).open(code, String(1000 + index)));
      expect(outcomes.filter(({ kind }) => kind === 'digits-wanted')).toHaveLength(4);
      expect(outcomes.filter(({ kind }) => kind === 'locked')).toHaveLength(36);
      const hash = hashCode('pickup', readCode(code) ?? '');
      expect(await store(1).work(({ pickups }) => pickups.byHash(hash, NOW))).toMatchObject({ lockedUntil: NOW + 3600_000 });
    });

    it('give a login to one of those who want it', async () => {
      const { one } = await processes();
      const added = await many(20, (index) =>
        createStaffStore(one(index)).add(
          { id: `id-${String(index)}`, login: 'wang.li', name: '王律师', passwordHash: 'x', mustChangePassword: true },
          NOW,
        ),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await createStaffStore(one(0)).count()).toBe(1);
    });
  });
}

import { ROLES } from '../../src/domain/access.js';
import type { MessagingWork, PendingMessage } from '../../src/messaging/ports.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IntakeBrief } from '../../src/domain/views.js';
import type { HandoffUnitOfWork, NewTicket, StaffStore } from '../../src/handoff/ports.js';
import { createTickets } from '../../src/handoff/tickets.js';
import type { MessagingStore } from '../../src/messaging/ports.js';

export interface StoresUnderTest {
  /** Gives a ticket without history another number, to test what comes after it. */
  readonly renumber: (from: string, to: string) => Promise<void>;
  readonly store: MessagingStore & HandoffUnitOfWork;
  readonly staff: StaffStore;
}

const BRIEF: IntakeBrief = { question: '老板不发工资', topic: '工资与劳动关系', facts: [], botSaid: '', provisions: [], channel: '网页' };
const LI = { id: 'li', name: '李律师', roles: ROLES, reach: '/' };
const ZHAO = { id: 'zhao', name: '赵律师', roles: ROLES, reach: '/' };

/** What every database behind the product has to do. */
export function storeContract(name: string, open: () => Promise<StoresUnderTest>): void {
  describe(`stores on ${name}`, () => {
    let stores: StoresUnderTest;
    const renumber = (from: string, to: string): Promise<void> => stores.renumber(from, to);
    let clock = Date.UTC(2026, 10, 23, 2);
    const now = (): number => clock++;

    beforeEach(async () => {
      stores = await open();
      for (const { id, name: staffName } of [LI, ZHAO]) {
        await stores.staff.add({ id, login: id, name: staffName, passwordHash: 'x', mustChangePassword: false }, now());
      }
    });

    const inbound = (key: string, text = '老板不发工资', conversationKey = 'someone') =>
      stores.store.receive({ channel: 'web', externalKey: key, conversationKey, content: { type: 'text', text } }, now());

    const newTicket = async (over: Partial<NewTicket> = {}): Promise<string> => {
      const { conversationId } = await inbound(`m${String(now())}`);
      const ticket = await stores.store.handoff(({ tickets }) =>
        tickets.open({
          conversationId,
          kind: 'consultation',
          reason: 'human-wanted',
          brief: BRIEF,
          state: 'queued',
          holder: null,
          handedBack: false,
          outcome: null,
          closedAt: null,
          note: null,
          createdAt: now(),
          ...over,
        }),
      );
      return ticket.number;
    };
    const ticketsOf = () => createTickets(stores.store, now, () => undefined);

    it('stores the same message once, however often it comes', async () => {
      const first = await inbound('key-1');
      const again = await inbound('key-1');
      expect(first.duplicate).toBe(false);
      expect(again).toEqual({ ...first, duplicate: true });
      expect(await stores.store.messagesAfter(first.conversationId, 0)).toHaveLength(1);
    });

    it('keeps conversations of two people apart', async () => {
      const a = await inbound('a', '甲的事', 'person-a');
      const b = await inbound('b', '乙的事', 'person-b');
      expect(a.conversationId).not.toBe(b.conversationId);
      expect((await stores.store.messagesAfter(a.conversationId, 0)).map(({ body }) => body)).toEqual([{ type: 'text', text: '甲的事' }]);
    });

    it('hands out waiting messages in the order in which they came, each until it is finished', async () => {
      const { conversationId, message } = await inbound('1', '第一句');
      await inbound('2', '第二句');
      const next = () => stores.store.work((work) => first(work, conversationId));
      expect((await next())?.messageId).toBe(message.id);
      expect(await stores.store.conversationsWithPending()).toEqual([conversationId]);
      expect(await stores.store.work((work) => work.finish(message.id))).toBe(true);
      expect(await stores.store.work((work) => work.finish(message.id))).toBe(false);
      expect((await next())?.content).toEqual({ type: 'text', text: '第二句' });
    });

    it('stores nothing of a unit of work that breaks', async () => {
      const { conversationId, message } = await inbound('1');
      const broken = stores.store.work(async (work) => {
        await work.answer(conversationId, message.id, { type: 'text', text: '答' }, now());
        await work.finish(message.id);
        throw new Error('power cut');
      });
      await expect(broken).rejects.toThrow('power cut');
      expect(await stores.store.messagesAfter(conversationId, 0)).toHaveLength(1);
      expect(await stores.store.work((work) => first(work, conversationId))).not.toBeNull();
    });

    it('refuses a second answer to one message', async () => {
      const { conversationId, message } = await inbound('1');
      const answer = (): Promise<unknown> =>
        stores.store.work((work) => work.answer(conversationId, message.id, { type: 'text', text: '答' }, now()));
      await answer();
      await expect(answer()).rejects.toThrow();
      expect(await stores.store.messagesAfter(conversationId, 0)).toHaveLength(2);
    });

    it('counts broken turns and remembers the state of a consultation', async () => {
      const { conversationId, message } = await inbound('1');
      await stores.store.countAttempt(message.id);
      await stores.store.countAttempt(message.id);
      const state = {
        ...NEW_CONSULTATION,
        question: '问',
        pending: 'land-kind',
        asked: ['land-kind'],
        facts: [{ label: '土地性质', value: '城里' }],
      };
      await stores.store.work(async (work) => {
        expect((await first(work, conversationId))?.attempts).toBe(2);
        expect((await work.conversation(conversationId)).state).toBeNull();
        await work.saveState(conversationId, state);
      });
      expect(await stores.store.work((work) => work.conversation(conversationId))).toMatchObject({
        id: conversationId,
        channel: 'web',
        state,
      });
    });

    it('numbers tickets by day in China, without gap or repetition', async () => {
      const day = Date.UTC(2026, 10, 22, 16, 30); // half past midnight of the 23rd in China
      const numbers = [
        await newTicket({ createdAt: day }),
        await newTicket({ createdAt: day }),
        await newTicket({ createdAt: day - 3600_000 }),
      ];
      expect(numbers).toEqual(['20261123-0001', '20261123-0002', '20261122-0001']);
    });

    it('goes on counting past 9999 tickets a day', async () => {
      const day = Date.UTC(2026, 10, 22, 16, 30);
      await newTicket({ createdAt: day });
      await renumber('20261123-0001', '20261123-9999');
      expect(await newTicket({ createdAt: day })).toBe('20261123-10000');
      expect(await newTicket({ createdAt: day })).toBe('20261123-10001');
    });

    it('finds every open ticket of a conversation, and none that is closed', async () => {
      const number = await newTicket();
      const ticket = await stores.store.handoff(({ tickets }) => tickets.byNumber(number));
      const open = () => stores.store.handoff(({ tickets }) => tickets.openOf(ticket?.conversationId ?? ''));
      expect((await open()).map((one) => one.number)).toEqual([number]);
      await ticketsOf().close(number, LI, 'resolved', '');
      expect(await open()).toEqual([]);
    });

    it('lets exactly one of many lawyers claim a ticket and tells the others who has it', async () => {
      const number = await newTicket();
      const tickets = ticketsOf();
      const results = await Promise.all(Array.from({ length: 40 }, (_, index) => tickets.claim(number, index % 2 === 0 ? LI : ZHAO)));
      const won = results.filter((result) => result.ok);
      expect(won).toHaveLength(1);
      const holder = won[0]?.ok === true ? won[0].ticket.holder : null;
      for (const result of results) if (!result.ok) expect(result.refusal).toEqual({ reason: 'already-claimed', holder });
    });

    it('refuses a change made from an old version', async () => {
      const number = await newTicket();
      const update = (): Promise<unknown> =>
        stores.store.handoff(async ({ tickets }) => {
          const current = await tickets.byNumber(number);
          if (!current) throw new Error('the ticket is gone');
          return tickets.update({ ...current, version: 1, note: 'x' }, 'reply', 'li', now());
        });
      expect(await update()).toMatchObject({ version: 2 });
      expect(await update()).toBeNull();
    });

    it('takes a repeated click on send as one reply', async () => {
      const number = await newTicket();
      const tickets = ticketsOf();
      await tickets.claim(number, LI);
      const reply = { key: 'li:click-1', text: '您好', ask: false };
      expect(await tickets.reply(number, LI, reply)).toMatchObject({ ok: true, changed: true });
      expect(await tickets.reply(number, LI, reply)).toMatchObject({ ok: true, changed: false });
      const ticket = await stores.store.handoff((work) => work.tickets.byNumber(number));
      const texts = (await stores.store.messagesAfter(ticket?.conversationId ?? '', 0)).filter(({ author }) => author === 'staff');
      expect(texts.map(({ staffName, body }) => ({ staffName, body }))).toEqual([
        { staffName: '李律师', body: { type: 'text', text: '您好' } },
      ]);
    });

    it('lists danger first, then the oldest; closed ones by themselves', async () => {
      const old = await newTicket();
      const urgent = await newTicket({ reason: 'danger' });
      const closed = await newTicket();
      await ticketsOf().close(closed, LI, 'withdrawn', '');
      const list = async (filter: 'open' | 'closed'): Promise<string[]> =>
        (await stores.store.handoff(({ tickets }) => tickets.list(filter))).map((ticket) => ticket.number);
      expect(await list('open')).toEqual([urgent, old]);
      expect(await list('closed')).toEqual([closed]);
    });

    it('keeps the history of a ticket with who did what', async () => {
      const number = await newTicket();
      const tickets = ticketsOf();
      await tickets.claim(number, LI);
      await tickets.release(number, LI);
      await tickets.claim(number, ZHAO);
      const history = await stores.store.handoff((work) => work.tickets.history(number));
      expect(history.map(({ event, staffId }) => [event, staffId])).toEqual([
        ['open', null],
        ['claim', 'li'],
        ['release', 'li'],
        ['claim', 'zhao'],
      ]);
    });

    it('refuses a login that is taken', async () => {
      const staff = { id: 'x', login: 'li', name: '冒名', passwordHash: 'y', mustChangePassword: true };
      expect(await stores.staff.add(staff, now())).toBe(false);
    });
  });
}

/** The oldest message that is not answered yet. */
async function first(work: MessagingWork, conversationId: string): Promise<PendingMessage | null> {
  return (await work.pending(conversationId, 1))[0] ?? null;
}

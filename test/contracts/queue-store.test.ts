import { expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { createQueueStore } from '../../src/adapters/database/queue-store.js';
import { mayRead, type Clearance, type Role } from '../../src/domain/access.js';
import { TICKET_KINDS } from '../../src/domain/answer.js';
import type { QueueItem, QueueView } from '../../src/domain/desk-views.js';
import type { StoredTicket } from '../../src/handoff/ports.js';
import { onEachDatabase } from '../support/each-database.js';

const NOW = Date.parse('2026-11-24T10:00:00+08:00');
const HOLDERS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const;
const PATHS = ['/', '/city/', '/city/t1/', '/city/t1/v1/', '/city/t10/', '/city/t_/'] as const;
const STATES = ['queued', 'claimed', 'answered', 'closed'] as const;
const ROLE_SETS: readonly (readonly Role[])[] = [['lawyer'], ['mediator'], ['operator'], ['officer'], ['admin'], ['lawyer', 'officer']];

const numbers = (tickets: readonly { readonly number: string }[]): string[] => tickets.map(({ number }) => number).sort();

onEachDatabase((database) => {
  const empty = async () => {
    const db = await database.open();
    const store = createMessageStore(db);
    const { conversationId } = await store.receive(
      { channel: 'web', externalKey: 'one', conversationKey: 'one', content: { type: 'text', text: '你好' } },
      NOW,
    );
    const brief = { question: '有人打我', topic: null, facts: [], botSaid: '', provisions: [], channel: '网页' };
    return { store, queue: createQueueStore(db), conversationId, brief };
  };

  /** Tickets of every kind, place and state, held by, shared with and typed in by one of two people, or nobody. */
  const filled = async () => {
    const { store, queue, conversationId } = await empty();
    const tickets: StoredTicket[] = [];
    let at = 0;
    for (const pointPath of PATHS) {
      for (const state of STATES) {
        const kind = TICKET_KINDS[at % TICKET_KINDS.length] ?? 'consultation';
        const who = HOLDERS[at % 3];
        const brief = { question: `第${String(at)}件`, topic: '工伤', facts: [], botSaid: '', provisions: [], channel: '网页' };
        const ticket = {
          ...({ conversationId, kind, reason: 'human-wanted', brief, state, handedBack: false, outcome: null, note: null } as const),
          holder: state === 'queued' ? null : (who ?? HOLDERS[1]),
          members: at % 5 === 0 ? [HOLDERS[0]] : [],
          openedBy: at % 7 === 0 ? HOLDERS[1] : null,
          pointPath,
          closedAt: state === 'closed' ? NOW + at : null,
          createdAt: NOW - at,
          dueAt: at % 2 === 0 ? NOW - 1000 : NOW + 1000,
        };
        tickets.push(await store.handoff((stores) => stores.tickets.open(ticket)));
        at += 1;
      }
    }
    return { queue, tickets };
  };

  it('lists what may be read, for every role, reach and person, and counts the same', async () => {
    const { queue, tickets } = await filled();
    for (const roles of ROLE_SETS) {
      for (const reach of PATHS) {
        for (const id of [...HOLDERS, '00000000-0000-4000-8000-00000000000c']) {
          const staff: Clearance = { id, roles, reach };
          const readable = tickets.filter((ticket) => mayRead(staff, ticket));
          const open = await queue.page(staff, { show: 'open' }, NOW);
          const closed = await queue.page(staff, { show: 'closed' }, NOW);
          const what = `${roles.join('+')} ${reach} ${id}`;
          expect(numbers(open.items), what).toEqual(numbers(readable.filter(({ state }) => state !== 'closed')));
          expect(numbers(closed.items), what).toEqual(numbers(readable.filter(({ state }) => state === 'closed')));
          expect([open.total, closed.total], what).toEqual([open.items.length, closed.items.length]);
          expect(open.counts.waiting, what).toBe(readable.filter(({ state }) => state === 'queued').length);
          expect(open.counts.overdue, what).toBe(open.items.filter(({ overdue }) => overdue).length);
        }
      }
    }
  });

  it('puts what presses most first, of that what nobody has taken on, of that the oldest, across pages', async () => {
    const { store, queue, conversationId, brief } = await empty();
    const most = 130;
    for (let at = 0; at < most; at++) {
      const state = STATES[at % 3] ?? 'queued';
      await store.handoff((stores) =>
        stores.tickets.open({
          ...({ conversationId, kind: 'consultation', brief, handedBack: false, outcome: null, note: null, state } as const),
          reason: at % 4 === 0 ? 'danger' : 'human-wanted',
          holder: state === 'queued' ? null : HOLDERS[0],
          closedAt: null,
          createdAt: NOW - (at % 5),
        }),
      );
    }
    const officer: Clearance = { id: 'officer', roles: ['officer'], reach: '/' };
    const items: QueueItem[] = [];
    let after: string | undefined;
    do {
      const page: QueueView = await queue.page(officer, { show: 'open', ...(after === undefined ? {} : { after }) }, NOW);
      items.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    const rank = ({ priority, state }: QueueItem): number => -2 * priority + (state === 'queued' ? 0 : 1);
    const sorted = [...items].sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt || a.number.localeCompare(b.number));
    expect(items).toHaveLength(most);
    expect(items.map(({ number }) => number)).toEqual(sorted.map(({ number }) => number));
    expect([items[0]?.urgent, items[0]?.state]).toEqual([true, 'queued']);
  });

  it('puts the closed ones newest first, and refuses a place of another list', async () => {
    const { queue } = await filled();
    const officer: Clearance = { id: 'officer', roles: ['officer'], reach: '/' };
    const closed = (await queue.page(officer, { show: 'closed' }, NOW)).items.map(({ createdAt }) => createdAt);
    expect(closed).toEqual([...closed].sort((a, b) => a - b));
    await expect(queue.page(officer, { show: 'closed', after: 'o.0.0.1.20261124-0001' }, NOW)).rejects.toThrow('请刷新列表');
  });
});

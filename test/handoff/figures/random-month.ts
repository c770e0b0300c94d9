import type { Kysely } from 'kysely';
import type { Database } from '../../../src/adapters/database/schema.js';
import { HANDOFF_REASONS, TICKET_KINDS, TOPIC_NAMES } from '../../../src/domain/answer.js';
import { CHANNELS } from '../../../src/domain/message.js';
import { REFERRALS, TICKET_OUTCOMES, type CaseResult } from '../../../src/domain/ticket.js';
import { TURN_KINDS } from '../../../src/domain/turn.js';
import { SATISFACTION_SCORES } from '../../../src/handoff/satisfaction/ports.js';
import { randomFrom } from '../../support/random.js';

const china = (text: string): number => Date.parse(`${text}+08:00`);
/** Instants at which a month begins and ends, and their neighbours. */
const EDGES = ['2026-10-01T00:00:00', '2026-11-01T00:00:00', '2026-12-01T00:00:00'].flatMap((edge) => [
  china(edge) - 1,
  china(edge),
  china(edge) + 1,
]);
const FROM = china('2026-09-20T00:00:00');
const TO = china('2026-12-05T00:00:00');

export interface RandomTicket {
  readonly row: Database['tickets'];
  readonly channel: string;
  readonly result: CaseResult | null;
  readonly askedAt: number | null;
  readonly score: string | null;
  readonly reopenedAt: readonly number[];
}

export interface RandomMonths {
  readonly turns: readonly Database['turns'][];
  readonly tickets: readonly RandomTicket[];
}

/** Townships t1 and t2 with a village each; a path of a point that is gone. */
export const PATHS = ['/', '/c/', '/c/t1/', '/c/t1/v1/', '/c/t2/v2/', '/c/gone/'] as const;
export const TOWNSHIP: Readonly<Record<string, string | null>> = {
  ...{ '/': null, '/c/': null, '/c/t1/': 't1', '/c/t1/v1/': 't1', '/c/t2/v2/': 't2', '/c/gone/': null },
};

/** Turns and tickets of three months, with many at the very edges of a month. */
export async function fillRandomly(db: Kysely<Database>, seed: number): Promise<RandomMonths> {
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const maybe = <T>(share: number, value: () => T): T | null => (random() < share ? value() : null);
  const instant = (): number => (random() < 0.3 ? pick(EDGES) : Math.floor(FROM + random() * (TO - FROM)));
  const later = (at: number): number => at + Math.floor(random() ** 3 * 20 * 86_400_000);

  await db.insertInto('service_points').values(points).execute();
  const tickets: RandomTicket[] = [];
  for (let index = 0; index < 120; index++) {
    const id = `c${String(index)}`;
    const channel = pick(CHANNELS);
    const openedAt = instant();
    const claimedAt = maybe(0.8, () => later(openedAt));
    const closedAt = claimedAt === null ? null : maybe(0.7, () => later(claimedAt));
    const outcome = closedAt === null ? null : pick(TICKET_OUTCOMES);
    const result: CaseResult | null =
      closedAt === null
        ? null
        : {
            referral: outcome === 'referred' ? pick(REFERRALS) : null,
            amount: maybe(0.5, () => Math.floor(random() * 1_000_000) / 100),
            agreed: maybe(0.6, () => random() < 0.7),
            migrantWorker: random() < 0.4,
          };
    const topic = maybe(0.8, () => pick(Object.values(TOPIC_NAMES)));
    // what an erased person's ticket still has
    const brief = { question: random() < 0.2 ? '〔已删除〕' : '问题', topic, facts: [], botSaid: '', provisions: [], channel: '' };
    const row: Database['tickets'] = {
      ...{
        number: `20260901-${String(index).padStart(4, '0')}`,
        conversation_id: id,
        kind: pick(TICKET_KINDS),
        reason: pick(HANDOFF_REASONS),
      },
      ...{
        state: closedAt !== null ? 'closed' : claimedAt === null ? 'queued' : 'claimed',
        holder: claimedAt === null ? null : pick(['s1', 's2']),
      },
      ...{ handed_back: 0, outcome, closed_at: closedAt, note: null, brief: JSON.stringify(brief), version: 1, created_at: openedAt },
      ...{ updated_at: openedAt, result: result === null ? null : JSON.stringify(result), members: '[]', opened_by: null },
      ...{ point_path: pick(PATHS), wanted_staff: null, offered_to: null, details: null, priority: 0, deadline_day: null, due_at: null },
      ...{ escalations: 0, claimed_at: claimedAt, replied_at: null, topic },
    };
    const askedAt = closedAt === null ? null : maybe(0.7, () => closedAt);
    const score = askedAt === null ? null : maybe(0.6, () => pick(SATISFACTION_SCORES));
    tickets.push({ row, channel, result, askedAt, score, reopenedAt: random() < 0.2 ? [instant(), instant()] : [] });
  }
  const conversation = (id: string, channel: string) => ({
    id,
    channel,
    conversation_key: id,
    state: null,
    service_point: null,
    created_at: FROM,
  });
  await db
    .insertInto('conversations')
    .values(tickets.map(({ row, channel }) => conversation(row.conversation_id, channel)))
    .execute();
  await db
    .insertInto('tickets')
    .values(tickets.map(({ row }) => row))
    .execute();
  for (const { row, askedAt, score, reopenedAt } of tickets) {
    if (askedAt !== null)
      await db.insertInto('satisfaction').values({ ticket_number: row.number, asked_at: askedAt, score, words: '', at: askedAt }).execute();
    for (const at of reopenedAt)
      await db.insertInto('ticket_events').values({ ticket_number: row.number, event: 'reopen', staff_id: null, at }).execute();
  }
  const turns = Array.from({ length: 600 }, (_, index): Database['turns'] => {
    const talk = Math.floor(random() * 220);
    const kind = pick(TURN_KINDS);
    const ticket = tickets[talk];
    return {
      ...{
        message_id: index + 1,
        conversation_id: `c${String(talk)}`,
        at: 0,
        channel: ticket?.channel ?? CHANNELS[talk % CHANNELS.length] ?? '',
        kind,
      },
      reason: kind === 'handoff' ? pick(HANDOFF_REASONS) : kind === 'cited' ? maybe(0.3, () => pick(HANDOFF_REASONS)) : null,
      topic: maybe(0.6, () => pick(Object.keys(TOPIC_NAMES))),
      point_path: pick(PATHS),
      ticket_number: ticket === undefined ? null : maybe(0.5, () => ticket.row.number),
    };
  });
  // ids of messages grow with time
  const times = turns.map(instant).sort((a, b) => a - b);
  const timed = turns.map((turn, index) => ({ ...turn, at: times[index] ?? 0 }));
  await db.insertInto('turns').values(timed.slice(0, 300)).execute();
  await db.insertInto('turns').values(timed.slice(300)).execute();
  return { turns: timed, tickets };
}

const points: Database['service_points'][] = [
  ['c', null, '/c/', null],
  ['t1', 'c', '/c/t1/', 't1'],
  ['v1', 't1', '/c/t1/v1/', 't1'],
  ['t2', 'c', '/c/t2/', 't2'],
  ['v2', 't2', '/c/t2/v2/', 't2'],
].map(([code, parent, path, township]) => ({
  ...{ code: code ?? '', name: `点${code ?? ''}`, tier: 'village', parent: parent ?? null, path: path ?? '', township: township ?? null },
  ...{ address: '', phone: '', latitude: null, longitude: null, hours: '', active: 1, updated_at: 0 },
}));

import type { Kysely, Transaction } from 'kysely';
import type { Database, NewTicketRow } from '../../src/adapters/database/schema.js';
import { unitOfWork } from '../../src/adapters/database/unit-of-work.js';
import { isoDay } from '../../src/handoff/working-time.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { drawCase, instant, pick, type Draw, type FilledCase } from './desk-data/cases.js';
import { REASONS, STORIES } from './desk-data/content.js';
import { fillPoints, fillStaff, type FilledPoint } from './desk-data/organisation.js';

export interface FillOptions {
  /** The same seed makes the same data. */
  readonly seed: number;
  /** Milliseconds since the epoch: nothing happens later. */
  readonly now: number;
  /** Days before `now` over which closed cases and turns are spread. */
  readonly days: number;
  /** Days before `now` over which open cases are spread. */
  readonly openDays: number;
  readonly villagesEach: number;
  readonly staff: number;
  readonly open: number;
  readonly closed: number;
  /** Turns of consultations that led to no ticket; each ticket has one more. */
  readonly turns: number;
}

/** A month of a county: small enough to be made in some seconds. */
export const SMALL: FillOptions = {
  ...{ seed: 1, now: Date.parse('2026-11-20T16:00:00+08:00'), days: 80, openDays: 8, villagesEach: 4, staff: 40 },
  ...{ open: 120, closed: 900, turns: 6_000 },
};

const CHUNK = 400;
const DAY_MS = 86_400_000;
const SCORES = ['满意', '满意', '满意', '满意', '一般', '不满意'] as const;

/** Fills an empty database with invented service points, staff, tickets and turns: for benches and screenshots, never for tests of truth. */
export async function fillDesk(db: Kysely<Database>, options: FillOptions): Promise<void> {
  const draw: Draw = createRandom(options.seed);
  const { now } = options;
  await unitOfWork(db, async (work) => {
    const points = await fillPoints(work, options.villagesEach, now);
    const staff = await fillStaff(work, options.staff, points, now);
    const cases: FilledCase[] = [];
    for (let index = 0; index < options.closed; index++)
      cases.push(drawCase(draw, { from: now - options.days * DAY_MS, to: now }, true, points, staff));
    for (let index = 0; index < options.open; index++)
      cases.push(drawCase(draw, { from: now - options.openDays * DAY_MS, to: now }, false, points, staff));
    cases.sort((a, b) => a.openedAt - b.openedAt);
    const numbers = await numberCases(work, cases);
    await insertCases(work, cases, numbers, draw);
    await insertTurns(work, options, points, draw);
  });
}

async function numberCases(db: Transaction<Database>, cases: readonly FilledCase[]): Promise<string[]> {
  const last = new Map<string, number>();
  const numbers = cases.map(({ openedAt }) => {
    const day = isoDay(openedAt).replaceAll('-', '');
    const count = (last.get(day) ?? 0) + 1;
    last.set(day, count);
    return `${day}-${String(count).padStart(4, '0')}`;
  });
  await inChunks([...last], (rows) =>
    db
      .insertInto('ticket_numbers')
      .values(rows.map(([day, count]) => ({ day, last: count })))
      .execute(),
  );
  return numbers;
}

async function insertCases(db: Transaction<Database>, cases: readonly FilledCase[], numbers: readonly string[], draw: Draw): Promise<void> {
  const all = cases.map((one, index) => ({ one, id: `demo-case-${String(index)}`, number: numbers[index] ?? '' }));
  await inChunks(all, (part) =>
    db
      .insertInto('conversations')
      .values(part.map(({ one, id }) => conversation(id, one.channel, one.point, one.openedAt)))
      .execute(),
  );
  await inChunks(all, (part) =>
    db
      .insertInto('tickets')
      .values(part.map(({ one, id, number }) => ticketRow(one, id, number)))
      .execute(),
  );
  await inChunks(all, async (part) => {
    const messages = await db
      .insertInto('messages')
      .values(
        part.map(({ one, id }) => ({
          conversation_id: id,
          author: 'citizen',
          staff_id: null,
          body: textBody(one.story.question),
          at: one.openedAt,
        })),
      )
      .returning('id')
      .execute();
    await db
      .insertInto('turns')
      .values(
        part.map(({ one, id, number }, index) => ({
          ...{ message_id: messages[index]?.id ?? 0, conversation_id: id, at: one.openedAt, channel: one.channel, kind: 'handoff' },
          ...{ reason: one.reason, topic: one.story.topic, point_path: one.point?.path ?? '/', ticket_number: number },
        })),
      )
      .execute();
    await db
      .insertInto('ticket_events')
      .values(part.flatMap(({ one, number }) => eventsOf(one, number)))
      .execute();
  });
  const asked = all.filter(({ one }) => one.closedAt !== null && one.outcome !== 'withdrawn');
  await inChunks(asked, (part) =>
    db
      .insertInto('satisfaction')
      .values(
        part.map(({ one, number }) => {
          const score = draw() < 0.6 ? pick(draw, SCORES) : null;
          const at = one.closedAt ?? 0;
          return { ticket_number: number, asked_at: at, score, words: '', at: score === null ? null : at };
        }),
      )
      .execute(),
  );
}

/** Consultations that the machine answered alone, of one to three turns. */
async function insertTurns(
  db: Transaction<Database>,
  { turns, now, days }: FillOptions,
  points: readonly FilledPoint[],
  draw: Draw,
): Promise<void> {
  const rows: Database['turns'][] = [];
  const { last } = await db
    .selectFrom('turns')
    .select((eb) => eb.fn.max('message_id').as('last'))
    .executeTakeFirstOrThrow();
  const channels = ['official-account', 'official-account', 'web', 'wechat-group', 'telegram'] as const;
  let talk = { id: '', channel: 'web', point: '/', topic: 'wages', at: 0, left: 0 };
  // far from the ids of messages that come later
  for (let id = last + 10_000_000, count = 0; count < turns; id++, count++) {
    if (talk.left === 0) {
      const point = draw() < 0.2 ? '/' : pick(draw, points).path;
      const at = instant(draw, now - days * DAY_MS, now);
      talk = {
        id: `demo-talk-${String(count)}`,
        channel: pick(draw, channels),
        point,
        topic: pick(draw, STORIES).topic,
        at,
        left: 1 + Math.floor(draw() * 3),
      };
    }
    const kind = talk.left > 1 && draw() < 0.5 ? 'clarify' : draw() < 0.85 ? 'cited' : 'service';
    const reason = kind === 'cited' && draw() < 0.02 ? pick(draw, REASONS) : null;
    rows.push({
      ...{ message_id: id, conversation_id: talk.id, at: Math.min(talk.at, now), channel: talk.channel, kind, reason },
      ...{ topic: talk.topic, point_path: talk.point, ticket_number: null },
    });
    talk = { ...talk, at: talk.at + 60_000, left: talk.left - 1 };
  }
  await inChunks(rows, (part) => db.insertInto('turns').values(part).execute());
}

const textBody = (text: string): string => JSON.stringify({ type: 'text', text });

function conversation(id: string, channel: string, point: FilledPoint | null, at: number) {
  return { id, channel, conversation_key: id, state: null, service_point: point?.code ?? null, created_at: at };
}

function ticketRow(one: FilledCase, id: string, number: string): NewTicketRow {
  return {
    ...{ number, conversation_id: id, kind: one.kind, reason: one.reason, state: one.state, holder: one.holder, handed_back: 0 },
    ...{ outcome: one.outcome, closed_at: one.closedAt, note: null, brief: JSON.stringify(one.brief), version: 1 },
    ...{ created_at: one.openedAt, updated_at: one.closedAt ?? one.claimedAt ?? one.openedAt, members: '[]', opened_by: null },
    ...{ result: one.result === null ? null : JSON.stringify(one.result), point_path: one.point?.path ?? '/', topic: one.brief.topic },
    ...{ wanted_staff: null, offered_to: null, details: null, priority: one.reason === 'danger' ? 2 : 0, deadline_day: null },
    ...{ due_at: one.state === 'queued' ? one.openedAt + 4 * 3_600_000 : null, escalations: 0 },
    ...{ claimed_at: one.claimedAt, replied_at: one.claimedAt },
  };
}

function eventsOf(one: FilledCase, number: string) {
  const event = (name: string, at: number | null) =>
    at === null ? [] : [{ ticket_number: number, event: name, staff_id: name === 'open' ? null : one.holder, at }];
  return [...event('open', one.openedAt), ...event('claim', one.claimedAt), ...event('close', one.closedAt)];
}

async function inChunks<T>(all: readonly T[], insert: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += CHUNK) await insert(all.slice(at, at + CHUNK));
}

import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import { TOPIC_NAMES, type AnswerTopic, type HandoffReason, type TicketKind } from '../../domain/answer.js';
import type { CaseResult, TicketOutcome, TicketState } from '../../domain/ticket.js';
import { CONSULTING_TURNS, type TurnKind } from '../../domain/turn.js';
import type { FiguresStore, TicketFacts, TicketSelection } from '../../handoff/figures/ports.js';
import type { SatisfactionScore } from '../../handoff/satisfaction/ports.js';
import type { Database } from './schema.js';

/** What the bureau's figures are counted from, over Kysely: by the times of turns and tickets, which are indexed. */
export function createFiguresStore(db: Kysely<Database>): FiguresStore {
  return {
    async conversations(from, to) {
      const spans = db
        .selectFrom('turns')
        .select('conversation_id')
        .select((eb) => [
          eb.fn.min('message_id').as('first'),
          sql<number | null>`min(case when topic is not null then message_id end)`.as('first_topic'),
          sql<number>`max(case when kind in ('cited', 'service') then 1 else 0 end)`.as('answered'),
          sql<number>`max(case when ticket_number is not null then 1 else 0 end)`.as('handed'),
        ])
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('kind', 'in', CONSULTING_TURNS)
        .groupBy('conversation_id');
      const rows = await db
        .with('spans', () => spans)
        .selectFrom('spans')
        .innerJoin('turns as begun', 'begun.message_id', 'spans.first')
        .leftJoin('turns as heard', 'heard.message_id', 'spans.first_topic')
        .select(['begun.conversation_id', 'begun.channel', 'begun.point_path', 'begun.at', 'heard.topic', 'answered', 'handed'])
        .execute();
      return rows.map((row) => ({
        id: row.conversation_id,
        channel: row.channel,
        pointPath: row.point_path,
        at: row.at,
        topic: row.topic as AnswerTopic | null,
        answered: row.answered === 1,
        handed: row.handed === 1,
      }));
    },
    async turnCounts(from, to) {
      const rows = await db
        .selectFrom('turns')
        .select(['kind', 'reason'])
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('at', '>=', from)
        .where('at', '<', to)
        .groupBy(['kind', 'reason'])
        .execute();
      return rows.map(({ kind, reason, count }) => ({ kind: kind as TurnKind, reason: reason as HandoffReason | null, count }));
    },
    async turnTickets(from, to) {
      const rows = await db
        .selectFrom('turns')
        .select(['ticket_number', 'conversation_id', 'kind', 'reason'])
        .distinct()
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('ticket_number', 'is not', null)
        .where('kind', 'in', CONSULTING_TURNS)
        .execute();
      return rows.map((row) => ({
        number: row.ticket_number ?? '',
        conversationId: row.conversation_id,
        kind: row.kind as TurnKind,
        reason: row.reason as HandoffReason | null,
      }));
    },
    async tickets(selection, from, to) {
      const rows = await selected(db, selection, from, to)
        .innerJoin('conversations', 'conversations.id', 'tickets.conversation_id')
        .leftJoin('satisfaction', 'satisfaction.ticket_number', 'tickets.number')
        .select(COLUMNS)
        .execute();
      return rows.map(factsOf);
    },
    points: () => db.selectFrom('service_points').select(['code', 'name', 'township', 'hours']).execute(),
    async staffNames() {
      const rows = await db.selectFrom('staff').select(['id', 'name']).execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async firstTurnAt() {
      const row = await db.selectFrom('turns').select('at').orderBy('at').limit(1).executeTakeFirst();
      return row?.at ?? null;
    },
  };
}

const COLUMNS = [
  'tickets.number',
  'tickets.kind',
  'tickets.reason',
  'tickets.state',
  'tickets.outcome',
  'tickets.topic',
  'tickets.point_path',
  'conversations.channel',
  'tickets.holder',
  'tickets.created_at',
  'tickets.claimed_at',
  'tickets.closed_at',
  'tickets.result',
  'satisfaction.score',
] as const;

type Tickets = SelectQueryBuilder<Database, 'tickets', object>;

function selected(db: Kysely<Database>, selection: TicketSelection, from: number, to: number): Tickets {
  const tickets = db.selectFrom('tickets');
  switch (selection) {
    case 'opened':
      return tickets.where('tickets.created_at', '>=', from).where('tickets.created_at', '<', to);
    case 'closed':
      // a ticket that was opened again has no time of closing
      return tickets.where('tickets.closed_at', '>=', from).where('tickets.closed_at', '<', to);
    case 'open-now':
      return tickets.where('tickets.state', '!=', 'closed');
    case 'asked':
      return tickets.where('tickets.number', 'in', (eb) =>
        eb.selectFrom('satisfaction').select('ticket_number').where('asked_at', '>=', from).where('asked_at', '<', to),
      );
    case 'reopened':
      return tickets.where('tickets.number', 'in', (eb) =>
        eb.selectFrom('ticket_events').select('ticket_number').where('event', '=', 'reopen').where('at', '>=', from).where('at', '<', to),
      );
  }
}

const TOPIC_IDS = new Map(Object.entries(TOPIC_NAMES).map(([id, name]) => [name, id as AnswerTopic]));

interface TicketRow {
  readonly number: string;
  readonly kind: string;
  readonly reason: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly topic: string | null;
  readonly point_path: string;
  readonly channel: string;
  readonly holder: string | null;
  readonly created_at: number;
  readonly claimed_at: number | null;
  readonly closed_at: number | null;
  readonly result: string | null;
  readonly score: string | null;
}

function factsOf(row: TicketRow): TicketFacts {
  const result = row.result === null ? null : (JSON.parse(row.result) as CaseResult);
  return {
    number: row.number,
    kind: row.kind as TicketKind,
    reason: row.reason as HandoffReason,
    state: row.state as TicketState,
    outcome: row.outcome as TicketOutcome | null,
    topic: TOPIC_IDS.get(row.topic ?? '') ?? null,
    pointPath: row.point_path,
    channel: row.channel,
    holder: row.holder,
    openedAt: row.created_at,
    claimedAt: row.claimed_at,
    closedAt: row.closed_at,
    referral: result?.referral ?? null,
    amount: result?.amount ?? null,
    agreed: result?.agreed ?? null,
    migrantWorker: result?.migrantWorker ?? false,
    score: row.score as SatisfactionScore | null,
  };
}

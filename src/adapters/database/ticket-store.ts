import type { Kysely } from 'kysely';
import type { HandoffReason, TicketKind } from '../../domain/answer.js';
import type { ServiceForm } from '../../domain/service-form.js';
import type { CaseResult, TicketEventType, TicketOutcome, TicketState } from '../../domain/ticket.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { StoredTicket, TicketHistoryEntry, TicketStore } from '../../handoff/ports.js';
import type { Database, TicketRow } from './schema.js';
import { keepConversation } from './unit-of-work.js';

const NOTHING_YET = {
  result: null,
  members: [],
  openedBy: null,
  pointPath: '/',
  wantedStaff: null,
  offeredTo: null,
  details: null,
  deadlineDay: null,
  dueAt: null,
  escalations: 0,
  claimedAt: null,
  repliedAt: null,
} as const;

const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Tickets over Kysely; `db` is the transaction of a unit of work. */
export function createTicketStore(db: Kysely<Database>): TicketStore {
  const addEvent = (number: string, event: TicketHistoryEntry['event'], staffId: string | null, at: number) =>
    db.insertInto('ticket_events').values({ ticket_number: number, event, staff_id: staffId, at }).execute();

  return {
    async open(ticket) {
      const day = DAY_IN_CHINA.format(ticket.createdAt).replaceAll('-', '');
      const { last } = await db
        .insertInto('ticket_numbers')
        .values({ day, last: 1 })
        .onConflict((conflict) => conflict.column('day').doUpdateSet((eb) => ({ last: eb('ticket_numbers.last', '+', 1) })))
        .returning('last')
        .executeTakeFirstOrThrow();
      const stored: StoredTicket = {
        ...NOTHING_YET,
        priority: ticket.reason === 'danger' ? 2 : 0,
        ...ticket,
        number: `${day}-${String(last).padStart(4, '0')}`,
        version: 1,
        updatedAt: ticket.createdAt,
      };
      await db.insertInto('tickets').values(toRow(stored)).execute();
      await addEvent(stored.number, 'open', null, ticket.createdAt);
      return stored;
    },
    async byNumber(number) {
      const row = await db.selectFrom('tickets').selectAll().where('number', '=', number).executeTakeFirst();
      return row ? ticketFromRow(row) : null;
    },
    async latestOf(conversationId) {
      const row = await db
        .selectFrom('tickets')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('created_at', 'desc')
        .orderBy('number', 'desc')
        .executeTakeFirst();
      return row ? ticketFromRow(row) : null;
    },
    async openOf(conversationId) {
      // where there is none, one is opened: nobody else does so meanwhile
      await keepConversation(db, conversationId);
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('state', '!=', 'closed')
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(ticketFromRow);
    },
    async list(filter) {
      const all = db.selectFrom('tickets').selectAll();
      if (filter === 'closed') {
        return (await all.where('state', '=', 'closed').orderBy('closed_at', 'desc').limit(200).execute()).map(ticketFromRow);
      }
      const open = all.where('state', '!=', 'closed');
      const rows = await (filter === 'open' ? open : open.where('holder', '=', filter.heldBy)).orderBy('created_at').execute();
      return rows.map(ticketFromRow).sort((a, b) => b.priority - a.priority || a.createdAt - b.createdAt);
    },
    async update(next, event, staffId, at) {
      await keepConversation(db, next.conversationId);
      const stored = { ...next, version: next.version + 1, updatedAt: at };
      const { number, ...changes } = toRow(stored);
      const result = await db
        .updateTable('tickets')
        .set(changes)
        .where('number', '=', number)
        .where('version', '=', next.version)
        .executeTakeFirst();
      if (result.numUpdatedRows !== 1n) return null;
      await addEvent(number, event, staffId, at);
      return stored;
    },
    async history(number) {
      const rows = await db.selectFrom('ticket_events').selectAll().where('ticket_number', '=', number).orderBy('id').execute();
      return rows.map((row) => ({ at: row.at, event: row.event as TicketEventType | 'open', staffId: row.staff_id }));
    },
  };
}

function toRow(ticket: StoredTicket): TicketRow {
  return {
    number: ticket.number,
    conversation_id: ticket.conversationId,
    kind: ticket.kind,
    reason: ticket.reason,
    state: ticket.state,
    holder: ticket.holder,
    handed_back: ticket.handedBack ? 1 : 0,
    outcome: ticket.outcome,
    closed_at: ticket.closedAt,
    note: ticket.note,
    brief: JSON.stringify(ticket.brief),
    version: ticket.version,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    result: ticket.result === null ? null : JSON.stringify(ticket.result),
    members: JSON.stringify(ticket.members),
    opened_by: ticket.openedBy,
    point_path: ticket.pointPath,
    wanted_staff: ticket.wantedStaff,
    offered_to: ticket.offeredTo,
    details: ticket.details === null ? null : JSON.stringify(ticket.details),
    priority: ticket.priority,
    deadline_day: ticket.deadlineDay,
    due_at: ticket.dueAt,
    escalations: ticket.escalations,
    claimed_at: ticket.claimedAt,
    replied_at: ticket.repliedAt,
    topic: ticket.brief.topic,
  };
}

export function ticketFromRow(row: TicketRow): StoredTicket {
  return {
    number: row.number,
    conversationId: row.conversation_id,
    kind: row.kind as TicketKind,
    reason: row.reason as HandoffReason,
    state: row.state as TicketState,
    holder: row.holder,
    handedBack: row.handed_back === 1,
    outcome: row.outcome as TicketOutcome | null,
    closedAt: row.closed_at,
    note: row.note,
    brief: JSON.parse(row.brief) as IntakeBrief,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    result: row.result === null ? null : (JSON.parse(row.result) as CaseResult),
    members: JSON.parse(row.members) as string[],
    openedBy: row.opened_by,
    pointPath: row.point_path,
    wantedStaff: row.wanted_staff,
    offeredTo: row.offered_to,
    details: row.details === null ? null : (JSON.parse(row.details) as ServiceForm),
    priority: row.priority as StoredTicket['priority'],
    deadlineDay: row.deadline_day,
    dueAt: row.due_at,
    escalations: row.escalations,
    claimedAt: row.claimed_at,
    repliedAt: row.replied_at,
  };
}

import type { Kysely } from 'kysely';
import type { HandoffReason, TicketKind } from '../../domain/answer.js';
import type { TicketEventType, TicketOutcome, TicketState } from '../../domain/ticket.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { StoredTicket, TicketHistoryEntry, TicketStore } from '../../handoff/ports.js';
import type { Database, TicketRow } from './schema.js';

const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Tickets over Kysely; `db` is the transaction of a unit of work. */
export function createTicketStore(db: Kysely<Database>): TicketStore {
  const addEvent = (number: string, event: TicketHistoryEntry['event'], staffId: string | null, at: number) =>
    db.insertInto('ticket_events').values({ ticket_number: number, event, staff_id: staffId, at }).execute();

  return {
    async open(ticket) {
      const day = DAY_IN_CHINA.format(ticket.createdAt).replaceAll('-', '');
      const last = await db
        .selectFrom('tickets')
        .select('number')
        .where('number', 'like', `${day}-%`)
        .orderBy((eb) => eb.fn('length', ['number']), 'desc')
        .orderBy('number', 'desc')
        .executeTakeFirst();
      const next = last === undefined ? 1 : Number(last.number.slice(day.length + 1)) + 1;
      const stored: StoredTicket = {
        ...ticket,
        number: `${day}-${String(next).padStart(4, '0')}`,
        version: 1,
        updatedAt: ticket.createdAt,
      };
      await db.insertInto('tickets').values(toRow(stored)).execute();
      await addEvent(stored.number, 'open', null, ticket.createdAt);
      return stored;
    },
    async byNumber(number) {
      const row = await db.selectFrom('tickets').selectAll().where('number', '=', number).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async latestOf(conversationId) {
      const row = await db
        .selectFrom('tickets')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('created_at', 'desc')
        .orderBy('number', 'desc')
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async openOf(conversationId) {
      const rows = await db
        .selectFrom('tickets')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('state', '!=', 'closed')
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(fromRow);
    },
    async list(filter) {
      const all = db.selectFrom('tickets').selectAll();
      if (filter === 'closed') {
        return (await all.where('state', '=', 'closed').orderBy('closed_at', 'desc').limit(200).execute()).map(fromRow);
      }
      const open = all.where('state', '!=', 'closed');
      const rows = await (filter === 'open' ? open : open.where('holder', '=', filter.heldBy)).orderBy('created_at').execute();
      return rows.map(fromRow).sort((a, b) => Number(b.reason === 'danger') - Number(a.reason === 'danger') || a.createdAt - b.createdAt);
    },
    async update(next, event, staffId, at) {
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
  };
}

function fromRow(row: TicketRow): StoredTicket {
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
  };
}

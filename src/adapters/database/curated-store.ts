import type { Kysely, Selectable } from 'kysely';
import type { ConsultationTopic } from '../../domain/answer.js';
import type { CuratedAnswer, CuratedStatus } from '../../domain/curated-answer.js';
import type { ProvisionRef } from '../../domain/law.js';
import type { CuratedStore } from '../../consultation/curated/ports.js';
import type { Database } from './schema.js';

type CuratedRow = Selectable<Database['curated_answers']>;

/** Answers that lawyers keep for questions that come again. */
export function createCuratedStore(db: Kysely<Database>): CuratedStore {
  return {
    async add(curated) {
      await db.insertInto('curated_answers').values(toRow(curated)).execute();
    },
    async byId(id) {
      const row = await db.selectFrom('curated_answers').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async list() {
      const rows = await db.selectFrom('curated_answers').selectAll().orderBy('proposed_at', 'desc').orderBy('id').execute();
      return rows.map(fromRow);
    },
    async move(next, from) {
      const { id, ...changes } = toRow(next);
      const result = await db
        .updateTable('curated_answers')
        .set(changes)
        .where('id', '=', id)
        .where('status', '=', from)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

function toRow(curated: CuratedAnswer): CuratedRow {
  return {
    id: curated.id,
    topic: curated.topic,
    asks: JSON.stringify(curated.asks),
    headline: curated.headline,
    points: JSON.stringify(curated.points),
    cites: JSON.stringify(curated.cites),
    checksums: JSON.stringify(curated.checksums),
    status: curated.status,
    ticket_number: curated.ticketNumber,
    author: curated.author,
    proposed_at: curated.proposedAt,
    approved_by: curated.approvedBy,
    approved_at: curated.approvedAt,
    ended_by: curated.endedBy,
    ended_at: curated.endedAt,
  };
}

function fromRow(row: CuratedRow): CuratedAnswer {
  return {
    id: row.id,
    topic: row.topic as ConsultationTopic,
    asks: JSON.parse(row.asks) as string[],
    headline: row.headline,
    points: JSON.parse(row.points) as string[],
    cites: JSON.parse(row.cites) as ProvisionRef[],
    checksums: JSON.parse(row.checksums) as Record<string, string>,
    status: row.status as CuratedStatus,
    ticketNumber: row.ticket_number,
    author: row.author,
    proposedAt: row.proposed_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
  };
}

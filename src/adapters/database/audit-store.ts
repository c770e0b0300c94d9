import type { Kysely } from 'kysely';
import { hashLine, NO_LINE } from '../../handoff/audit/ports.js';
import type { AuditLine, AuditStore, AuditTrail } from '../../handoff/audit/ports.js';
import type { Database } from './schema.js';
import { serially, unitOfWork } from './unit-of-work.js';

/**
 * Adds to the log in the transaction of a unit of work. Units of work that add follow one another from here on, so it comes
 * last in them: what else they keep is kept before.
 */
export function createAuditTrail(db: Kysely<Database>): AuditTrail {
  return {
    async append({ staffId, action, subject, detail }, at) {
      await serially(db, 'audit_log');
      const last = await db.selectFrom('audit_log').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
      const line = { seq: (last?.seq ?? 0) + 1, at, staffId, action, subject, detail: JSON.stringify(detail ?? {}) };
      const hash = hashLine(last?.hash ?? NO_LINE, line);
      await db
        .insertInto('audit_log')
        .values({ seq: line.seq, at, staff_id: staffId, action, subject, detail: line.detail, hash })
        .execute();
    },
  };
}

export function createAuditStore(db: Kysely<Database>): AuditStore {
  const all = () => db.selectFrom('audit_log').select(['seq', 'at', 'staff_id as staffId', 'action', 'subject', 'detail', 'hash']);
  return {
    append: (entry, at) => unitOfWork(db, (transaction) => createAuditTrail(transaction).append(entry, at)),
    async hasSince({ staffId, action, subject }, since) {
      const found = await db
        .selectFrom('audit_log')
        .select('seq')
        .where('subject', '=', subject)
        .where('action', '=', action)
        .where('staff_id', 'is not distinct from', staffId)
        .where('at', '>', since)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    list({ subject, staffId, action, from, to, before }, limit): Promise<AuditLine[]> {
      let lines = all();
      if (subject !== undefined) lines = lines.where('subject', '=', subject);
      if (staffId !== undefined) lines = lines.where((eb) => eb.or([eb('staff_id', '=', staffId), eb('subject', '=', `staff:${staffId}`)]));
      if (action !== undefined) lines = lines.where('action', '=', action);
      if (from !== undefined) lines = lines.where('at', '>=', from);
      if (to !== undefined) lines = lines.where('at', '<', to);
      if (before !== undefined) lines = lines.where('seq', '<', before);
      return lines.orderBy('seq', 'desc').limit(limit).execute();
    },
    after: (seq, limit) => all().where('seq', '>', seq).orderBy('seq').limit(limit).execute(),
  };
}

import { sql, type Kysely } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAuditStore } from '../../src/adapters/database/audit-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createAudit } from '../../src/handoff/audit/create-audit.js';
import type { AuditEntry, AuditStore } from '../../src/handoff/audit/ports.js';
import { verifyChain } from '../../src/handoff/audit/verify-chain.js';

/** The log of who did what, on every database. `allowChanges` takes away what forbids them, as only the database's owner can. */
export function auditContract(
  name: string,
  open: () => Promise<Kysely<Database>>,
  allowChanges: (db: Kysely<Database>) => Promise<void>,
): void {
  describe(`the audit log on ${name}`, () => {
    let db: Kysely<Database>;
    let store: AuditStore;
    const entry = (subject: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
      staffId: 'li',
      action: 'ticket-read',
      subject,
      ...more,
    });
    beforeEach(async () => {
      db = await open();
      store = createAuditStore(db);
      for (let i = 1; i <= 5; i++) await store.append(entry(`ticket:${String(i)}`, { detail: { n: i } }), 1000 + i);
    });

    it('is a chain from its first line on, also where many write at once', async () => {
      await Promise.all(Array.from({ length: 20 }, (_one, i) => store.append(entry(`ticket:at-once-${String(i)}`), 2000)));
      const report = await verifyChain(store);
      expect(report).toMatchObject({ ok: true, lines: 25 });
      expect((await store.after(0, 100)).map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_one, i) => i + 1));
    });

    it('cannot be changed, nor anything of it removed', async () => {
      const before = await store.after(0, 100);
      await expect(db.updateTable('audit_log').set({ subject: 'other' }).where('seq', '=', 2).execute()).rejects.toThrow(
        'only ever added to',
      );
      await expect(db.deleteFrom('audit_log').where('seq', '=', 5).execute()).rejects.toThrow('only ever added to');
      const again = { seq: 2, at: 0, staff_id: null, action: 'x', subject: 'other', detail: '{}', hash: '' };
      await expect(db.insertInto('audit_log').values(again).execute()).rejects.toThrow();
      expect(await store.after(0, 100)).toEqual(before);
    });

    it('tells where it was changed, or a line taken out, by somebody who got around that', async () => {
      const end = await verifyChain(store);
      await allowChanges(db);
      await sql`update audit_log set detail = '{"n":9}' where seq = 3`.execute(db);
      expect(await verifyChain(store)).toEqual({ ok: false, lines: 2, brokenAt: 3, why: 'changed' });
      await sql`update audit_log set detail = '{"n":3}' where seq = 3`.execute(db);
      expect(await verifyChain(store)).toEqual(end);
      await sql`delete from audit_log where seq = 2`.execute(db);
      expect(await verifyChain(store)).toEqual({ ok: false, lines: 1, brokenAt: 2, why: 'missing' });
    });

    it('tells that its end was cut off, or all of it written anew, by a line that was noted elsewhere', async () => {
      const before = await verifyChain(store);
      const anchor = before.ok ? before.last : null;
      expect(await verifyChain(store, anchor)).toEqual(before);
      await allowChanges(db);
      await sql`delete from audit_log where seq = 5`.execute(db);
      expect((await verifyChain(store)).ok).toBe(true);
      expect(await verifyChain(store, anchor)).toEqual({ ok: false, lines: 4, brokenAt: 5, why: 'missing' });
      await store.append(entry('ticket:other'), 1005);
      expect(await verifyChain(store, anchor)).toEqual({ ok: false, lines: 4, brokenAt: 5, why: 'anchor' });
    });

    it('has one line for reading the same again within ten minutes', async () => {
      let clock = 1_000_000;
      const audit = createAudit(store, () => clock);
      for (const minutes of [0, 1, 8, 2, 0]) {
        clock += minutes * 60_000;
        await audit.recordReading(entry('ticket:20261124-0001'));
      }
      await audit.recordReading(entry('ticket:20261124-0001', { staffId: 'zhao' }));
      const lines = await audit.list({ subject: 'ticket:20261124-0001' }, 10);
      expect(lines.map(({ staffId }) => staffId)).toEqual(['zhao', 'li', 'li']);
    });

    it('is filtered by ticket, person, action and time, newest first', async () => {
      await store.append(entry('staff:li', { staffId: 'boss', action: 'account-block' }), 5000);
      const seqs = async (filter: Parameters<AuditStore['list']>[0]): Promise<number[]> =>
        (await store.list(filter, 10)).map(({ seq }) => seq);
      expect(await seqs({ subject: 'ticket:3' })).toEqual([3]);
      expect(await seqs({ action: 'account-block' })).toEqual([6]);
      expect(await seqs({ from: 1002, to: 1004 })).toEqual([3, 2]);
      expect(await seqs({ before: 3 })).toEqual([2, 1]);
      // what somebody did, and what was done to them
      expect(await seqs({ staffId: 'li' })).toEqual([6, 5, 4, 3, 2, 1]);
      expect(await seqs({ staffId: 'boss' })).toEqual([6]);
    });
  });
}

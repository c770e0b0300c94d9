import { sql } from 'kysely';
import { accountsContract } from '../contracts/accounts.contract.js';
import { auditContract } from '../contracts/audit.contract.js';
import { onEachDatabase } from '../support/each-database.js';

onEachDatabase(({ name, open }) => {
  accountsContract(name, () => open());
  auditContract(
    name,
    () => open(),
    async (db) => {
      if (name === 'PostgreSQL') await sql`drop trigger audit_log_kept on audit_log`.execute(db);
      else for (const change of ['update', 'delete']) await sql`drop trigger ${sql.ref(`audit_log_no_${change}`)}`.execute(db);
    },
  );
});

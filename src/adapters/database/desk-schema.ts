import { PostgresAdapter, sql, type Kysely } from 'kysely';

/** Tables of organisation, accounts, tickets' papers, personal data and figures. Times are milliseconds since the epoch. */
export interface DeskTables {
  service_points: {
    code: string;
    name: string;
    tier: string;
    parent: string | null;
    path: string;
    township: string | null;
    address: string;
    phone: string;
    latitude: number | null;
    longitude: number | null;
    hours: string;
    active: number;
    updated_at: number;
  };
  /** Who is on duty when; one row a shift. */
  duty_shifts: { id: string; staff_id: string; point_code: string; starts_at: number; ends_at: number; made_by: string; made_at: number };
  /** Days (ISO, both included) on which somebody is away, and who stands in. */
  absences: { id: string; staff_id: string; from_day: string; to_day: string; deputy: string | null; reason: string; made_at: number };
  /** Wrong passwords and codes in a row, by login, so that a restart does not forget them. */
  login_failures: { login: string; failures: number; locked_until: number; at: number };
  /** Who did what: only ever added to. `hash` covers the row and the hash before it. */
  audit_log: {
    seq: number;
    at: number;
    staff_id: string | null;
    action: string;
    /** What it was done to: "ticket:20261124-0001", "staff:ID". */
    subject: string;
    /** JSON; ids, names of fields, numbers: never what people wrote. */
    detail: string;
    hash: string;
  };
  ticket_numbers: { day: string; last: number };
  ticket_notes: { id: string; ticket_number: string; staff_id: string; text: string; at: number };
  canned_replies: {
    id: string;
    title: string;
    text: string;
    topic: string | null;
    /** Null: for everybody. */
    owner: string | null;
    updated_by: string;
    updated_at: number;
    /** Versions before, newest first, as JSON. */
    history: string;
    removed_at: number | null;
  };
  attachments: {
    id: string;
    conversation_id: string;
    /** The message that brought it. */
    message_id: number | null;
    /** Null: by the citizen. */
    staff_id: string | null;
    name: string;
    type: string;
    size: number;
    sha256: string;
    at: number;
    erased_at: number | null;
  };
  /** A form that is being filled in, a question at a time. */
  open_forms: { conversation_id: string; form: string; answers: string; step: string; at: number };
  consents: { conversation_id: string; version: string; state: string; at: number };
  /** What a person wants us to know of them: name, phone, village; asked for or corrected. */
  profiles: { conversation_id: string; name: string; phone: string; village: string; address: string; updated_at: number };
  satisfaction: {
    ticket_number: string;
    /** The message that asked. */
    message_id: number | null;
    asked_at: number;
    score: string | null;
    words: string;
    at: number | null;
  };
  erasures: { id: string; scope: string; subject: string; counts: string; by_staff: string | null; at: number };
  /** What staff are told at the desk. */
  notices: { id: string; staff_id: string; ticket_number: string | null; text: string; at: number; read_at: number | null };
  settings: { id: string; key: string; value: string; staff_id: string | null; at: number };
  /** One row a turn of the bot, without anything a person wrote: what the bureau's figures count. */
  turns: {
    message_id: number;
    conversation_id: string;
    at: number;
    channel: string;
    /** Kind of the answer; "held": a lawyer had the conversation. */
    kind: string;
    reason: string | null;
    topic: string | null;
    point_path: string;
    ticket_number: string | null;
  };
}

/** Migration 0007. */
export async function createDeskTables(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('service_points')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('tier', 'text', (column) => column.notNull())
    .addColumn('parent', 'text')
    .addColumn('path', 'text', (column) => column.notNull().unique())
    .addColumn('township', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('latitude', 'double precision')
    .addColumn('longitude', 'double precision')
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('duty_shifts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.id'))
    .addColumn('point_code', 'text', (column) => column.notNull().references('service_points.code'))
    .addColumn('starts_at', 'bigint', (column) => column.notNull())
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('duty_shifts_by_time').on('duty_shifts').columns(['ends_at', 'starts_at']).execute();
  await schema
    .createTable('absences')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.id'))
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('to_day', 'text', (column) => column.notNull())
    .addColumn('deputy', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('absences_by_day').on('absences').columns(['to_day', 'from_day']).execute();
  await schema
    .createTable('login_failures')
    .addColumn('login', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('locked_until', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('audit_log')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('staff_id', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('audit_log_by_subject').on('audit_log').columns(['subject', 'seq']).execute();
  await schema.createIndex('audit_log_by_staff').on('audit_log').columns(['staff_id', 'seq']).execute();
  await schema.createIndex('audit_log_by_time').on('audit_log').columns(['at']).execute();
  await forbidChangesOfAuditLog(db);
  await schema
    .createTable('ticket_numbers')
    .addColumn('day', 'text', (column) => column.primaryKey())
    .addColumn('last', 'integer', (column) => column.notNull())
    .execute();
  await schema
    .createTable('ticket_notes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ticket_number', 'text', (column) => column.notNull().references('tickets.number'))
    .addColumn('staff_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('ticket_notes_by_ticket').on('ticket_notes').columns(['ticket_number', 'at']).execute();
  await schema
    .createTable('canned_replies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('topic', 'text')
    .addColumn('owner', 'text')
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('history', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'bigint')
    .execute();
  await schema
    .createTable('attachments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('message_id', 'integer')
    .addColumn('staff_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('erased_at', 'bigint')
    .execute();
  await schema.createIndex('attachments_by_conversation').on('attachments').columns(['conversation_id', 'at']).execute();
  await schema
    .createTable('open_forms')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversations.id'))
    .addColumn('form', 'text', (column) => column.notNull())
    .addColumn('answers', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('consents')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversations.id'))
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('profiles')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversations.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('village', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('satisfaction')
    .addColumn('ticket_number', 'text', (column) => column.primaryKey().references('tickets.number'))
    .addColumn('message_id', 'integer')
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('score', 'text')
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint')
    .execute();
  await schema
    .createTable('erasures')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('by_staff', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('notices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull())
    .addColumn('ticket_number', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('read_at', 'bigint')
    .execute();
  await schema.createIndex('notices_by_staff').on('notices').columns(['staff_id', 'at']).execute();
  await schema
    .createTable('settings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('staff_id', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('settings_by_key').on('settings').columns(['key', 'at']).execute();
  await schema
    .createTable('turns')
    .addColumn('message_id', 'integer', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('topic', 'text')
    .addColumn('point_path', 'text', (column) => column.notNull())
    .addColumn('ticket_number', 'text')
    .execute();
  await schema.createIndex('turns_by_time').on('turns').columns(['at']).execute();

  const add = (table: string): ReturnType<typeof schema.alterTable> => schema.alterTable(table);
  await add('conversations').addColumn('service_point', 'text').execute();
  await add('outbox').addColumn('read_at', 'bigint').execute();
  await add('tickets').addColumn('result', 'text').execute();
  await add('tickets')
    .addColumn('members', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await add('tickets').addColumn('opened_by', 'text').execute();
  await add('tickets')
    .addColumn('point_path', 'text', (column) => column.notNull().defaultTo('/'))
    .execute();
  await add('tickets').addColumn('wanted_staff', 'text').execute();
  await add('tickets').addColumn('offered_to', 'text').execute();
  await add('tickets').addColumn('details', 'text').execute();
  await add('tickets')
    .addColumn('priority', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await add('tickets').addColumn('deadline_day', 'text').execute();
  await add('tickets').addColumn('due_at', 'bigint').execute();
  await add('tickets')
    .addColumn('escalations', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await add('tickets').addColumn('claimed_at', 'bigint').execute();
  await add('tickets').addColumn('replied_at', 'bigint').execute();
  await add('tickets').addColumn('topic', 'text').execute();
  await schema.createIndex('tickets_by_holder').on('tickets').columns(['holder', 'state']).execute();
  await schema.createIndex('tickets_by_place').on('tickets').columns(['state', 'priority', 'created_at']).execute();
  await schema.createIndex('tickets_by_due').on('tickets').columns(['state', 'due_at']).execute();
  await schema.createIndex('tickets_by_closing').on('tickets').columns(['closed_at']).execute();
  await schema.createIndex('tickets_by_opening').on('tickets').columns(['created_at']).execute();
  await schema.createIndex('ticket_events_by_time').on('ticket_events').columns(['event', 'at']).execute();
  await schema.createIndex('satisfaction_by_time').on('satisfaction').columns(['asked_at']).execute();
  // the queue is read in this order; whoever counts in it reads the index alone
  await sql`create index tickets_in_queue on tickets (priority desc, created_at, number, state, kind, point_path, holder, opened_by,
    members, offered_to, wanted_staff, due_at, deadline_day, topic) where state <> 'closed'`.execute(db);
  await sql`create index tickets_done on tickets (closed_at desc, number desc, kind, point_path, holder, opened_by, members, topic)
    where closed_at is not null`.execute(db);
  await sql`create index tickets_with_members on tickets (number) where members <> '[]'`.execute(db);
  await schema.createIndex('tickets_by_opener').on('tickets').columns(['opened_by']).execute();
  await sql`update tickets set priority = 2 where reason = 'danger'`.execute(db);
  const older = await sql<{ number: string; brief: string }>`select number, brief from tickets`.execute(db);
  for (const { number, brief } of older.rows) {
    const { topic } = JSON.parse(brief) as { readonly topic?: string | null };
    await sql`update tickets set topic = ${topic ?? null} where number = ${number}`.execute(db);
  }
  await sql`insert into ticket_numbers (day, last)
    select substr(number, 1, 8), max(cast(substr(number, 10) as integer)) from tickets group by substr(number, 1, 8)`.execute(db);

  await add('staff')
    .addColumn('roles', 'text', (column) => column.notNull().defaultTo('["lawyer"]'))
    .execute();
  await add('staff').addColumn('service_point', 'text').execute();
  await add('staff')
    .addColumn('reach', 'text', (column) => column.notNull().defaultTo('/'))
    .execute();
  await add('staff')
    .addColumn('skills', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await add('staff')
    .addColumn('phone', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await add('staff').addColumn('blocked_at', 'bigint').execute();
  await add('staff').addColumn('totp_secret', 'text').execute();
  await add('staff').addColumn('totp_since', 'bigint').execute();
  await add('staff')
    .addColumn('totp_step', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await add('staff')
    .addColumn('recovery_codes', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  // the first account ran everything alone
  await sql`update staff set roles = '["lawyer","mediator","operator","officer","admin"]'
    where id = (select id from staff order by created_at, login limit 1)`.execute(db);
  await add('staff_sessions')
    .addColumn('id', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await add('staff_sessions')
    .addColumn('created_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await add('staff_sessions')
    .addColumn('seen_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await add('staff_sessions')
    .addColumn('device', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await add('staff_sessions')
    .addColumn('address', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  // sessions of before have no number by which they could be listed
  await sql`delete from staff_sessions`.execute(db);
}

/** Whatever connects: the log can be added to, and nothing else. */
async function forbidChangesOfAuditLog(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create function refuse_audit_change() returns trigger language plpgsql as $$
      begin raise exception 'audit_log is only ever added to'; end $$`.execute(db);
    await sql`create trigger audit_log_kept before update or delete or truncate on audit_log
      for each statement execute function refuse_audit_change()`.execute(db);
    return;
  }
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_log_no_${change}`)} before ${sql.raw(change)} on audit_log
      begin select raise(abort, 'audit_log is only ever added to'); end`.execute(db);
  }
  // "insert or replace" would take a line's place without being a change of it
  await sql`create trigger audit_log_no_replace before insert on audit_log
    when exists (select 1 from audit_log where seq = new.seq)
    begin select raise(abort, 'audit_log is only ever added to'); end`.execute(db);
}

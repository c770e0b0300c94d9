import { sql, type Kysely } from 'kysely';

type Row = Readonly<Record<string, string | number | null>>;

const AT = Date.UTC(2026, 10, 23, 2);
const BRIEF = '{"question":"老板不发工资","topic":null,"facts":[],"botSaid":"","provisions":[],"channel":"网页"}';
const text = (words: string): string => JSON.stringify({ type: 'text', text: words });

/**
 * Rows as they were stored when a migration was the newest one, by table: a conversation with a lawyer, and what each later
 * schema added. Each migration has its own; a new one adds here what it made room for.
 */
export const ROWS_BY_MIGRATION: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>> = {
  '0001-first': {
    conversations: [
      { id: 'c1', channel: 'web', conversation_key: 'wang', state: null, created_at: AT },
      { id: 'c2', channel: 'telegram', conversation_key: 'zhang', state: null, created_at: AT },
    ],
    staff: [{ id: 'li', login: 'li', name: '李律师', password_hash: 'x', must_change: 0, created_at: AT }],
    messages: [
      { conversation_id: 'c1', author: 'citizen', staff_id: null, body: text('老板不发工资'), at: AT },
      { conversation_id: 'c1', author: 'staff', staff_id: 'li', body: text('请带工资条来'), at: AT + 1 },
      { conversation_id: 'c2', author: 'citizen', staff_id: null, body: text('在吗'), at: AT + 2 },
    ],
    inbox: [
      {
        message_id: 1,
        channel: 'web',
        external_key: 'k1',
        conversation_id: 'c1',
        content: text('老板不发工资'),
        state: 'done',
        attempts: 0,
      },
      {
        message_id: 3,
        channel: 'telegram',
        external_key: 'k3',
        conversation_id: 'c2',
        content: text('在吗'),
        state: 'pending',
        attempts: 1,
      },
    ],
    outbox: [{ message_id: 2, conversation_id: 'c1', channel: 'web', in_reply_to: null, state: 'waiting', delivered_at: null }],
    tickets: [
      {
        number: '20261123-0007',
        conversation_id: 'c1',
        kind: 'consultation',
        reason: 'human-wanted',
        state: 'answered',
        holder: 'li',
        handed_back: 0,
        outcome: null,
        closed_at: null,
        note: null,
        brief: BRIEF,
        version: 3,
        created_at: AT,
        updated_at: AT + 1,
      },
    ],
    ticket_events: [
      { ticket_number: '20261123-0007', event: 'open', staff_id: null, at: AT },
      { ticket_number: '20261123-0007', event: 'claim', staff_id: 'li', at: AT + 1 },
    ],
    staff_replies: [{ external_key: 'li:click', message_id: 2 }],
  },
  '0002-verifications': {
    verifications: [{ key: '某条例#第一条', digest: 'd', verified_by: '李律师', verified_on: '2026-11-23', against: '某文号', at: AT }],
    figure_values: [{ slot: 'wage', value: 2330.5, source: '某文号', source_date: '2026-01-01', entered_by: '李律师', at: AT }],
  },
  '0003-feedback': {
    feedback: [{ message_id: 2, conversation_id: 'c1', verdict: 'useful', reasons: '[]', remark: '', at: AT }],
  },
  '0004-curated-answers': {
    curated_answers: [
      {
        id: 'a1',
        topic: '工资与劳动关系',
        asks: '["老板不发工资"]',
        headline: '可以投诉',
        points: '[]',
        cites: '[]',
        checksums: '{}',
        status: 'proposed',
        ticket_number: '20261123-0007',
        author: 'li',
        proposed_at: AT,
        approved_by: null,
        approved_at: null,
        ended_by: null,
        ended_at: null,
      },
    ],
  },
  '0005-delivery': {
    people: [{ id: 'p1', created_at: AT }],
    identities: [{ conversation_id: 'c1', person_id: 'p1', linked_at: AT }],
    link_codes: [{ code_hash: 'h', conversation_id: 'c1', expires_at: AT + 1000, used_at: null }],
    code_tries: [{ scope: 's', at: AT }],
    pickup_codes: [{ code_hash: 'h', conversation_id: 'c1', expires_at: AT + 1000, revoked_at: null, wrong_digits: 1, locked_until: 0 }],
    conversation_aliases: [{ channel: 'web', conversation_key: 'wang-2', conversation_id: 'c1' }],
  },
  '0006-telegram': {
    telegram_chat_moves: [{ old_id: '-5', new_id: '-1005' }],
    telegram_staff: [{ user_id: '77', staff_id: 'li', linked_at: AT }],
    telegram_link_codes: [{ code_hash: 'h', staff_id: 'li', expires_at: AT }],
    telegram_cards: [
      { ticket_number: '20261123-0007', chat_id: '-1005', message_id: 7, thread_id: null, digest: 'd', shown_up_to: 2, final: 0 },
    ],
    telegram_posts: [{ chat_id: '-1005', message_id: 7, ticket_number: '20261123-0007' }],
    telegram_pointers: [{ conversation_key: 'group:1', user_id: '77', pointed_at: AT }],
    telegram_continued: [{ user_id: '77', conversation_key: 'group:1', at: AT }],
  },
  '0007-desk': {
    ticket_numbers: [{ day: '20261123', last: 7 }],
    service_points: [
      {
        code: 'centre',
        name: '市中心',
        tier: 'county',
        parent: null,
        path: '/centre/',
        township: null,
        address: '',
        phone: '',
        latitude: 30.41,
        longitude: null,
        hours: '',
        active: 1,
        updated_at: AT,
      },
    ],
    ticket_notes: [{ id: 'n1', ticket_number: '20261123-0007', staff_id: 'li', text: '等工资条', at: AT }],
    attachments: [
      {
        id: 'f1',
        conversation_id: 'c1',
        message_id: 1,
        staff_id: null,
        name: '工资条.jpg',
        type: 'image/jpeg',
        size: 5_000_000,
        sha256: 'x',
        at: AT,
        erased_at: null,
      },
    ],
    profiles: [{ conversation_id: 'c1', name: '王某', phone: '', village: '', address: '', updated_at: AT }],
    audit_log: [{ seq: 1, at: AT, staff_id: 'li', action: 'claim', subject: 'ticket:20261123-0007', detail: '{}', hash: 'x' }],
  },
  // another order of the queue: an index, no rows of its own
  '0008-queue-turn': {},
};

/** Stores the rows of every migration up to one. */
export async function storeRowsUpTo(db: Kysely<unknown>, last: string): Promise<void> {
  for (const [migration, tables] of Object.entries(ROWS_BY_MIGRATION)) {
    if (migration > last) return;
    for (const [table, rows] of Object.entries(tables)) {
      for (const row of rows) {
        const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
        await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db);
      }
    }
  }
}

/** Every row that `storeRowsUpTo` has stored, with the columns that it had then, in the order of being stored. */
export async function readRowsUpTo(db: Kysely<unknown>, last: string): Promise<Record<string, unknown[]>> {
  const read: Record<string, unknown[]> = {};
  for (const [migration, tables] of Object.entries(ROWS_BY_MIGRATION)) {
    if (migration > last) break;
    for (const [table, rows] of Object.entries(tables)) {
      const columns = Object.keys(rows[0] ?? {});
      const result = await sql`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)} order by 1`.execute(
        db,
      );
      read[table] = result.rows;
    }
  }
  return read;
}

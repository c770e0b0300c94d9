import type { Generated, Insertable, Selectable } from 'kysely';

/** Tables. Times are milliseconds since the epoch; `json` columns hold text. */
export interface Database {
  conversations: {
    id: string;
    channel: string;
    conversation_key: string;
    /** ConsultationState as JSON; null before the first turn. */
    state: string | null;
    created_at: number;
  };
  messages: {
    id: Generated<number>;
    conversation_id: string;
    author: string;
    staff_id: string | null;
    body: string;
    at: number;
  };
  /** What came in: one row per citizen's message, done when its answer is stored. */
  inbox: {
    message_id: number;
    channel: string;
    external_key: string;
    conversation_id: string;
    content: string;
    state: 'pending' | 'done';
    attempts: number;
  };
  /** What has to go out: delivered when the channel has handed it over. */
  outbox: {
    message_id: number;
    conversation_id: string;
    channel: string;
    /** The inbound message that this answers; one answer each. Null for lawyers' messages and events. */
    in_reply_to: number | null;
    state: 'waiting' | 'delivered';
    delivered_at: number | null;
  };
  tickets: {
    number: string;
    conversation_id: string;
    kind: string;
    reason: string;
    state: string;
    holder: string | null;
    handed_back: number;
    outcome: string | null;
    closed_at: number | null;
    note: string | null;
    brief: string;
    version: number;
    created_at: number;
    updated_at: number;
  };
  ticket_events: {
    id: Generated<number>;
    ticket_number: string;
    event: string;
    staff_id: string | null;
    at: number;
  };
  /** Replies by staff already taken, by the page's own key, so that a repeated click is one reply. */
  staff_replies: {
    external_key: string;
    message_id: number;
  };
  staff: {
    id: string;
    login: string;
    name: string;
    password_hash: string;
    must_change: number;
    created_at: number;
  };
  staff_sessions: {
    token_hash: string;
    staff_id: string;
    csrf: string;
    expires_at: number;
  };
}

export type MessageRow = Selectable<Database['messages']>;
export type TicketRow = Selectable<Database['tickets']>;
export type NewTicketRow = Insertable<Database['tickets']>;

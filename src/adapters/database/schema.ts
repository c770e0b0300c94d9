import type { Generated, Insertable, Selectable } from 'kysely';
import type { DeskTables } from './desk-schema.js';
import type { TelegramTables } from './telegram-schema.js';

/** Tables. Times are milliseconds since the epoch; `json` columns hold text. */
export interface Database extends TelegramTables, DeskTables {
  conversations: {
    id: string;
    channel: string;
    conversation_key: string;
    /** ConsultationState as JSON; null before the first turn. */
    state: string | null;
    /** Code of the service point whose QR code was scanned, or whose kiosk it is. */
    service_point: Generated<string | null>;
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
    state: 'waiting' | 'delivered' | 'failed';
    delivered_at: number | null;
    /** Tries that the channel put off. */
    attempts: Generated<number>;
    /** Parts of a long message that the channel has accepted. */
    parts_sent: Generated<number>;
    /** Not to be tried before. */
    not_before: Generated<number | null>;
    /** The last inbound message when the channel refused; a later one opens it again. */
    closed_after: Generated<number | null>;
    /** Why it failed, or was put off. */
    failed_reason: Generated<string | null>;
    /** The copy in another conversation of the same person, by which it goes on. */
    forwarded_to: Generated<number | null>;
    /** When the person saw it, where the channel tells. */
    read_at: Generated<number | null>;
  };
  /** Somebody who has shown, by a code, that several conversations are theirs. */
  people: {
    id: string;
    created_at: number;
  };
  identities: {
    conversation_id: string;
    person_id: string;
    linked_at: number;
  };
  link_codes: {
    /** SHA-256 in hex, as everywhere where a code is kept. */
    code_hash: string;
    conversation_id: string;
    expires_at: number;
    used_at: number | null;
  };
  /** What is counted to keep guessing slow, by scope. */
  code_tries: {
    id: Generated<number>;
    scope: string;
    at: number;
  };
  pickup_codes: {
    code_hash: string;
    conversation_id: string;
    expires_at: number;
    revoked_at: number | null;
    wrong_digits: number;
    locked_until: number;
  };
  /** Further keys of a conversation: another device that goes on with it. */
  conversation_aliases: {
    channel: string;
    conversation_key: string;
    conversation_id: string;
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
    /** CaseResult as JSON. */
    result: string | null;
    /** Staff ids as JSON. */
    members: string;
    opened_by: string | null;
    point_path: string;
    /** The lawyer whom the person picked. */
    wanted_staff: string | null;
    /** Whom routing offered it to. */
    offered_to: string | null;
    /** ServiceForm as JSON. */
    details: string | null;
    /** 2: danger; 1: a time limit is near; 0. */
    priority: number;
    /** Last ISO day of the nearest time limit. */
    deadline_day: string | null;
    /** By when it is to be claimed. */
    due_at: number | null;
    escalations: number;
    /** First claim and first reply. */
    claimed_at: number | null;
    replied_at: number | null;
    /** Of the brief, as it is called. */
    topic: string | null;
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
    /** Role[] as JSON. */
    roles: string;
    service_point: string | null;
    /** Path of the service point; "/" reaches everything. */
    reach: string;
    /** Topics as JSON. */
    skills: string;
    phone: string;
    blocked_at: number | null;
    /** Base32; holds from `totp_since` on. */
    totp_secret: string | null;
    totp_since: number | null;
    /** Time step of the last code that was used: none is good twice. */
    totp_step: Generated<number>;
    /** Hashes of the codes that stand in for a lost second factor, as JSON; a used one is gone. */
    recovery_codes: Generated<string>;
  };
  /** Statements of the pack, known at second hand, that a lawyer has found right. */
  verifications: {
    key: string;
    digest: string;
    verified_by: string;
    verified_on: string;
    against: string;
    at: number;
  };
  /** Yearly and regional figures as they were entered; the newest of a slot counts, the others are its history. */
  figure_values: {
    id: Generated<number>;
    slot: string;
    value: number;
    source: string;
    source_date: string;
    entered_by: string;
    at: number;
  };
  /** What people said of answers: one row a message, the last counts. */
  feedback: {
    message_id: number;
    conversation_id: string;
    verdict: string;
    /** FeedbackReason[] as JSON. */
    reasons: string;
    /** Masked. */
    remark: string;
    at: number;
  };
  curated_answers: {
    id: string;
    topic: string;
    /** string[] as JSON, as are points. */
    asks: string;
    headline: string;
    points: string;
    /** ProvisionRef[] as JSON. */
    cites: string;
    /** Checksum by provision key as JSON. */
    checksums: string;
    status: string;
    ticket_number: string;
    author: string;
    proposed_at: number;
    approved_by: string | null;
    approved_at: number | null;
    ended_by: string | null;
    ended_at: number | null;
  };
  staff_sessions: {
    token_hash: string;
    staff_id: string;
    csrf: string;
    expires_at: number;
    /** By which it is listed and ended. */
    id: string;
    created_at: number;
    seen_at: number;
    device: string;
    address: string;
  };
}

export type MessageRow = Selectable<Database['messages']>;
export type TicketRow = Selectable<Database['tickets']>;
export type NewTicketRow = Insertable<Database['tickets']>;

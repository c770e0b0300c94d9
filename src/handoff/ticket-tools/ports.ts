import type { Clearance } from '../../domain/access.js';
import type { TicketKind } from '../../domain/answer.js';
import type {
  AttachmentView,
  CannedVersionView,
  NoteView,
  PaperState,
  QueueQuery,
  QueueView,
  RunningDeadline,
  TicketExtras,
} from '../../domain/desk-views.js';
import type { Message } from '../../domain/message.js';
import type { ReplyValues } from '../../domain/reply-variables.js';
import type { ServicePoint } from '../../domain/service-point.js';
import type { Referral } from '../../domain/ticket.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { Actor, StoredTicket } from '../ports.js';

/** The queue, as the desk pages through it. */
export interface QueueReader {
  /**
   * A page of what a member of staff may read, most urgent first, closed ones newest first.
   * @param at milliseconds since the epoch; decides what is overdue
   * @throws BaimiError `bad-request` for a cursor that is none of ours
   */
  page(staff: Clearance, query: QueueQuery, at: number): Promise<QueueView>;
  /** Townships that have open tickets which they may read, by name. */
  townships(staff: Clearance): Promise<{ readonly code: string; readonly name: string }[]>;
}

export interface StoredNote {
  readonly id: string;
  readonly ticketNumber: string;
  readonly staffId: string;
  readonly text: string;
  readonly at: number;
}

/** Notes of colleagues on a ticket; never shown to the citizen. */
export interface NoteStore {
  /** The same id again is the same note. */
  add(note: StoredNote): Promise<StoredNote>;
  /** Oldest first. */
  of(ticketNumber: string): Promise<StoredNote[]>;
}

export interface CannedReply {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly topic: string | null;
  /** Staff id; null: everybody's. */
  readonly owner: string | null;
  readonly updatedBy: string | null;
  readonly updatedAt: number;
  /** Versions before, newest first. */
  readonly history: readonly CannedVersion[];
}

/** `replacedBy` is a staff id here. */
export type CannedVersion = CannedVersionView;

export interface CannedStore {
  all(): Promise<CannedReply[]>;
  /** Ids of those that were removed. */
  removed(): Promise<ReadonlySet<string>>;
  put(reply: CannedReply): Promise<void>;
  /** Removes one; what of the pack was removed stays removed. */
  remove(reply: CannedReply, at: number): Promise<void>;
}

/** Replies written once for many: one's own, and everybody's. */
export interface CannedReplies {
  /** One's own and the shared ones, by title. */
  list(staffId: string): Promise<CannedReply[]>;
  history(by: Clearance, id: string): Promise<readonly CannedVersion[] | null>;
  /** @throws BaimiError `forbidden`, `not-found`, `bad-request` */
  save(by: Clearance, reply: NewCannedReply): Promise<CannedReply>;
  /** @throws BaimiError `forbidden`, `not-found` */
  remove(by: Clearance, id: string): Promise<void>;
  mayEdit(by: Clearance, reply: Pick<CannedReply, 'owner'>): boolean;
}

export interface NewCannedReply {
  /** Left out: a new one. */
  readonly id?: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly topic: string | null;
  readonly shared: boolean;
}

/** Where a ticket's place is looked up. */
export interface PointReader {
  byPath(path: string): Promise<Pick<ServicePoint, 'code' | 'name' | 'phone' | 'address'> | null>;
  byCode(code: string): Promise<Pick<ServicePoint, 'code' | 'name' | 'path'> | null>;
}

/** A file of a conversation. */
export interface StoredAttachment extends Omit<AttachmentView, 'by'> {
  readonly conversationId: string;
  /** Null: by the citizen. */
  readonly staffId: string | null;
  readonly sha256: string;
}

export interface AttachmentStore {
  /**
   * Adds a file unless the conversation holds too many, or too much.
   * @returns why not; null: it was added
   */
  add(
    file: StoredAttachment,
    limits: { readonly mostFiles: number; readonly mostBytesTogether: number },
  ): Promise<'too-many' | 'too-much' | null>;
  /** The message that brought it. */
  setMessage(id: string, messageId: number): Promise<void>;
  byId(id: string): Promise<StoredAttachment | null>;
  /** Oldest first, those erased left out. */
  of(conversationId: string): Promise<StoredAttachment[]>;
}

/** What a file is, by its content. */
export interface KeptFile {
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** Where the bytes lie: outside of every folder that is served. */
export interface AttachmentFiles {
  /**
   * Takes in a file, looks at its content, and keeps it only where it is of a kind that is accepted.
   * @throws BaimiError `bad-request` in words for who sent it: too large, empty, of no accepted kind
   */
  keep(id: string, content: AsyncIterable<Uint8Array>, mostBytes: number): Promise<KeptFile>;
  /** @throws BaimiError `not-found` where it is gone */
  open(id: string): Promise<NodeJS.ReadableStream>;
  remove(id: string): Promise<void>;
}

export interface NewAttachment {
  readonly conversationId: string;
  readonly staffId: string | null;
  /** As the sender's device calls it. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

export interface Attachments {
  /** @throws BaimiError `bad-request` in words: too large, too many, of a kind that is not accepted */
  add(file: NewAttachment): Promise<StoredAttachment>;
  /** A citizen's file, which is a message of theirs too. @param receive hands the message in */
  addFromCitizen(
    file: Omit<NewAttachment, 'staffId'>,
    receive: (media: string, file: StoredAttachment) => Promise<number>,
  ): Promise<StoredAttachment>;
  of(conversationId: string): Promise<StoredAttachment[]>;
  byId(id: string): Promise<StoredAttachment | null>;
  open(id: string): Promise<NodeJS.ReadableStream>;
}

/** What tools say of a ticket's matter; the consultation knows. Days are ISO days in China. */
export interface MatterReader {
  deadlines(brief: IntakeBrief, day: string): RunningDeadline[];
  papers(matter: { readonly brief: IntakeBrief; readonly kind: TicketKind; readonly words: readonly string[] }, day: string): PaperState[];
}

/** A ticket as whoever reads it has it before them. */
export interface TicketBefore {
  readonly ticket: StoredTicket;
  readonly messages: readonly Message[];
}

/** What goes with a ticket, and what is written about it. */
export interface TicketTools {
  extras(by: Actor, found: TicketBefore): Promise<TicketExtras>;
  /** A note that the citizen never sees. @param id of the page; the same again is the same note */
  note(by: Actor, ticketNumber: string, id: string, text: string): Promise<NoteView>;
  /** What stands for the variables of a canned reply. */
  replyValues(by: Actor, ticket: StoredTicket): Promise<ReplyValues>;
  /** The person's own words, oldest first. */
  wordsOf(messages: readonly Message[]): string[];
}

/** Referrals to print. */
export interface ReferralPages {
  /** @returns the page, and the policy under which it is to be shown */
  make(by: Actor, ticket: StoredTicket, to: Referral): Promise<{ readonly html: string; readonly policy: string }>;
}

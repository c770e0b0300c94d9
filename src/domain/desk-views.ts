/** What the desk's page and the server say to each other, beyond `views.ts`. */
import type { Role } from './access.js';
import type { HandoffReason, TicketKind } from './answer.js';
import type { ServiceForm } from './service-form.js';
import type { CaseResult, TicketOutcome, TicketState } from './ticket.js';
import type { TicketSummary } from './views.js';

/** GET /api/desk/queue?show=&kind=&topic=&township=&waiting=&q=&after= : a page of the queue, most urgent first. */
export interface QueueQuery {
  /** `waiting`: nobody has it; `mine`: I hold it or was invited; `open`: all that I may read; `closed`. */
  readonly show: 'waiting' | 'mine' | 'open' | 'closed';
  readonly kind?: TicketKind | undefined;
  readonly topic?: string | undefined;
  /** Code of a township; `none`: no township known. */
  readonly township?: string | undefined;
  /** Only those that wait for me, or are overdue. */
  readonly only?: 'for-me' | 'overdue' | 'deadline' | undefined;
  /** Number, or words of the title. */
  readonly q?: string | undefined;
  /** Cursor of the page before. */
  readonly after?: string | undefined;
}

export interface QueueItem extends TicketSummary {
  readonly townshipName: string | null;
  readonly pointName: string | null;
  readonly priority: 0 | 1 | 2;
  /** Last ISO day of the nearest time limit of law, and days left (negative: over). */
  readonly deadlineDay: string | null;
  readonly daysLeft: number | null;
  /** By when somebody is to claim it; milliseconds. */
  readonly dueAt: number | null;
  readonly overdue: boolean;
  /** Offered to, or wanted by the citizen: me. */
  readonly forMe: boolean;
  /** I was invited to it. */
  readonly invited: boolean;
}

export interface QueueView {
  readonly items: readonly QueueItem[];
  /** Of the whole filter, not of the page. */
  readonly total: number;
  readonly counts: { readonly waiting: number; readonly mine: number; readonly forMe: number; readonly overdue: number };
  /** Null: this is the last page. */
  readonly next: string | null;
}

/** GET /api/desk/tickets/NUMBER/extras: what goes with a ticket. */
export interface TicketExtras {
  readonly details: ServiceForm | null;
  readonly result: CaseResult | null;
  readonly pointName: string | null;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** I may act on it as its holder. */
  readonly mayWrite: boolean;
  /** I may give it to others. */
  readonly mayAssign: boolean;
  readonly wantedName: string | null;
  readonly deadlines: readonly RunningDeadline[];
  readonly papers: readonly PaperState[];
  readonly notes: readonly NoteView[];
  readonly attachments: readonly AttachmentView[];
  readonly satisfaction: { readonly score: string; readonly words: string } | null;
}

/** A time limit that runs, as far as the facts told allow to reckon it. */
export interface RunningDeadline {
  readonly label: string;
  /** Last ISO day. */
  readonly day: string;
  readonly daysLeft: number;
  /** "劳动争议调解仲裁法第二十七条". */
  readonly source: string;
  /** What it was reckoned from: "受伤日期 2026-03-01". */
  readonly from: string;
}

export interface PaperState {
  readonly name: string;
  readonly held: boolean | null;
}

export interface NoteView {
  readonly id: string;
  readonly by: string;
  readonly text: string;
  readonly at: number;
}

export interface AttachmentView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Null: the citizen. */
  readonly by: string | null;
  readonly at: number;
}

export interface ColleagueView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly onDuty: boolean;
  readonly away: boolean;
  /** Tickets in their hands. */
  readonly load: number;
}

export interface CannedReplyView {
  readonly id: string;
  readonly title: string;
  /** Variables in braces: {称呼} {我的名字} {工单号} {服务点} {服务点电话} {今天}. */
  readonly text: string;
  readonly topic: string | null;
  /** Mine alone, or everybody's. */
  readonly shared: boolean;
  readonly updatedAt: number;
  /** I may change and remove it. */
  readonly mayEdit: boolean;
  /** With the variables filled in for `?ticket=NUMBER`; null where no ticket was named. */
  readonly filled: string | null;
}

/** With an id it takes the place of the one there is. */
export interface CannedReplyBody {
  readonly id?: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly topic: string | null;
  readonly shared: boolean;
}

/** GET /api/desk/canned-replies/ID/history → { versions }, newest first, without the present one. */
export interface CannedVersionView {
  readonly title: string;
  readonly text: string;
  /** Who wrote the next version in its place. */
  readonly replacedBy: string | null;
  readonly replacedAt: number;
}

/** GET /api/desk/provisions?q=: over the whole library. */
export interface ProvisionHit {
  readonly law: string;
  readonly article: string;
  /** The official text where it has been imported, else the gist in our own words. */
  readonly text: string;
  readonly official: boolean;
  readonly status: 'in-force' | 'not-yet' | 'repealed';
  readonly inForceFrom: string | null;
  readonly verified: boolean;
  /** What to mind before citing it; null: nothing. */
  readonly caution: string | null;
  /** What is put into the reply. */
  readonly insert: string;
}

/** POST /api/desk/tickets/NUMBER/draft: a suggestion, never sent by itself. */
export interface DraftView {
  readonly text: string;
  readonly by: 'rules' | 'model';
  readonly citations: readonly { readonly law: string; readonly article: string; readonly plain: string; readonly verified: boolean }[];
  /** What to look at before sending. */
  readonly warnings: readonly string[];
}

/** GET /api/desk/calculators → { calculators: CalculatorView[] }. */
export interface CalculatorView {
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly CalculatorInputView[];
}

export interface CalculatorInputView {
  readonly id: string;
  readonly label: string;
  readonly ask: string;
  /** `money` is sent in yuan, the server turns it into fen; `date` as ISO day, `yes-no` as boolean, numbers as numbers. */
  readonly kind: 'money' | 'date' | 'months' | 'integer' | 'choice' | 'yes-no' | 'days' | 'hours';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly optional: boolean;
}

/** POST /api/desk/calculators/ID { inputs: { [id]: string | number | boolean | null } }. */
export type CalculationView =
  | {
      readonly kind: 'result';
      readonly lines: readonly {
        readonly label: string;
        readonly amount: string;
        readonly formula: string;
        readonly articles: readonly string[];
      }[];
      readonly total: string;
      readonly notes: readonly string[];
      /** The whole result as it is put into the reply. */
      readonly insert: string;
    }
  /** Ids of the inputs to be filled in next. */
  | { readonly kind: 'missing'; readonly inputs: readonly string[] }
  | { readonly kind: 'refused'; readonly text: string };

/** POST /api/desk/tickets: a 12348 call typed in. */
export interface CallBody {
  /** Of the page, so that a repeated click is one call. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly phone: string;
  readonly village: string;
  readonly kind: TicketKind;
  readonly words: string;
  readonly servicePoint: string | null;
}

export interface CallView {
  readonly number: string;
  /** To be read out: with it the person finds the reply at /t/CODE. */
  readonly pickupCode: string | null;
  /** What the bot would answer, to be read out. */
  readonly readOut: string;
}

/**
 * Moves of a ticket, each POST /api/desk/tickets/NUMBER/… → TicketView: `invite` `uninvite` `transfer` `assign`
 * { staffId }, `ask-papers` { id, papers: string[], words }, `close` { outcome, note, result? }, `notes` { text } → NoteView.
 * Lists: GET /api/desk/canned-replies → { replies }, POST → one { id?, title, text, topic, shared }, POST …/ID/remove;
 * GET /api/desk/provisions?q= → { hits }; GET /api/desk/colleagues?kind= → { colleagues };
 * GET /api/desk/townships → { townships: { code, name }[] } of those that have tickets that I may read.
 * Files: POST /api/desk/tickets/NUMBER/attachments (multipart, field `file`) → AttachmentView, GET …/attachments/ID (`?inline=1`
 * shows an image); by the citizen: POST /api/chat/attachments, GET /api/chat/attachments/ID.
 * GET …/referral: the referral as a page to print (HTML). GET /api/desk/canned-replies?ticket=NUMBER fills the variables in.
 */
export type TicketMoveBody =
  { readonly staffId: string } | { readonly id: string; readonly papers: readonly string[]; readonly words: string };

/** `close`; amount in yuan. */
export interface CloseBody {
  readonly outcome: TicketOutcome;
  readonly note: string;
  /** Its `referral` is wanted where the outcome is `referred`. */
  readonly result?: CaseResult;
}

/** Files: as large each, as many and as large together for one conversation. */
export interface AttachmentLimits {
  readonly mostBytes: number;
  readonly mostFiles: number;
  readonly mostBytesTogether: number;
}

/** Who may see what on the desk, for the page. */
export interface DutiesView {
  readonly roles: readonly Role[];
  readonly duties: readonly string[];
}

export type { HandoffReason, TicketKind, TicketState };

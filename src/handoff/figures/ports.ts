import type { AnswerTopic, HandoffReason, TicketKind } from '../../domain/answer.js';
import type { Dimension, FiguresView } from '../../domain/figures.js';
import type { Referral, TicketOutcome, TicketState } from '../../domain/ticket.js';
import type { TurnKind } from '../../domain/turn.js';
import type { StoredTicket } from '../ports.js';
import type { SatisfactionScore } from '../satisfaction/ports.js';

/** A conversation in which there was a consultation, told once a span of time: by its first turn in it. */
export interface ConversationFacts {
  readonly id: string;
  readonly channel: string;
  readonly pointPath: string;
  /** Of the first turn. */
  readonly at: number;
  /** The first that was heard. */
  readonly topic: AnswerTopic | null;
  /** A turn was answered by the machine. */
  readonly answered: boolean;
  /** A turn belonged to a ticket. */
  readonly handed: boolean;
}

/** How many turns were of a kind, for a reason. */
export interface TurnCount {
  readonly kind: TurnKind;
  readonly reason: HandoffReason | null;
  readonly count: number;
}

/** A ticket that turns belonged to. */
export interface TurnTicket {
  readonly number: string;
  readonly conversationId: string;
  readonly kind: TurnKind;
  readonly reason: HandoffReason | null;
}

/** What of a ticket is counted. */
export interface TicketFacts {
  readonly number: string;
  readonly kind: TicketKind;
  readonly reason: HandoffReason;
  readonly state: TicketState;
  readonly outcome: TicketOutcome | null;
  readonly topic: AnswerTopic | null;
  readonly pointPath: string;
  readonly channel: string;
  readonly holder: string | null;
  readonly openedAt: number;
  readonly claimedAt: number | null;
  readonly closedAt: number | null;
  readonly referral: Referral | null;
  readonly amount: number | null;
  readonly agreed: boolean | null;
  readonly migrantWorker: boolean;
  readonly score: SatisfactionScore | null;
}

/** Which tickets: opened, closed (and closed still), opened again, or asked how they were content in a span; open at this moment. */
export type TicketSelection = 'opened' | 'closed' | 'reopened' | 'asked' | 'open-now';

export interface PointFacts {
  readonly code: string;
  readonly name: string;
  /** Code of the township that it lies in, or is. */
  readonly township: string | null;
  readonly hours: string;
}

/** What figures need of a store. Spans are milliseconds since the epoch, the end not included. */
export interface FiguresStore {
  conversations(from: number, to: number): Promise<ConversationFacts[]>;
  turnCounts(from: number, to: number): Promise<TurnCount[]>;
  /** Tickets of the turns that consulted, told once for each kind, reason and conversation. */
  turnTickets(from: number, to: number): Promise<TurnTicket[]>;
  tickets(selection: TicketSelection, from: number, to: number): Promise<TicketFacts[]>;
  points(): Promise<PointFacts[]>;
  staffNames(): Promise<ReadonlyMap<string, string>>;
  /** When the first turn was recorded; null: none was. */
  firstTurnAt(): Promise<number | null>;
}

/** Minutes of working time of the service point that a path ends in, from one instant to a later one. */
export type WorkingMinutes = (pointPath: string, from: number, to: number) => number;

export interface FigureQuery {
  readonly month: string;
  readonly figure: string;
  readonly by?: Dimension | undefined;
  readonly key?: string | undefined;
}

/** A table that leaves the house: no name and nothing that anybody wrote. */
export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Paragraphs and tables of the monthly report. */
export interface ReportDocument {
  readonly title: string;
  readonly intro: readonly string[];
  readonly sections: readonly {
    readonly title: string;
    readonly tables: readonly {
      readonly title: string;
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }[];
    /** What the figures of the section count. */
    readonly definitions: readonly { readonly name: string; readonly text: string }[];
  }[];
}

/** Writes files for office programs. */
export interface OfficeWriter {
  docx(report: ReportDocument): Promise<Buffer>;
  xlsx(sheets: readonly Sheet[]): Promise<Buffer>;
}

/** A page of the tickets behind a figure, newest first. */
export interface CountedTickets {
  readonly title: string;
  readonly definition: string;
  readonly total: number;
  readonly items: readonly StoredTicket[];
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
}

/** The bureau's figures. Each throws BaimiError `bad-request` for a month that is malformed or has not begun. */
export interface Figures {
  view(month: string): Promise<FiguresView>;
  /**
   * The tickets behind a figure, or behind one row of it.
   * @throws BaimiError `not-found` for a figure or dimension that there is not
   */
  tickets(query: FigureQuery, after?: string): Promise<CountedTickets>;
  /** The figures without those of single people. */
  figureSheet(month: string): Promise<Sheet>;
  /** The tickets that were opened or closed in the month, by their numbers. */
  ticketSheet(month: string): Promise<Sheet>;
  report(month: string): Promise<ReportDocument>;
}

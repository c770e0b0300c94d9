import type { CallView } from '../../domain/desk-views.js';
import type { TicketKind } from '../../domain/answer.js';
import type { Actor } from '../../handoff/ports.js';

/** A call as an operator types it in. */
export interface Call {
  /** Of the page; the same again is the same call. */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly village: string;
  readonly kind: TicketKind;
  readonly words: string;
  /** Code of a service point; null: not known. */
  readonly servicePoint: string | null;
}

export interface PhoneCalls {
  /** Keeps what a caller said, works out what to answer, and opens a ticket. */
  take(by: Actor, call: Call): Promise<CallView>;
}

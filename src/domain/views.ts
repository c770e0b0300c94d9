/** What the pages and the server say to each other. */
import type { HandoffReason, TicketKind } from './answer.js';
import type { ChannelName, Message } from './message.js';
import type { TicketOutcome, TicketState } from './ticket.js';

/** Citizen's page: answer to GET /api/chat. */
export interface ChatView {
  readonly messages: readonly Message[];
  /** The ticket that is open, or was last, in this conversation. */
  readonly ticket: { readonly number: string; readonly state: TicketState; readonly held: boolean } | null;
}

/** Event "message" of /api/chat/events carries a Message with its id as event id; event "ticket" a ChatView['ticket']. */

export interface StaffView {
  readonly login: string;
  readonly name: string;
  readonly mustChangePassword: boolean;
  /** To be sent as header x-csrf-token with each POST. */
  readonly csrf: string;
}

export interface TicketSummary {
  readonly number: string;
  readonly kind: TicketKind;
  readonly state: TicketState;
  readonly reason: HandoffReason;
  readonly topic: string | null;
  /** First line of the question, masked. */
  readonly title: string;
  readonly holderName: string | null;
  readonly mine: boolean;
  readonly urgent: boolean;
  readonly handedBack: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a lawyer needs at a glance. */
export interface IntakeBrief {
  /** The question in the person's words, personal data masked. */
  readonly question: string;
  readonly topic: string | null;
  /** Facts given in answer to questions back. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the bot said or found, with its sources. */
  readonly botSaid: string;
  /** Provisions the bot looked at, best first: "工伤保险条例 第十四条". */
  readonly provisions: readonly string[];
  readonly channel: string;
}

export interface TicketView extends TicketSummary {
  readonly brief: IntakeBrief;
  readonly messages: readonly Message[];
  readonly outcome: TicketOutcome | null;
  readonly note: string | null;
  readonly history: readonly { readonly at: number; readonly event: string; readonly by: string | null }[];
}

/** What became of a message to the citizen. */
export interface MessageDelivery {
  readonly messageId: number;
  readonly state: 'waiting' | 'delivered' | 'failed';
  /** When the channel accepted it; null: it has not. */
  readonly at: number | null;
  /** Why it failed, or is put off; in words for the desk. */
  readonly reason: string | null;
  /** The channel allows nothing before the person writes again. */
  readonly needsMessage: boolean;
  /** The channel by which it goes: the person's other one, where it was passed on. */
  readonly by: ChannelName;
}

/** Desk: answer to GET /api/desk/tickets/NUMBER/deliveries. */
export interface DeliveriesView {
  readonly deliveries: readonly MessageDelivery[];
}

/** What stands at /t/CODE: read only, without the citizen's own words. */
export interface PickupView {
  readonly ticket: { readonly number: string; readonly state: TicketState } | null;
  /** Lawyers' words and what happened to the ticket, oldest first. */
  readonly replies: readonly Message[];
  /** The conversation can be gone on with on this device. */
  readonly resumable: boolean;
}

/** A code as it is shown once. */
export interface PickupCodeView {
  /** XXXX-XXXX. */
  readonly code: string;
  readonly expiresAt: number;
}

/** Every error of the HTTP interface. */
export interface ErrorView {
  readonly error: { readonly code: string; readonly message: string };
}

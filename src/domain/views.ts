/** What the pages and the server say to each other. */
import type { Duty, Role } from './access.js';
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
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** What `mayDo` allows them. */
  readonly duties: readonly Duty[];
  /** They sign in with a second factor. */
  readonly totp: boolean;
  /** They should set one up. */
  readonly totpUrged: boolean;
  /** Nothing else works before they have. */
  readonly mustSetUpTotp: boolean;
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
  /** When the person saw it; null: not yet, or nobody can tell: of the channels, only our own pages do. */
  readonly readAt: number | null;
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

/** How a channel is doing, in words for the desk. */
export interface ChannelState {
  readonly name: ChannelName;
  readonly ok: boolean;
  readonly detail: string;
}

/** Desk: answer to GET /api/desk/channels. */
export interface ChannelsView {
  /** Those that are on. */
  readonly channels: readonly ChannelState[];
  /** The code that somebody has to scan so that WeChat logs in, as a picture where it could be drawn, and since when. */
  readonly scan: { readonly svg: string | null; readonly since: number } | null;
}

/** Desk: answer to GET /api/desk/telegram-link, about whoever is signed in. */
export interface TelegramLinkView {
  /** There is a lawyers' group on Telegram. */
  readonly available: boolean;
  readonly linkedAt: number | null;
}

/** Desk: answer to POST /api/desk/telegram-link. The code is shown once. */
export interface TelegramCodeView {
  readonly code: string;
  readonly validMinutes: number;
  /** Name of the bot, without "@"; null while it is not connected. */
  readonly bot: string | null;
}

/** What stands at /t/CODE: read only, without the citizen's own words. */
export interface PickupView {
  readonly ticket: { readonly number: string; readonly state: TicketState } | null;
  /** Lawyers' words and what happened to the ticket, oldest first. */
  readonly replies: readonly Message[];
  /** The conversation can be gone on with on this device. */
  readonly resumable: boolean;
  /** Everything that is kept of the person, as a text, where the code was asked for that. */
  readonly mine?: string;
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

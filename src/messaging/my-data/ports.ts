import type { ChannelName, Message } from '../../domain/message.js';
import type { StoredTicket } from '../../handoff/ports.js';
import type { ConsultationState } from '../ports.js';

/** What a person told of themselves in a form, or put right. Empty where not told. */
export interface Profile {
  readonly name: string;
  readonly phone: string;
  readonly village: string;
  readonly address: string;
}

export const NO_PROFILE: Profile = { name: '', phone: '', village: '', address: '' };

export interface ProfileStore {
  of(conversationId: string): Promise<Profile | null>;
  save(conversationId: string, profile: Profile, at: number): Promise<void>;
}

/** All that is kept of one conversation of a person. */
export interface KeptConversation {
  readonly id: string;
  readonly channel: ChannelName;
  readonly createdAt: number;
  readonly state: ConsultationState | null;
  readonly profile: Profile | null;
  readonly messages: readonly Message[];
  readonly tickets: readonly StoredTicket[];
  readonly files: readonly { readonly name: string; readonly size: number; readonly at: number }[];
}

/** What an erasure took away, by kind. */
export type ErasureCounts = Readonly<Record<'conversations' | 'messages' | 'tickets' | 'notes' | 'files', number>>;

export interface Erasure {
  /** `person`: asked for; `retention`: its time was over. */
  readonly scope: 'person' | 'retention';
  /** Id of the conversation from which it was asked for, or whose time was over. */
  readonly subject: string;
  readonly counts: ErasureCounts;
  readonly byStaff: string | null;
}

/** What is kept of a person, and its end. All calls of one unit of work happen together or not at all. */
export interface PersonalDataStore {
  /** A conversation and those that were shown to be the same person's. */
  conversationsOf(conversationId: string): Promise<string[]>;
  kept(conversationId: string): Promise<KeptConversation>;
  /** The last thing that was said to the person; null: nothing was. */
  lastSaid(conversationId: string): Promise<Message | null>;
  /** Puts other words in the place of what the person has just written, also in the inbox. */
  conceal(conversationId: string, afterMessageId: number, words: string): Promise<void>;
  /** Takes away words, facts, briefs, notes, profile and links; keeps ticket numbers, times, states and outcomes. */
  erase(conversationIds: readonly string[], at: number): Promise<ErasureCounts>;
  record(erasure: Erasure, at: number): Promise<void>;
}

/** What the desk is shown on purpose, with a line in the log. */
export interface Unmasked {
  /** Null: the person told nothing of themselves. */
  readonly profile: Profile | null;
  /** The person's own words, oldest first. */
  readonly words: readonly string[];
}

/** Reasons for looking, named by who looks; the log keeps the name. */
export const UNMASK_REASONS = ['contact', 'visit', 'papers', 'danger', 'other'] as const;
export type UnmaskReason = (typeof UNMASK_REASONS)[number];

export interface Unmasking {
  /** For whoever holds the ticket alone. Null: there is no such ticket, or it is not in their hands. */
  unmasked(ticketNumber: string, staffId: string, reason: UnmaskReason): Promise<Unmasked | null>;
}

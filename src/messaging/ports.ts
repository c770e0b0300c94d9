import type { ConsultationState } from '../consultation/continue-consultation.js';
import type { ChannelName, Inbound, InboundContent, Message, MessageBody } from '../domain/message.js';
import type { TurnRecord } from '../domain/turn.js';
import type { HandoffWork } from '../handoff/ports.js';
import type { ConsentStore } from './consent/ports.js';
import type { OpenFormStore } from './forms/ports.js';
import type { LinkStore, PickupStore, TryStore } from './identity/ports.js';
import type { PersonalDataStore, ProfileStore } from './my-data/ports.js';
import type { RetentionDays } from './retention/retention-days.js';

export interface Conversation {
  readonly id: string;
  readonly channel: ChannelName;
  /** The channel's key of it. */
  readonly key: string;
  /** A form is open: short words are an answer to it. */
  readonly filling: boolean;
  /** Null before the first turn. */
  readonly state: ConsultationState | null;
}

/** An inbound message that waits for its turn. */
export interface PendingMessage {
  readonly messageId: number;
  readonly conversationId: string;
  readonly content: InboundContent;
  /** When it came in. */
  readonly at: number;
  /** Turns that broke before they were stored. */
  readonly attempts: number;
}

/** What messaging needs of a store. All calls of one unit of work happen together or not at all. */
export interface MessagingWork extends HandoffWork {
  readonly links: LinkStore;
  readonly pickups: PickupStore;
  readonly tries: TryStore;
  readonly forms: OpenFormStore;
  readonly consents: ConsentStore;
  readonly profiles: ProfileStore;
  readonly personal: PersonalDataStore;
  /** How long what is kept, as it is set. */
  retention(): Promise<RetentionDays>;
  conversation(id: string): Promise<Conversation>;
  saveState(id: string, state: ConsultationState): Promise<void>;
  /** The messages of a conversation that are not answered yet, oldest first, at most `limit`. */
  pending(conversationId: string, limit: number): Promise<PendingMessage[]>;
  /** Marks an inbound message as dealt with. False: it already was. */
  finish(messageId: number): Promise<boolean>;
  /** Stores the answer to an inbound message and queues its delivery. */
  answer(conversationId: string, inReplyTo: number, body: MessageBody, at: number): Promise<Message>;
  /** Keeps what the bureau's figures count of a turn. */
  recordTurn(turn: TurnRecord): Promise<void>;
}

export interface MessagingStore {
  work<T>(work: (stores: MessagingWork) => Promise<T>): Promise<T>;
  /** Id of a channel's conversation; null before its first message. */
  conversationId(channel: ChannelName, conversationKey: string): Promise<string | null>;
  /**
   * Stores an inbound message before it is acknowledged. The same key twice is the same message.
   */
  receive(
    inbound: Inbound,
    at: number,
  ): Promise<{ readonly conversationId: string; readonly message: Message; readonly duplicate: boolean }>;
  /** Counts a turn that broke. */
  countAttempt(messageId: number): Promise<void>;
  /** Conversations with unanswered messages, for the start after a crash. */
  conversationsWithPending(): Promise<string[]>;
  messagesAfter(conversationId: string, afterId: number): Promise<Message[]>;
  /** Marks what has been handed to the person up to a message. */
  markDelivered(conversationId: string, upToId: number, at: number): Promise<void>;
}

export type { ConsultationState };

import type { ChannelName, Message } from '../../domain/message.js';
import type { MessageDelivery } from '../../domain/views.js';
import type { Outgoing, PushChannel } from '../channel.js';

/** What a passive channel calls when it may reply to what a person has just sent. */
export interface Delivery {
  /**
   * What waits for a conversation, as texts ready for the channel (split, oldest first), once the answer to what was just
   * received is there or the time is over.
   */
  collect(channel: ChannelName, conversationKey: string, options: { readonly waitMs: number }): Promise<Collected>;
}

export interface Collected {
  readonly parts: readonly Outgoing[];
  /**
   * Call after the channel has accepted them. Where only the beginning was sent, `count` says how many parts; the rest is
   * handed out at the next time.
   */
  handedOver(count?: number): Promise<void>;
  /** An answer is still being worked out. */
  readonly pending: boolean;
}

/** A channel that delivery serves: with `send` it is pushed to, as far as its profile allows; without, it only collects. */
export type DeliveryChannel = Pick<PushChannel, 'profile'> & Partial<Pick<PushChannel, 'send' | 'isGroup'>>;

/** The part of delivery that the process starts and stops. */
export interface DeliveryService extends Delivery {
  /** Adds a channel, also while it runs: what waited for it is taken up. */
  register(channel: DeliveryChannel): void;
  /** Takes up what waited at the last stop, and from now on what comes. */
  start(): Promise<void>;
  /** Ends the subscription and waits for what is being sent. */
  stop(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

/** What the desk reads of delivery. */
export interface DeliveryReports {
  /** Every message to the person in a conversation, oldest first. */
  deliveriesOf(conversationId: string): Promise<MessageDelivery[]>;
}

/** A channel says how far a person has seen what lawyers wrote; of the channels, only our own pages can. */
export interface ReadReceipts {
  markRead(conversationId: string, upToId: number): Promise<void>;
}

/** What read receipts need of a store. */
export interface ReceiptStore {
  /** Notes the time for staff's messages up to one that have none. @returns whether there was any */
  markRead(conversationId: string, upToId: number, at: number): Promise<boolean>;
}

/** A message that waits to be handed over. */
export interface WaitingMessage {
  readonly message: Message;
  /** External key of the inbound message that it answers. */
  readonly inReplyTo: string | null;
  /** Parts that the channel has accepted already. */
  readonly partsSent: number;
  /** Tries that ended with `later`. */
  readonly attempts: number;
  /** Not to be tried before, in milliseconds since the epoch. */
  readonly notBefore: number | null;
  /** The channel is closed until the person writes: the last inbound message when it said so is still the last. */
  readonly closed: boolean;
}

/** Where a conversation's messages go. */
export interface DeliveryAddress {
  readonly channel: ChannelName;
  readonly conversationKey: string;
  /** Id of the last inbound message; 0 before the first. */
  readonly lastInbound: number;
  /** Inbound messages that are not answered yet. */
  readonly pending: boolean;
}

/** What delivery needs of a store. */
export interface DeliveryStore {
  /** Null for a conversation that does not exist. */
  address(conversationId: string): Promise<DeliveryAddress | null>;
  conversationId(channel: ChannelName, conversationKey: string): Promise<string | null>;
  /**
   * What is to go out, oldest first; also a lawyer's words that failed, once the person has written again. A repeated read
   * gives the same.
   */
  waiting(conversationId: string): Promise<WaitingMessage[]>;
  conversationsWaiting(channels: readonly ChannelName[]): Promise<string[]>;
  markPart(messageId: number, partsSent: number): Promise<void>;
  markSent(messageId: number, at: number): Promise<void>;
  /** `closedAfter`: id of the last inbound message before the try. */
  markClosed(messageId: number, closedAfter: number): Promise<void>;
  markLater(messageId: number, notBefore: number, reason: string): Promise<void>;
  markFailed(messageId: number, closedAfter: number, reason: string): Promise<void>;
}

export type { MessageDelivery };

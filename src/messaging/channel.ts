import type { ChannelName, Inbound, Message } from '../domain/message.js';

/** The door through which every channel hands in what a person sent. */
export interface Inbox {
  /**
   * Stores the message and only then returns, so that a channel may acknowledge it. The same key again is the same
   * message. The answer comes later, through the outbox.
   */
  receive(inbound: Inbound): Promise<{ readonly conversationId: string; readonly message: Message; readonly duplicate: boolean }>;
  /** Id of a channel's conversation, for reading its thread; null before its first message. */
  conversationId(channel: ChannelName, conversationKey: string): Promise<string | null>;
}

/** What a channel reads to hand messages over, and where it says that it has. */
export interface Outbox {
  messagesAfter(conversationId: string, afterId: number): Promise<Message[]>;
  markDelivered(conversationId: string, upToId: number): Promise<void>;
}

/** Something changed; whoever shows it reads again. */
export type Change =
  | { readonly type: 'thread'; readonly conversationId: string }
  | { readonly type: 'ticket'; readonly number: string; readonly conversationId: string }
  /** A sentence of an answer that is still being written; passing, stored nowhere: the answer takes its place. */
  | { readonly type: 'partial'; readonly conversationId: string; readonly text: string };

export interface Changes {
  publish(change: Change): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (change: Change) => void): () => void;
}

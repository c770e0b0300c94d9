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

/** What a channel can do. */
export interface ChannelProfile {
  readonly name: ChannelName;
  /** Longest text in one message, in bytes of UTF-8 (`bytes`) or UTF-16 units (`units`). */
  readonly textLimit: { readonly most: number; readonly per: 'bytes' | 'units' };
  /** Tappable replies under a message. */
  readonly buttons: boolean;
  /** Several people read what is sent. */
  readonly groups: boolean;
  /**
   * When a message may be sent that nobody has just asked for: `always`; `window`: for a time after the person's last
   * message; `never`: only in reply to the person's next message.
   */
  readonly push: 'always' | 'window' | 'never';
}

/** One message as a channel sends it: plain text, whole, within the channel's limit. */
export interface Outgoing {
  readonly text: string;
  /** Tappable replies; a channel without buttons writes them into the text. */
  readonly options: readonly string[];
  /** External key of the message that it replies to; null where it replies to none. */
  readonly inReplyTo: string | null;
  /**
   * For the asker alone (a lawyer's words, a question back, a ticket): a conversation in which others read along gets a
   * sentence with the way to go on in private instead, never the text.
   */
  readonly privately?: true;
}

/** What became of a message that was to be sent. */
export type Sent =
  | { readonly kind: 'sent' }
  /** Nothing may be sent before the person writes again. */
  | { readonly kind: 'closed' }
  /** Try again after so many milliseconds (too many messages, something is down). */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** It can never be sent here: blocked, unfollowed, gone. `reason` is shown on the desk. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A channel to which messages are sent; the web page reads for itself and is none. */
export interface PushChannel {
  readonly profile: ChannelProfile;
  /** Sends one message to a conversation. Never throws for what the other side does. */
  send(conversationKey: string, message: Outgoing): Promise<Sent>;
  /** Whether others read a conversation along; left out: as the profile's `groups` says. */
  isGroup?(conversationKey: string): boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): { readonly ok: boolean; readonly detail: string };
}

/** Something changed; whoever shows it reads again. */
export type Change =
  | { readonly type: 'thread'; readonly conversationId: string }
  | { readonly type: 'ticket'; readonly number: string; readonly conversationId: string }
  /** Staff have a new notice at the desk. */
  | { readonly type: 'notice'; readonly staffIds: readonly string[]; readonly number: string | null }
  /** A sentence of an answer that is still being written; passing, stored nowhere: the answer takes its place. */
  | { readonly type: 'partial'; readonly conversationId: string; readonly text: string };

export interface Changes {
  publish(change: Change): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (change: Change) => void): () => void;
}

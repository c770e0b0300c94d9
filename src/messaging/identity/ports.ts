import type { ChannelName, Message } from '../../domain/message.js';

/** Counts what must stay rare, so that codes cannot be guessed. Scopes are names of ours and ids, never what people wrote. */
export interface TryStore {
  count(scope: string, since: number): Promise<number>;
  add(scope: string, at: number): Promise<void>;
}

export interface LinkCode {
  readonly conversationId: string;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

/** A lawyer's reply that its own channel could not hand over. */
export interface UndeliveredReply {
  readonly message: Message;
  readonly staffId: string | null;
  readonly channel: ChannelName;
}

/** Which conversations are one person's. Threads stay apart: only lawyers' replies that wait cross over. */
export interface LinkStore {
  /** Keeps a code of a conversation, by its hash; codes it had before are gone. */
  keepCode(hash: string, conversationId: string, expiresAt: number): Promise<void>;
  code(hash: string): Promise<LinkCode | null>;
  /** False: somebody was first. */
  useCode(hash: string, at: number): Promise<boolean>;
  sharePerson(conversationId: string, otherId: string): Promise<boolean>;
  /** Makes both conversations, and what each is linked with, one person's. */
  link(conversationId: string, otherId: string, at: number): Promise<void>;
  /** False: it was linked with nothing. */
  unlink(conversationId: string): Promise<boolean>;
  /** Lawyers' replies in the person's other conversations that failed, that wait for a closed channel, or that wait since before. */
  undeliveredElsewhere(conversationId: string, waitingSince: number): Promise<UndeliveredReply[]>;
  /** The reply goes on by a copy in another conversation. */
  forwarded(messageId: number, copyId: number, at: number): Promise<void>;
}

export interface StoredPickup {
  readonly hash: string;
  readonly conversationId: string;
  readonly expiresAt: number;
  readonly wrongDigits: number;
  readonly lockedUntil: number;
}

/** Codes by which a conversation's replies can be read on another device. */
export interface PickupStore {
  /** Keeps a code by its hash; of those the conversation had before, the last two go on holding. */
  keep(hash: string, conversationId: string, expiresAt: number, at: number): Promise<void>;
  /** Null where there is none, it was revoked, or its time is over. */
  byHash(hash: string, at: number): Promise<StoredPickup | null>;
  setDigits(hash: string, wrongDigits: number, lockedUntil: number): Promise<void>;
  /** @returns whether there was one */
  revoke(conversationId: string, at: number): Promise<boolean>;
  channelOf(conversationId: string): Promise<ChannelName>;
  /** From now on a channel's further key stands for the conversation. */
  addAlias(channel: ChannelName, conversationKey: string, conversationId: string): Promise<void>;
}

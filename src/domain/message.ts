import type { Answer } from './answer.js';

export const CHANNELS = ['web', 'wechat-group', 'official-account', 'telegram'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const CHANNEL_NAMES: Readonly<Record<ChannelName, string>> = {
  web: '网页',
  'wechat-group': '微信群',
  'official-account': '公众号',
  telegram: 'Telegram',
};

/** What a person sent, translated from a channel's own form. */
export interface Inbound {
  readonly channel: ChannelName;
  /** The channel's own key of this message; the same key twice is the same message. */
  readonly externalKey: string;
  /** The channel's key of the conversation. */
  readonly conversationKey: string;
  readonly content: InboundContent;
}

export type InboundContent =
  | { readonly type: 'text'; readonly text: string }
  /** The button "找律师". */
  | { readonly type: 'human-wanted' };

/** What stands in a thread. */
export type MessageBody =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'answer'; readonly answer: Answer; readonly ticketNumber: string | null }
  /** Something happened to the ticket that the citizen should see. */
  | { readonly type: 'event'; readonly event: 'claimed' | 'handed-back' | 'closed' | 'released' | 'reopened'; readonly text: string };

export type Author = 'citizen' | 'bot' | 'staff' | 'system';

export interface Message {
  /** Grows with time inside a conversation. */
  readonly id: number;
  readonly author: Author;
  /** Name of the lawyer, for messages by staff. */
  readonly staffName: string | null;
  readonly body: MessageBody;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

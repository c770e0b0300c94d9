import type { Answer } from './answer.js';

export const CHANNELS = ['web', 'wechat-group', 'official-account', 'telegram', 'phone'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const CHANNEL_NAMES: Readonly<Record<ChannelName, string>> = {
  web: '网页',
  'wechat-group': '微信群',
  'official-account': '公众号',
  telegram: 'Telegram',
  // typed in by an operator; the reply is fetched with a pickup code
  phone: '电话 12348',
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
  | { readonly type: 'human-wanted' }
  /** A button or menu entry of ours; `text` is what the person means by it. */
  | { readonly type: 'tap'; readonly text: string }
  /** `transcript` as the channel heard it; null: it did not. */
  | { readonly type: 'voice'; readonly transcript: string | null; readonly media: string }
  /** Kept for the lawyer; `media` is the channel's own reference. */
  | { readonly type: 'image'; readonly media: string }
  /** A file that was put up on our own page; `media` names the attachment. */
  | { readonly type: 'file'; readonly media: string; readonly name: string }
  /** Degrees. */
  | { readonly type: 'location'; readonly latitude: number; readonly longitude: number; readonly label: string }
  /** Follows the account, opens the chat; `servicePoint`: the code whose QR was scanned. */
  | { readonly type: 'join'; readonly servicePoint: string | null }
  /** Took back a message; `externalKey` of the one taken back. */
  | { readonly type: 'recall'; readonly externalKey: string }
  /** Something that nobody here can read (a sticker, a card). */
  | { readonly type: 'unreadable' };

/** Stands below what is said, because the person should know it as well. */
export interface Footnote {
  readonly text: string;
  /** Tappable replies; each is sent as it reads. */
  readonly options: readonly string[];
}

/** What the person's next words are taken for. */
export type Asked = 'erasure' | 'correct-name' | 'correct-phone' | 'correct-village' | 'remark';

/** What stands in a thread. */
export type MessageBody =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly options?: readonly string[];
      readonly asks?: Asked;
      /** For the person alone, where others read along. */
      readonly aside?: true;
      readonly footnote?: Footnote;
      /** What the web page offers to download with it: the person's own data. */
      readonly download?: 'my-data';
    }
  | { readonly type: 'answer'; readonly answer: Answer; readonly ticketNumber: string | null; readonly footnote?: Footnote }
  /** Something happened to the ticket that the citizen should see. */
  | {
      readonly type: 'event';
      readonly event: 'claimed' | 'handed-back' | 'closed' | 'released' | 'reopened';
      readonly text: string;
      readonly options?: readonly string[];
    };

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

/** What the person said in words; empty where they said none. */
export function wordsOf(content: InboundContent): string {
  switch (content.type) {
    case 'text':
    case 'tap':
      return content.text;
    case 'voice':
      return content.transcript ?? '';
    default:
      return '';
  }
}

/** How what came in stands in the thread. */
export function shownAs(content: InboundContent): string {
  switch (content.type) {
    case 'text':
    case 'tap':
      return content.text;
    case 'human-wanted':
      return '找律师';
    case 'voice':
      return content.transcript === null ? '〔语音，没有识别出文字〕' : `〔语音〕${content.transcript}`;
    case 'image':
      return '〔图片〕';
    case 'file':
      return `〔文件〕${content.name}`;
    case 'location':
      return `〔位置〕${content.label}`;
    case 'join':
      return '〔关注〕';
    case 'recall':
      return '〔撤回了一条消息〕';
    case 'unreadable':
      return '〔看不了的消息〕';
  }
}

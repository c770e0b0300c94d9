import { createHash } from 'node:crypto';
import type { Inbound, InboundContent } from '../../domain/message.js';
import type { HeardMessage } from './protocol.js';

/** Key of a message: a hash, since the protocol's id tells nothing to anyone else. */
export function externalKeyOf({ id }: Pick<HeardMessage, 'id'>): string {
  return `wechat:${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;
}

/**
 * @param words what is said to the bot, without mentions and quotes
 */
export function toInbound(heard: HeardMessage, conversationKey: string, words: string): Inbound {
  return { channel: 'wechat-group', externalKey: externalKeyOf(heard), conversationKey, content: contentOf(heard, words) };
}

function contentOf({ type, room }: HeardMessage, words: string): InboundContent {
  switch (type) {
    case 'text':
      if (words === '找律师') return { type: 'human-wanted' };
      // called by name and nothing more: wants to know what the bot is for
      return words === '' && room !== null ? { type: 'join', servicePoint: null } : { type: 'text', text: words };
    // the picture itself stays with WeChat, which keeps it for some days on the account's telephone
    case 'image':
      return { type: 'image', media: 'wechat' };
    case 'voice':
      return { type: 'voice', transcript: null, media: 'wechat' };
    case 'location':
    case 'other':
      return { type: 'unreadable' };
  }
}

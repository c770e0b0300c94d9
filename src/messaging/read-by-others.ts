import type { Conversation } from './ports.js';

/** Others may read a conversation along, or it is not known whether they do: nothing personal is asked for or shown in it. */
export function mayBeReadByOthers({ channel, key }: Pick<Conversation, 'channel' | 'key'>): boolean {
  return channel === 'wechat-group' || (channel === 'telegram' && key.startsWith('g:'));
}

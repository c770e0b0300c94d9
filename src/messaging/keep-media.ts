import type { Inbound } from '../domain/message.js';
import type { Inbox } from './channel.js';

export interface MediaDeps {
  /** What lies behind a channel's own reference; null: the channel cannot be asked. */
  readonly fetch: (media: string) => Promise<AsyncIterable<Uint8Array>> | null;
  /** Keeps it with the conversation, as brought by a message. */
  readonly keep: (found: {
    readonly conversationId: string;
    readonly messageId: number;
    readonly content: AsyncIterable<Uint8Array>;
  }) => Promise<void>;
  /** It was not kept: the reference stays with the message. */
  readonly onError: (error: unknown) => void;
}

/**
 * An inbox that also fetches the pictures that a channel only names, so that lawyers see them. Nobody waits for them: the message
 * is stored and acknowledged first.
 */
export function keepingMedia(inbox: Pick<Inbox, 'receive'>, deps: MediaDeps): Pick<Inbox, 'receive'> {
  const fetchFor = async (media: string, conversationId: string, messageId: number): Promise<void> => {
    const content = await deps.fetch(media);
    if (content) await deps.keep({ conversationId, messageId, content });
  };
  return {
    async receive(inbound: Inbound) {
      const received = await inbox.receive(inbound);
      if (!received.duplicate && inbound.content.type === 'image') {
        fetchFor(inbound.content.media, received.conversationId, received.message.id).catch(deps.onError);
      }
      return received;
    },
  };
}

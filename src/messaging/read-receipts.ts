import type { ReadReceipts, ReceiptStore } from './delivery/ports.js';

/**
 * Notes what a person has seen where a channel can tell.
 * @param onRead told where something is read that was not before
 */
export function createReadReceipts(store: ReceiptStore, now: () => number, onRead: (conversationId: string) => void): ReadReceipts {
  return {
    async markRead(conversationId, upToId) {
      if (await store.markRead(conversationId, upToId, now())) onRead(conversationId);
    },
  };
}

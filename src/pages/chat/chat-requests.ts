import type { InboundContent, Message } from '../../domain/message.js';
import type { ChatView } from '../../domain/views.js';
import { getJson, postJson } from '../shared/request.js';

/** The conversation so far; the first call opens the anonymous session. */
export function loadChat(): Promise<ChatView> {
  return getJson<ChatView>('/api/chat');
}

/** Sends one message; the same id again is the same message. Gives the stored message. */
export async function sendMessage(id: string, content: InboundContent): Promise<Message> {
  const { message } = await postJson<{ accepted: true; message: Message }>('/api/chat/messages', { id, content });
  return message;
}

/** Says how far the lawyer's words were seen. */
export async function markRead(upTo: number): Promise<void> {
  await postJson('/api/chat/read', { upTo });
}

/** Address of the events that follow a message. */
export function chatEventsUrl(afterId: number): string {
  return `/api/chat/events?after=${String(afterId)}`;
}

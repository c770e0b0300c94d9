import type { InboundContent, Message } from '../../domain/message.js';
import type { ChatView } from '../../domain/views.js';

/** What the server's record of the button 找律师 reads like in the thread. */
export const HUMAN_WANTED_TEXT = '找律师';

/** Something sent that the server has not confirmed yet. */
export interface Pending {
  /** The id the page chose; sent again with a retry. */
  readonly key: string;
  readonly content: InboundContent;
  /** Last message id when it was sent: its echo has a greater one. */
  readonly afterId: number;
  /** Why it failed; null while under way. */
  readonly failure: string | null;
}

export interface ChatState {
  readonly loading: 'loading' | 'failed' | 'done';
  readonly messages: readonly Message[];
  readonly ticket: ChatView['ticket'];
  readonly pending: readonly Pending[];
  /** Something was sent and no one has said anything since. */
  readonly waiting: boolean;
}

export type ChatAction =
  | { readonly type: 'loaded'; readonly view: ChatView }
  | { readonly type: 'load-failed' }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'ticket'; readonly ticket: ChatView['ticket'] }
  | { readonly type: 'sending'; readonly key: string; readonly content: InboundContent }
  | { readonly type: 'accepted'; readonly key: string; readonly message: Message }
  | { readonly type: 'failed'; readonly key: string; readonly reason: string }
  | { readonly type: 'stop-waiting' };

export const EMPTY_CHAT: ChatState = { loading: 'loading', messages: [], ticket: null, pending: [], waiting: false };

/** Id of the newest message known; 0 where there is none. */
export function lastId(state: ChatState): number {
  return state.messages.at(-1)?.id ?? 0;
}

/** How a thing sent reads in the thread. */
export function contentText(content: InboundContent): string {
  return content.type === 'text' ? content.text : HUMAN_WANTED_TEXT;
}

function isEcho(message: Message, pending: Pending): boolean {
  if (message.author !== 'citizen' || message.body.type !== 'text' || message.id <= pending.afterId) return false;
  return message.body.text.trim() === contentText(pending.content).trim();
}

/** Adds what is new, each id once; an echo takes the place of the first pending it matches. */
function merge(state: ChatState, incoming: readonly Message[]): ChatState {
  const known = new Set(state.messages.map((message) => message.id));
  const fresh = incoming.filter((message) => !known.has(message.id));
  if (fresh.length === 0) return state;
  let pending = state.pending;
  for (const message of fresh) {
    const echoed = pending.find((one) => isEcho(message, one));
    if (echoed !== undefined) pending = pending.filter((one) => one !== echoed);
  }
  const messages = [...state.messages, ...fresh].sort((a, b) => a.id - b.id);
  const answered = fresh.some((message) => message.author === 'bot' || message.author === 'staff');
  return { ...state, messages, pending, waiting: state.waiting && !answered };
}

const without = (state: ChatState, key: string): readonly Pending[] => state.pending.filter((one) => one.key !== key);

/** The one place where the chat changes. */
export function reduceChat(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case 'loaded':
      return { ...merge(state, action.view.messages), loading: 'done', ticket: action.view.ticket };
    case 'load-failed':
      return state.loading === 'done' ? state : { ...state, loading: 'failed' };
    case 'message':
      return merge(state, [action.message]);
    case 'ticket':
      return { ...state, ticket: action.ticket };
    case 'sending': {
      const earlier = state.pending.find((one) => one.key === action.key);
      const pending: Pending = {
        key: action.key,
        content: action.content,
        afterId: earlier?.afterId ?? lastId(state),
        failure: null,
      };
      return { ...state, pending: [...without(state, action.key), pending], waiting: true };
    }
    case 'accepted':
      return merge({ ...state, pending: without(state, action.key) }, [action.message]);
    case 'failed': {
      const pending = state.pending.map((one) => (one.key === action.key ? { ...one, failure: action.reason } : one));
      return { ...state, pending, waiting: state.waiting && pending.some((one) => one.failure === null) };
    }
    case 'stop-waiting':
      return { ...state, waiting: false };
  }
}

import { useCallback, useEffect, useEffectEvent, useReducer, useState } from 'react';
import type { InboundContent, Message } from '../../domain/message.js';
import type { ChatView } from '../../domain/views.js';
import { openEventStream } from '../shared/event-stream.js';
import { newId } from '../shared/new-id.js';
import { failureText } from '../shared/request.js';
import { chatEventsUrl, loadChat, sendMessage } from './chat-requests.js';
import { EMPTY_CHAT, lastId, reduceChat } from './chat-state.js';
import type { ChatState, Pending } from './chat-state.js';
import { PARTIAL_KEY } from './PendingBubble.js';

/** With a ticket the next word may be a lawyer's, later: the indicator does not promise it. */
const WAIT_WITH_TICKET_MS = 8_000;
/** Some networks hold events back; asking again is what gets an answer through. */
const POLL_WAITING_MS = 5_000;
const POLL_LOST_MS = 15_000;
const POLL_TICKET_MS = 45_000;

export interface Chat {
  readonly state: ChatState;
  readonly connected: boolean;
  readonly send: (content: InboundContent) => void;
  readonly resend: (pending: Pending) => void;
  readonly reload: () => void;
}

function pollEvery(state: ChatState, connected: boolean): number | null {
  if (state.loading === 'failed' || state.waiting) return POLL_WAITING_MS;
  if (!connected) return POLL_LOST_MS;
  return state.ticket !== null && state.ticket.state !== 'closed' ? POLL_TICKET_MS : null;
}

/** With the sentences of the answer that are there already, as long as no one has answered and no lawyer has taken over. */
function withPartial(state: ChatState, sentences: readonly string[]): ChatState {
  if (sentences.length === 0 || !state.waiting || state.ticket?.held === true) return state;
  const content = { type: 'text', text: sentences.join('\n') } as const;
  return { ...state, pending: [...state.pending, { key: PARTIAL_KEY, content, afterId: lastId(state), failure: null }] };
}

/** The conversation of this browser, kept up to date. */
export function useChat(): Chat {
  const [state, dispatch] = useReducer(reduceChat, EMPTY_CHAT);
  const [connected, setConnected] = useState(true);
  const [partial, setPartial] = useState<readonly string[]>([]);
  const loaded = state.loading === 'done';

  const reload = useCallback(() => {
    loadChat().then(
      (view) => {
        dispatch({ type: 'loaded', view });
      },
      () => {
        dispatch({ type: 'load-failed' });
      },
    );
  }, []);
  useEffect(reload, [reload]);

  const eventsUrl = useEffectEvent(() => chatEventsUrl(lastId(state)));
  const onConnected = useEffectEvent((now: boolean) => {
    if (now && !connected) reload(); // what changed while the line was down
    setConnected(now);
  });
  useEffect(() => {
    if (!loaded) return undefined;
    return openEventStream({
      url: () => eventsUrl(),
      on: {
        message: (data) => {
          const message = JSON.parse(data) as Message;
          if (message.author !== 'citizen') setPartial([]);
          dispatch({ type: 'message', message });
        },
        partial: (data) => {
          const { text } = JSON.parse(data) as { readonly text: string };
          setPartial((before) => [...before, text]);
        },
        ticket: (data) => {
          dispatch({ type: 'ticket', ticket: JSON.parse(data) as ChatView['ticket'] });
        },
      },
      onConnected: (now) => {
        onConnected(now);
      },
    });
  }, [loaded]);

  const interval = pollEvery(state, connected);
  useEffect(() => {
    if (interval === null) return undefined;
    const timer = setInterval(reload, interval);
    return () => {
      clearInterval(timer);
    };
  }, [interval, reload]);

  const hasTicket = state.ticket !== null;
  useEffect(() => {
    if (!state.waiting || !hasTicket) return undefined;
    const timer = setTimeout(() => {
      dispatch({ type: 'stop-waiting' });
    }, WAIT_WITH_TICKET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state.waiting, hasTicket, state.messages.length]);

  const deliver = useCallback((key: string, content: InboundContent) => {
    setPartial([]);
    dispatch({ type: 'sending', key, content });
    sendMessage(key, content).then(
      (message) => {
        dispatch({ type: 'accepted', key, message });
      },
      (error: unknown) => {
        dispatch({ type: 'failed', key, reason: failureText(error) });
      },
    );
  }, []);
  const send = useCallback(
    (content: InboundContent) => {
      deliver(newId(), content);
    },
    [deliver],
  );
  const resend = useCallback(
    (pending: Pending) => {
      deliver(pending.key, pending.content);
    },
    [deliver],
  );

  return { state: withPartial(state, partial), connected, send, resend, reload };
}

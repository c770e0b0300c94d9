import type { ReactNode } from 'react';
import type { Message } from '../../domain/message.js';
import { ChatHeader } from './ChatHeader.js';
import { Composer } from './Composer.js';
import { ConnectionBar } from './ConnectionBar.js';
import { LoadingScreen } from './LoadingScreen.js';
import { MessageList } from './MessageList.js';
import { PickupCode } from './PickupCode.js';
import { StartScreen } from './StartScreen.js';
import { TicketBar } from './TicketBar.js';
import { withoutJoin } from './kiosk-thread.js';
import { useRatings } from './feedback/use-ratings.js';
import { useChat } from './use-chat.js';
import { useDraft } from './use-draft.js';

interface Props {
  /** What a screen that many people use has beside the conversation. */
  readonly kiosk?: (thread: readonly Message[]) => ReactNode;
}

/** The citizen's page. */
export function ChatPage({ kiosk }: Props) {
  const { state: whole, connected, send, resend, reload } = useChat();
  const state = kiosk ? { ...whole, messages: withoutJoin(whole.messages) } : whole;
  const { loading, messages, pending, ticket } = state;
  const ratings = useRatings(loading === 'done');
  const draft = useDraft();

  const sendText = (text: string): void => {
    send({ type: 'text', text });
  };
  const findLawyer = (): void => {
    send({ type: 'human-wanted' });
  };
  const asksForLawyer = pending.some((one) => one.content.type === 'human-wanted' && one.failure === null);

  return (
    <div className="chat">
      <ChatHeader onFindLawyer={findLawyer} busy={loading !== 'done' || asksForLawyer} />
      <ConnectionBar lost={loading === 'done' && !connected} />
      <TicketBar ticket={ticket} />
      {kiosk?.(messages)}
      {loading !== 'done' ? (
        <LoadingScreen failed={loading === 'failed'} onRetry={reload} />
      ) : messages.length === 0 && pending.length === 0 ? (
        <StartScreen onAsk={sendText} />
      ) : (
        <MessageList state={state} ratings={ratings} actions={{ say: sendText, findLawyer, correct: draft.correct }} onResend={resend} />
      )}
      {!kiosk && messages.length > 0 && <PickupCode />}
      <Composer
        draft={draft}
        toLawyer={ticket?.held === true}
        attachable={!kiosk && ticket !== null && ticket.state !== 'closed'}
        ready={loading === 'done'}
        onSend={sendText}
      />
    </div>
  );
}

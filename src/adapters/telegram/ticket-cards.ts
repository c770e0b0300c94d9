import { setTimeout as pause } from 'node:timers/promises';
import type { Opts } from 'telegraf/types';
import { maskPersonalData } from '../../domain/mask.js';
import { isHeldByHuman } from '../../domain/ticket.js';
import type { Message } from '../../domain/message.js';
import type { StoredTicket } from '../../handoff/ports.js';
import type { ApiFailure, BotApi } from './bot-api.js';
import { callChat, isUnchanged } from './call-chat.js';
import type { TelegramStore, TicketCard, TicketReader } from './ports.js';
import { splitText } from './split-text.js';
import { cardButtons, cardDigest, cardText, topicName } from './ticket-card.js';
import { settleTopic } from './ticket-topic.js';

export interface TicketCardsDeps {
  readonly api: BotApi;
  readonly store: TelegramStore;
  readonly tickets: TicketReader;
  /** First id of the lawyers' group. */
  readonly staffChat: number;
  readonly now: () => number;
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}

/** Keeps the lawyers' group showing what tickets are: one ticket after the other, as fast as the platform lets it. */
export interface TicketCards {
  /** The ticket, or its conversation, has changed. */
  changed(ticketNumber: string): void;
  /** Looks at all that are open, and at those whose card does not say yet that they are closed. */
  sweep(): Promise<void>;
  /** Why cards cannot be shown; null where they can. */
  trouble(): string | null;
  /** Ends after what is under way; what is left is shown after the next start. */
  stop(): Promise<void>;
}

/** What kept a ticket from being shown; null: nothing. */
type Obstacle = ApiFailure | null;

const MOVED_PAUSE_MS = 1000;

export function createTicketCards(deps: TicketCardsDeps): TicketCards {
  const { store, tickets, staffChat, now } = deps;
  const waiting = new Set<string>();
  const stopped = new AbortController();
  let working: Promise<void> | null = null;
  let trouble: string | null = null;

  const showOne = async (number: string): Promise<void> => {
    const obstacle = await show(number);
    if (obstacle === null) {
      trouble = null;
      return;
    }
    if (obstacle.kind === 'refused') {
      trouble = `律师群发不了工单：${obstacle.description}`;
      deps.onError(new Error(trouble), { ticket: number });
      return; // the next look tries again
    }
    waiting.add(number);
    const afterMs = obstacle.kind === 'wait' ? obstacle.afterMs : MOVED_PAUSE_MS;
    await pause(afterMs, undefined, { signal: stopped.signal }).catch(() => undefined);
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const [number] = waiting;
      if (number === undefined || stopped.signal.aborted) return;
      waiting.delete(number);
      try {
        await showOne(number);
      } catch (error) {
        deps.onError(error, { ticket: number });
      }
    }
  };

  const wake = (): void => {
    if (waiting.size === 0 || stopped.signal.aborted) return;
    working ??= work().finally(() => {
      working = null;
      // what came after the last look
      wake();
    });
  };
  const changed = (number: string): void => {
    waiting.add(number);
    wake();
  };

  const show = async (number: string): Promise<Obstacle> => {
    const found = await tickets.ticket(number);
    if (!found) return null;
    const { ticket, messages } = found;
    const chatId = await store.currentOf(staffChat);
    const known = await store.card(number);
    const here = known?.chatId === chatId ? known : null;
    if (!here && ticket.state === 'closed') {
      if (known) await store.saveCard({ ...known, final: true });
      return null;
    }
    const placed = here ?? (await makePlace(ticket, known?.shownUpTo ?? messages.at(-1)?.id ?? 0));
    if ('kind' in placed) return placed;
    // a topic that is opened again before anything is said in it, one that is closed after everything is
    const opened = ticket.state === 'closed' ? placed : await settleTopic(deps, staffChat, placed, false);
    if ('kind' in opened) return opened;
    const card = await showCard(opened, ticket);
    if ('kind' in card) return card;
    const told = await tellNews(card, ticket, messages);
    if ('kind' in told) return told;
    const settled = await settleTopic(deps, staffChat, told, ticket.state === 'closed');
    return 'kind' in settled ? settled : null;
  };

  /** A topic of its own where the group has topics; else a place among the others. */
  const makePlace = async (ticket: StoredTicket, shownUpTo: number): Promise<TicketCard | ApiFailure> => {
    const chat = await callChat(deps, staffChat, 'getChat', (chat_id) => ({ chat_id }));
    if (!chat.ok) return chat.failure;
    const forum = 'is_forum' in chat.result;
    const topic = forum ? await callChat(deps, staffChat, 'createForumTopic', (chat_id) => ({ chat_id, name: topicName(ticket) })) : null;
    if (topic && !topic.ok && topic.failure.kind !== 'refused') return topic.failure;
    // without the right to make topics the card stands in the general one
    const threadId = topic?.ok === true ? topic.result.message_thread_id : null;
    const chatId = await store.currentOf(staffChat);
    const card: TicketCard = { ticketNumber: ticket.number, chatId, messageId: null, threadId, digest: '', shownUpTo, final: false };
    // stored before the card is sent, so that a broken send does not make a second topic
    await store.saveCard(card);
    return card;
  };

  const showCard = async (card: TicketCard, ticket: StoredTicket): Promise<TicketCard | ApiFailure> => {
    const names = await tickets.staffNames();
    const text = cardText(ticket, (id) => names.get(id) ?? '同事', now());
    const buttons = cardButtons(ticket);
    const digest = cardDigest(text, buttons);
    if (card.messageId !== null && card.digest === digest) return card;
    const content = { text, parse_mode: 'HTML', reply_markup: buttons, link_preview_options: { is_disabled: true } } as const;
    const messageId = card.messageId === null ? await post(card, content) : await edit(card, card.messageId, content);
    if (typeof messageId !== 'number') return messageId;
    const shown = { ...card, messageId, digest };
    await store.saveCard(shown);
    return shown;
  };

  /** A topic that somebody has deleted is done without. */
  const sendInTopic = async (card: TicketCard, content: Omit<Opts<'sendMessage'>, 'chat_id'>) => {
    const inTopic = card.threadId === null ? {} : { message_thread_id: card.threadId };
    const sent = await callChat(deps, staffChat, 'sendMessage', (chat_id) => ({ ...content, ...inTopic, chat_id }));
    const topicGone = !sent.ok && sent.failure.kind === 'refused' && /thread|topic/i.test(sent.failure.description);
    return topicGone && card.threadId !== null ? callChat(deps, staffChat, 'sendMessage', (chat_id) => ({ ...content, chat_id })) : sent;
  };

  const post = async (card: TicketCard, content: Content): Promise<number | ApiFailure> => {
    const sent = await sendInTopic(card, content);
    return sent.ok ? sent.result.message_id : sent.failure;
  };

  const edit = async (card: TicketCard, messageId: number, content: Content): Promise<number | ApiFailure> => {
    const edited = await callChat(deps, staffChat, 'editMessageText', (chat_id) => ({ ...content, chat_id, message_id: messageId }));
    if (edited.ok || isUnchanged(edited)) return messageId;
    // somebody has deleted the card, or its topic: a new one takes its place
    if (edited.failure.kind === 'refused') return post(card, content);
    return edited.failure;
  };

  /** What the citizen has written since, masked, to the lawyer who holds the ticket. */
  const tellNews = async (card: TicketCard, ticket: StoredTicket, messages: readonly Message[]): Promise<TicketCard | ApiFailure> => {
    const last = messages.at(-1)?.id ?? 0;
    // what is written while nobody holds the ticket is shown to whoever claims it
    if (last <= card.shownUpTo || ticket.state === 'queued') return card;
    const said = messages.flatMap(({ id, author, body }) =>
      id > card.shownUpTo && author === 'citizen' && body.type === 'text' ? [`群众：${maskPersonalData(body.text)}`] : [],
    );
    for (const text of isHeldByHuman(ticket) ? splitText(said.join('\n')) : []) {
      const sent = await sendInTopic(card, {
        ...(card.messageId === null ? {} : { reply_parameters: { message_id: card.messageId, allow_sending_without_reply: true } }),
        text,
        link_preview_options: { is_disabled: true },
      });
      if (!sent.ok) return sent.failure;
      await store.addPost(sent.result.chat.id, sent.result.message_id, ticket.number);
    }
    const told = { ...card, shownUpTo: last };
    await store.saveCard(told);
    return told;
  };

  return {
    changed,
    async sweep() {
      const open = await tickets.list('open');
      for (const number of new Set([...open.map((ticket) => ticket.number), ...(await store.unfinishedCards())])) changed(number);
    },
    trouble: () => trouble,
    async stop() {
      stopped.abort();
      await working;
    },
  };
}

interface Content {
  readonly text: string;
  readonly parse_mode: 'HTML';
  readonly reply_markup: ReturnType<typeof cardButtons>;
  readonly link_preview_options: { readonly is_disabled: boolean };
}

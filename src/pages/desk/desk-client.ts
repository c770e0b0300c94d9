import type { ConsultationTopic } from '../../domain/answer.js';
import type { CuratedView } from '../../domain/curated-answer.js';
import type { Rating, RatingsView } from '../../domain/feedback.js';
import type {
  ChannelsView,
  DeliveriesView,
  MessageDelivery,
  StaffView,
  TelegramCodeView,
  TelegramLinkView,
  TicketView,
} from '../../domain/views.js';
import type { UnansweredView } from '../../domain/unanswered.js';
import { getJson, postFile, postJson, RequestError } from '../shared/request.js';

/** Moves of a ticket that need nothing but a tap. */
export type TicketMove = 'claim' | 'release' | 'hand-back' | 'reopen';

/** An answer that a lawyer proposes to keep. */
export interface Proposal {
  readonly ticketNumber: string;
  readonly topic: ConsultationTopic;
  readonly asks: readonly string[];
  readonly headline: string;
  readonly points: readonly string[];
  /** As the lawyer writes them: "工伤保险条例第十四条". */
  readonly cites: readonly string[];
}

/** The desk's interface for somebody who is signed in. Every function throws RequestError. */
export interface DeskClient {
  /** GET and POST of a path below /api/desk, for the parts of the desk that bring requests of their own. */
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: unknown) => Promise<T>;
  readonly upload: <T>(path: string, file: File) => Promise<T>;
  readonly ticket: (number: string) => Promise<TicketView>;
  readonly move: (number: string, move: TicketMove) => Promise<TicketView>;
  readonly reply: (number: string, reply: { id: string; text: string; ask: boolean }) => Promise<TicketView>;
  /** What the citizen said of the bot's answers in a ticket's conversation. */
  readonly ratings: (number: string) => Promise<readonly Rating[]>;
  /** What became of the messages to the citizen. */
  readonly deliveries: (number: string) => Promise<readonly MessageDelivery[]>;
  readonly curated: () => Promise<readonly CuratedView[]>;
  readonly propose: (proposal: Proposal) => Promise<CuratedView>;
  readonly moveCurated: (id: string, move: 'approve' | 'withdraw') => Promise<CuratedView>;
  readonly unanswered: (days: number) => Promise<UnansweredView>;
  /** For the officer and the administrator. */
  readonly channels: () => Promise<ChannelsView>;
  /** One's own. */
  readonly telegramLink: () => Promise<TelegramLinkView>;
  readonly newTelegramCode: () => Promise<TelegramCodeView>;
  readonly unlinkTelegram: () => Promise<void>;
  readonly changePassword: (current: string, next: string) => Promise<StaffView>;
  readonly signOut: () => Promise<void>;
}

/** Who is signed in; throws RequestError with status 401 where nobody is. */
export function whoAmI(): Promise<StaffView> {
  return getJson<StaffView>('/api/desk/me');
}

/** @param code of the second factor, once it was asked for (RequestError with code `code-wanted`) */
export function signIn(login: string, password: string, code: string | null): Promise<StaffView> {
  return postJson<StaffView>('/api/desk/login', { login, password, ...(code === null ? {} : { code }) });
}

/** `onRefused` is called when the session has ended or the password must be changed first. */
export function deskClient(csrf: string, onRefused: () => void): DeskClient {
  const watched = async <T>(request: Promise<T>): Promise<T> => {
    try {
      return await request;
    } catch (error) {
      if (
        error instanceof RequestError &&
        (error.status === 401 || error.code === 'must-change-password' || error.code === 'must-set-up-totp')
      )
        onRefused();
      throw error;
    }
  };
  const get = <T>(path: string): Promise<T> => watched(getJson<T>(`/api/desk${path}`));
  const send = <T>(path: string, body: unknown): Promise<T> => postJson<T>(`/api/desk${path}`, body, { 'x-csrf-token': csrf });
  const post = <T>(path: string, body: unknown): Promise<T> => watched(send<T>(path, body));
  const at = (number: string): string => `/tickets/${encodeURIComponent(number)}`;

  return {
    get,
    post,
    upload: <T>(path: string, file: File) => watched(postFile<T>(`/api/desk${path}`, file, { 'x-csrf-token': csrf })),
    ticket: (number) => get<TicketView>(at(number)),
    move: (number, move) => post<TicketView>(`${at(number)}/${move}`, {}),
    reply: (number, reply) => post<TicketView>(`${at(number)}/reply`, reply),
    ratings: async (number) => (await get<RatingsView>(`${at(number)}/feedback`)).ratings,
    deliveries: async (number) => (await get<DeliveriesView>(`${at(number)}/deliveries`)).deliveries,
    curated: async () => (await get<{ answers: readonly CuratedView[] }>('/curated')).answers,
    propose: (proposal) => post<CuratedView>('/curated', proposal),
    moveCurated: (id, move) => post<CuratedView>(`/curated/${encodeURIComponent(id)}/${move}`, {}),
    unanswered: (days) => get<UnansweredView>(`/unanswered?days=${String(days)}`),
    channels: () => get<ChannelsView>('/channels'),
    telegramLink: () => get<TelegramLinkView>('/telegram-link'),
    newTelegramCode: () => post<TelegramCodeView>('/telegram-link', {}),
    unlinkTelegram: async () => {
      await post('/telegram-link/remove', {});
    },
    // A wrong current password may also be a 401: it is the form's to tell, not the end of the session.
    changePassword: (current, next) => send<StaffView>('/password', { current, next }),
    signOut: async () => {
      await send('/logout', {});
    },
  };
}

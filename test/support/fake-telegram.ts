import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainOfHtml } from './telegram-html.js';
import { REFUSALS, TELEGRAM_REFUSALS, type Refusal, type RefusalName } from './telegram-refusals.js';

export { REFUSALS };

export const TOKEN = '7000000001:AAfake-token_of-the-loopback-bot_0123456';
export const BOT = { id: 7000000001, is_bot: true, first_name: '百米问法', username: 'baimi_test_bot' } as const;

export interface FakeMessage {
  readonly message_id: number;
  readonly chat: ChatJson;
  readonly date: number;
  readonly from?: UserJson;
  /** As a person sees it: mark-up read. */
  readonly text?: string;
  readonly reply_markup?: Keyboard;
  readonly message_thread_id?: number;
  readonly reply_to_message?: { readonly message_id: number };
}

interface UserJson {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
}
interface ChatJson {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly is_forum?: true;
}
interface Keyboard {
  readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data?: string; readonly url?: string }[])[];
}
type Fields = Readonly<Record<string, unknown>>;

interface Chat {
  json: ChatJson;
  readonly messages: Map<number, FakeMessage>;
  next: number;
  /** Private: the person has opened the chat. Group: the bot is in it. */
  reachable: boolean;
  blocked: boolean;
  movedTo: number | null;
  readonly topics: Map<number, string>;
  readonly closedTopics: Set<number>;
  sentAt: number[];
}

export interface FakeTelegram {
  readonly apiRoot: string;
  /** Calls in their order, with what became of each. */
  readonly calls: { readonly method: string; readonly body: Fields; readonly refused: Refusal | null }[];
  /** A new person; `reachable` once they have opened the private chat. */
  person(name: string): UserJson;
  group(options?: { readonly forum?: boolean }): number;
  /** A person writes in a chat (their private one by default); resolves when the bot has acknowledged the update. */
  say(
    from: UserJson,
    fields: Fields | string,
    options?: { readonly chat?: number; readonly id?: number; readonly edited?: boolean },
  ): Promise<number>;
  /** Presses a button that stands under a message of the bot's; resolves with what the person is told. */
  tap(by: UserJson, chat: number, messageId: number, button: string): Promise<{ readonly text: string; readonly alert: boolean }>;
  /** What the bot has said in a chat. */
  said(chat: number): FakeMessage[];
  message(chat: number, messageId: number): FakeMessage | undefined;
  topics(chat: number): ReadonlyMap<number, string>;
  /** Topics in which only administrators may write. */
  closedTopics(chat: number): ReadonlySet<number>;
  /** Deletes a message, as an administrator can. */
  remove(chat: number, messageId: number): void;
  removeTopic(chat: number, threadId: number): void;
  block(person: UserJson, blocked: boolean): void;
  /** The bot is taken out of a group. */
  kick(chat: number): void;
  /** The group becomes a supergroup. `quietly`: the bot is not told by a message. @returns the new id */
  upgrade(chat: number, options?: { readonly quietly?: boolean }): Promise<number>;
  /** The next call of a method meets this. */
  refuseNext(method: string, refusal: Refusal): void;
  /** Every sendMessage meets this; null: none. */
  refuseAll(refusal: Refusal | null): void;
  /** Hands in an update as it is; resolves when it is acknowledged. */
  update(fields: Fields): Promise<void>;
  /** How often the webhook was asked, and how it answered. */
  readonly pushes: number[];
  /** Where pushes to the webhook's public address really go. */
  webhookTarget: string | null;
  close(): Promise<void>;
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.description);
  }
}
const bad = (name: RefusalName): Refused => new Refused(TELEGRAM_REFUSALS[name]);
const badEntities = (description: string): Refused => new Refused({ code: 400, description: `Bad Request: ${description}` });

/** Messages that a group takes in a minute. */
const MOST_IN_GROUP = 20;
const MAX_WEBHOOK_RETRY_MS = 50;

/**
 * A Bot API on a free port. It knows chats, messages, topics and buttons, confirms updates as the real one does, and refuses
 * what the real one refuses, in its words.
 */
export async function startFakeTelegram(options: { readonly minuteMs?: number } = {}): Promise<FakeTelegram> {
  const minuteMs = options.minuteMs ?? 60_000;
  const chats = new Map<number, Chat>();
  const calls: FakeTelegram['calls'] = [];
  const scripted = new Map<string, Refusal[]>();
  let always: Refusal | null = null;
  let nextPerson = 5001;
  let nextGroup = 900;
  let nextUpdate = 100_000;
  let nextQuery = 1;
  const pending: { readonly id: number; readonly json: Fields; readonly acknowledged: () => void }[] = [];
  const queries = new Map<string, (told: { text: string; alert: boolean }) => void>();
  let webhook: { readonly url: string; readonly secret: string } | null = null;
  let pushing = false;
  let polling = false;
  let wake = (): void => undefined;
  let closed = false;
  const pushes: number[] = [];

  const chatOf = (id: unknown): Chat => {
    const chat = typeof id === 'number' ? chats.get(id) : undefined;
    if (!chat) throw bad('no chat');
    return chat;
  };
  const newChat = (json: ChatJson, reachable: boolean): Chat => {
    const chat: Chat = {
      json,
      messages: new Map(),
      next: 1,
      reachable,
      blocked: false,
      movedTo: null,
      topics: new Map(),
      closedTopics: new Set(),
      sentAt: [],
    };
    chats.set(json.id, chat);
    return chat;
  };
  const put = (chat: Chat, fields: Fields, id = chat.next): FakeMessage => {
    chat.next = Math.max(chat.next, id + 1);
    const message = { message_id: id, chat: chat.json, date: Math.floor(Date.now() / 1000), ...fields } as FakeMessage;
    chat.messages.set(id, message);
    return message;
  };

  const update = (fields: Fields): Promise<void> =>
    new Promise((resolve) => {
      const id = nextUpdate++;
      pending.push({ id, json: { update_id: id, ...fields }, acknowledged: resolve });
      wake();
      void push();
    });
  /** One at a time, again until it is taken. */
  const push = async (): Promise<void> => {
    if (pushing || !webhook) return;
    pushing = true;
    for (let [next] = pending; next && !closed; [next] = pending) {
      const address = fake.webhookTarget ?? webhook.url;
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhook.secret },
        body: JSON.stringify(next.json),
      }).catch(() => null);
      pushes.push(response?.status ?? 0);
      if (response?.ok === true) {
        pending.shift();
        next.acknowledged();
      } else {
        await new Promise((resolve) => setTimeout(resolve, MAX_WEBHOOK_RETRY_MS));
      }
    }
    pushing = false;
  };

  /** What any message to a chat has to pass. */
  const deliverable = (body: Fields): Chat => {
    const chat = chatOf(body['chat_id']);
    if (chat.movedTo !== null) {
      throw new Refused({ ...TELEGRAM_REFUSALS.upgraded, parameters: { migrate_to_chat_id: chat.movedTo } });
    }
    if (chat.blocked) throw bad('blocked');
    if (!chat.reachable) {
      throw bad(chat.json.type === 'private' ? 'not started' : 'kicked');
    }
    return chat;
  };
  const readText = (body: Fields): string => {
    if (typeof body['text'] !== 'string') throw bad('empty');
    const html = body['parse_mode'] === 'HTML';
    const text = (html ? plainOfHtml(body['text'], badEntities) : body['text']).trim();
    if (text === '') throw bad('empty');
    if (text.length > 4096) throw bad('too long');
    return text;
  };
  const readKeyboard = (body: Fields): Keyboard | undefined => {
    const markup = body['reply_markup'] as Keyboard | undefined;
    for (const button of markup?.inline_keyboard.flat() ?? []) {
      if (button.text === '') throw bad('button without text');
      if (button.url === undefined && button.callback_data === undefined) throw bad('button without data');
      const bytes = Buffer.byteLength(button.callback_data ?? 'x');
      if (bytes < 1 || bytes > 64) throw bad('button data');
    }
    return markup;
  };
  const ownMessage = (body: Fields, missing: RefusalName): { chat: Chat; message: FakeMessage } => {
    const chat = deliverable(body);
    const message = chat.messages.get(Number(body['message_id']));
    if (!message) throw bad(missing);
    return { chat, message };
  };
  const changeOwn = (body: Fields, change: Partial<FakeMessage>): FakeMessage => {
    const { chat, message } = ownMessage(body, 'nothing to edit');
    if (message.from?.id !== BOT.id) throw bad('not its own');
    const next = { ...message, ...change };
    if (JSON.stringify(next) === JSON.stringify(message)) {
      throw bad('not modified');
    }
    chat.messages.set(message.message_id, next);
    return next;
  };

  const topicOf = (body: Fields): { chat: Chat; thread: number } => {
    const chat = deliverable(body);
    if (chat.json.is_forum !== true) throw bad('no forum');
    const thread = Number(body['message_thread_id']);
    if (!chat.topics.has(thread)) throw bad('no topic');
    return { chat, thread };
  };

  const methods: Readonly<Record<string, (body: Fields) => unknown>> = {
    getMe: () => ({ ...BOT, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }),
    setMyCommands: () => true,
    deleteWebhook: () => {
      webhook = null;
      return true;
    },
    setWebhook: (body) => {
      const { url, secret_token: secret } = body;
      if (typeof url !== 'string' || !url.startsWith('https://')) throw bad('webhook address');
      if (typeof secret !== 'string' || !/^[\w-]{1,256}$/.test(secret)) throw bad('webhook secret');
      webhook = { url, secret };
      void push();
      return true;
    },
    getUpdates: async (body) => {
      if (webhook) {
        throw bad('a webhook is set');
      }
      if (polling) {
        throw bad('another poller');
      }
      const offset = Number(body['offset'] ?? 0);
      while (pending[0] && pending[0].id < offset) pending.shift()?.acknowledged();
      if (pending.length === 0) {
        polling = true;
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, Number(body['timeout'] ?? 0) * 1000).unref();
        });
        polling = false;
      }
      return pending.slice(0, 100).map(({ json }) => json);
    },
    getChat: (body) => deliverable(body).json,
    sendMessage: (body) => {
      const chat = deliverable(body);
      const text = readText(body);
      const reply_markup = readKeyboard(body);
      const thread = body['message_thread_id'];
      if (thread !== undefined && !chat.topics.has(Number(thread))) throw bad('no thread');
      const reply = body['reply_parameters'] as { message_id: number; allow_sending_without_reply?: boolean } | undefined;
      if (reply && !chat.messages.has(reply.message_id) && reply.allow_sending_without_reply !== true) throw bad('nothing to reply to');
      if (chat.json.type !== 'private') {
        chat.sentAt = chat.sentAt.filter((at) => at > Date.now() - minuteMs);
        const [oldest] = chat.sentAt;
        if (chat.sentAt.length >= MOST_IN_GROUP && oldest !== undefined) {
          throw new Refused(REFUSALS.tooMany(Math.max(1, Math.ceil((oldest + minuteMs - Date.now()) / 1000))));
        }
        chat.sentAt.push(Date.now());
      }
      const topic = thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true };
      const replied = reply && chat.messages.has(reply.message_id) ? { reply_to_message: chat.messages.get(reply.message_id) } : {};
      return put(chat, { from: BOT, text, ...(reply_markup ? { reply_markup } : {}), ...topic, ...replied });
    },
    editMessageText: (body) => {
      const reply_markup = readKeyboard(body);
      return changeOwn(body, { text: readText(body), ...(reply_markup ? { reply_markup } : {}) });
    },
    editMessageReplyMarkup: (body) => changeOwn(body, { reply_markup: readKeyboard(body) ?? { inline_keyboard: [] } }),
    setMessageReaction: (body) => {
      ownMessage(body, 'nothing to react to');
      return true;
    },
    createForumTopic: (body) => {
      const chat = deliverable(body);
      if (chat.json.is_forum !== true) throw bad('no forum');
      const name = typeof body['name'] === 'string' ? body['name'] : '';
      if (name.length < 1 || name.length > 128) throw bad('topic name');
      const { message_id } = put(chat, { from: BOT, forum_topic_created: { name } });
      chat.topics.set(message_id, name);
      return { message_thread_id: message_id, name, icon_color: 7322096 };
    },
    closeForumTopic: (body) => {
      const { chat, thread } = topicOf(body);
      if (chat.closedTopics.has(thread)) throw bad('topic as it is');
      chat.closedTopics.add(thread);
      return true;
    },
    reopenForumTopic: (body) => {
      const { chat, thread } = topicOf(body);
      if (!chat.closedTopics.delete(thread)) throw bad('topic as it is');
      return true;
    },
    answerCallbackQuery: (body) => {
      const id = String(body['callback_query_id']);
      const told = queries.get(id);
      if (!told) throw bad('query too old');
      const text = typeof body['text'] === 'string' ? body['text'] : '';
      if (text.length > 200) throw bad('notice too long');
      queries.delete(id);
      told({ text, alert: body['show_alert'] === true });
      return true;
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
    const match = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '');
    if (!match || match[1] !== TOKEN) {
      const { code, description } = TELEGRAM_REFUSALS.unauthorised;
      reply(code, { ok: false, error_code: code, description });
      return;
    }
    const name = match[2] ?? '';
    // whoever hangs up no longer polls
    if (name === 'getUpdates') response.once('close', () => wake());
    const method = methods[name];
    let refused: Refusal | null = null;
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Fields;
    try {
      if (!method) throw bad('no such method');
      const script = scripted.get(name)?.shift() ?? (name === 'sendMessage' ? always : null);
      if (script) throw new Refused(script);
      reply(200, { ok: true, result: await method(body) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused = error.refusal;
      const { code, description, parameters } = refused;
      reply(code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) });
    }
    calls.push({ method: name, body, refused });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const fake: FakeTelegram = {
    apiRoot: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    pushes,
    webhookTarget: null,
    update,
    person(name) {
      const id = nextPerson++;
      newChat({ id, type: 'private' }, false);
      return { id, is_bot: false, first_name: name };
    },
    group({ forum = false } = {}) {
      const id = forum ? -1_001_000_000_000 - nextGroup++ : -nextGroup++;
      newChat({ id, type: forum ? 'supergroup' : 'group', ...(forum ? { is_forum: true } : {}) }, true);
      return id;
    },
    async say(from, fields, { chat: chatId = from.id, id, edited = false } = {}) {
      const chat = chatOf(chatId);
      if (chat.json.type === 'private') chat.reachable = true;
      const given = typeof fields === 'string' ? { text: fields, ...entitiesOf(fields) } : fields;
      // inside a topic, what replies to nothing replies to the topic's first message
      const thread = given['message_thread_id'];
      if (chat.closedTopics.has(Number(thread))) throw new Error('the client lets nobody write in a closed topic');
      const inTopic = thread === undefined ? {} : { is_topic_message: true, reply_to_message: chat.messages.get(Number(thread)) };
      const replyTo =
        given['reply_to'] === undefined ? inTopic : { ...inTopic, reply_to_message: chat.messages.get(Number(given['reply_to'])) };
      const message = put(chat, { from, ...given, ...replyTo }, id);
      await update({ [edited ? 'edited_message' : 'message']: edited ? { ...message, edit_date: message.date + 1 } : message });
      return message.message_id;
    },
    async tap(by, chatId, messageId, button) {
      const message = chatOf(chatId).messages.get(messageId);
      const pressed = message?.reply_markup?.inline_keyboard.flat().find(({ text }) => text === button);
      if (!pressed) throw new Error(`no button ${button} under message ${String(messageId)}`);
      const id = `query-${String(nextQuery++)}`;
      const told = new Promise<{ text: string; alert: boolean }>((resolve) => queries.set(id, resolve));
      await update({ callback_query: { id, from: by, message, chat_instance: '1', data: pressed.callback_data } });
      return told;
    },
    said: (chatId) => [...chatOf(chatId).messages.values()].filter(({ from, text }) => from?.id === BOT.id && text !== undefined),
    message: (chatId, messageId) => chatOf(chatId).messages.get(messageId),
    topics: (chatId) => chatOf(chatId).topics,
    closedTopics: (chatId) => chatOf(chatId).closedTopics,
    remove(chatId, messageId) {
      chatOf(chatId).messages.delete(messageId);
    },
    removeTopic(chatId, threadId) {
      chatOf(chatId).topics.delete(threadId);
    },
    block(person, blocked) {
      chatOf(person.id).blocked = blocked;
    },
    kick(chatId) {
      chatOf(chatId).reachable = false;
    },
    async upgrade(chatId, { quietly = false } = {}) {
      const chat = chatOf(chatId);
      const id = -1_001_000_000_000 - nextGroup++;
      newChat({ id, type: 'supergroup' }, true);
      chat.movedTo = id;
      if (!quietly) await update({ message: put(chat, { migrate_to_chat_id: id }) });
      return id;
    },
    refuseNext(method, refusal) {
      scripted.set(method, [...(scripted.get(method) ?? []), refusal]);
    },
    refuseAll(refusal) {
      always = refusal;
    },
    async close() {
      closed = true;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

/** Commands and mentions, as the platform marks them up. */
function entitiesOf(text: string): Fields {
  const entities = [...text.matchAll(/(?:^\/\w+(?:@\w+)?)|@\w+/g)].map((match) => ({
    type: match[0].startsWith('/') ? 'bot_command' : 'mention',
    offset: match.index,
    length: match[0].length,
  }));
  return entities.length === 0 ? {} : { entities };
}

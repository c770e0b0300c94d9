import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Message } from '../../src/domain/message.js';
import type { ChatView, StaffView, TicketSummary, TicketView } from '../../src/domain/views.js';

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** A page's side of the HTTP interface: keeps cookies, sends JSON. */
export class BrowserClient {
  readonly #cookies = new Map<string, string>();
  csrf = '';

  constructor(readonly url: string) {}

  async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const options: RequestInit = {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        cookie: this.cookies,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    // a kept-alive connection that the server closed at a restart is opened anew, as browsers do
    const response = await fetch(this.url + path, options).catch((error: unknown) => {
      if (!/UND_ERR_SOCKET|ECONNRESET/.test(String((error as { cause?: { code?: string } }).cause?.code))) throw error;
      return fetch(this.url + path, options);
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
  }

  get cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  chat(): Promise<Reply<ChatView>> {
    return this.send<ChatView>('GET', '/api/chat');
  }

  say(text: string, id: string = crypto.randomUUID()): Promise<Reply<{ accepted: boolean; message: Message }>> {
    return this.send('POST', '/api/chat/messages', { id, content: { type: 'text', text } });
  }

  findLawyer(): Promise<Reply<{ accepted: boolean; message: Message }>> {
    return this.send('POST', '/api/chat/messages', { id: crypto.randomUUID(), content: { type: 'human-wanted' } });
  }

  /** Asks and waits for the answer to that message. */
  async ask(text: string): Promise<Message> {
    const { body } = await this.say(text);
    return this.answerAfter(body.message.id);
  }

  async answerAfter(id: number, author = 'bot'): Promise<Message> {
    for (let attempt = 0; attempt < 400; attempt++) {
      const found = (await this.chat()).body.messages.find((message) => message.id > id && message.author === author);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`no message by ${author} after ${String(id)} within 10 s`);
  }

  async signIn(login: string, password: string): Promise<Reply<StaffView>> {
    const reply = await this.send<StaffView>('POST', '/api/desk/login', { login, password });
    if (reply.status === 200) this.csrf = reply.body.csrf;
    return reply;
  }

  async changePassword(current: string, next: string): Promise<Reply<StaffView>> {
    const reply = await this.desk<StaffView>('password', { current, next });
    if (reply.status === 200) this.csrf = reply.body.csrf;
    return reply;
  }

  desk<T>(path: string, body: unknown = {}): Promise<Reply<T>> {
    return this.send<T>('POST', `/api/desk/${path}`, body, { 'x-csrf-token': this.csrf });
  }

  act(number: string, action: string, body: unknown = {}): Promise<Reply<TicketView>> {
    return this.desk<TicketView>(`tickets/${number}/${action}`, body);
  }

  async tickets(show = 'open'): Promise<TicketSummary[]> {
    return (await this.send<{ tickets: TicketSummary[] }>('GET', `/api/desk/tickets?show=${show}`)).body.tickets;
  }

  ticket(number: string): Promise<Reply<TicketView>> {
    return this.send<TicketView>('GET', `/api/desk/tickets/${number}`);
  }

  /** Opens a stream of server-sent events; `received` grows as they come. */
  listen(path: string, headers: Record<string, string> = {}): EventListening {
    return new EventListening(this.url + path, { cookie: this.cookies, ...headers });
  }
}

export interface ReceivedEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: unknown;
}

/** Reads text/event-stream as a browser does. */
export class EventListening {
  readonly received: ReceivedEvent[] = [];
  readonly #close: () => void;
  #buffer = '';

  constructor(url: string, headers: Record<string, string>) {
    const request = httpRequest(url, { headers, agent: false }, (response: IncomingMessage) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => this.#read(chunk));
    });
    request.on('error', () => undefined);
    request.end();
    this.#close = () => request.destroy();
  }

  close(): void {
    this.#close();
  }

  async until(found: (events: readonly ReceivedEvent[]) => boolean, ms = 10_000): Promise<void> {
    const end = Date.now() + ms;
    while (!found(this.received)) {
      if (Date.now() > end) throw new Error(`the event did not come within ${String(ms)} ms`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #read(chunk: string): void {
    this.#buffer += chunk;
    for (;;) {
      const end = this.#buffer.indexOf('\n\n');
      if (end === -1) return;
      const block = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 2);
      const field = (name: string): string | null => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
      const data = field('data');
      const event = field('event');
      if (data !== null && event !== null) this.received.push({ id: field('id'), event, data: JSON.parse(data) as unknown });
    }
  }
}

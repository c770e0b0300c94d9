import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The mock puppet of wechaty, played from the test's process: takes orders, a JSON object a line, from the port of this
 * machine that its token names, and tells there what the bot sends. Loaded in the puppet's own process.
 */
export type Script =
  | { readonly do: 'scan'; readonly code: string }
  | { readonly do: 'login'; readonly id: string; readonly name: string }
  | { readonly do: 'contact'; readonly id: string; readonly name: string; readonly friend: boolean; readonly type?: number }
  | { readonly do: 'room'; readonly id: string; readonly topic: string; readonly members: readonly string[] }
  | {
      readonly do: 'say';
      readonly id: string;
      readonly from: string;
      readonly room?: string;
      readonly text: string;
      readonly type?: number;
      readonly mentioned?: readonly string[];
      readonly at?: number;
      readonly slowMs?: number;
    }
  | { readonly do: 'again'; readonly id: string }
  | { readonly do: 'join'; readonly room: string; readonly who: string }
  | { readonly do: 'heartbeat' | 'logout' | 'throw' | 'reject' | 'swallow' | 'remember' | 'eat-memory' }
  /** Answered with `pong`, after everything that was told before. */
  | { readonly do: 'ping'; readonly n: number }
  | { readonly do: 'refuse'; readonly sends: boolean }
  | { readonly do: 'errors'; readonly count: number };
export type Told =
  | { readonly type: 'hello'; readonly pid: number; readonly environment: readonly string[] }
  | { readonly type: 'pong'; readonly n: number }
  | { readonly type: 'sent'; readonly to: string; readonly text: string; readonly mention: readonly string[]; readonly at: number };

interface Mocker {
  readonly MessageMock: { create(payload: object): unknown };
  createContact(payload: object): object;
  createRoom(payload: object): object;
  scan(code: string, status: number): void;
  login(contact: object): void;
}
interface MockPuppet {
  readonly mocker: Mocker;
  readonly memory: { set(key: string, value: unknown): Promise<void>; save(): Promise<void> };
  onStart(): Promise<void>;
  logout(reason: string): Promise<void>;
  emit(event: string, payload: object): boolean;
  messageRawPayload(id: string): Promise<object>;
}
const name = 'wechaty-puppet-mock';
const { PuppetMock } = (await import(name)) as { PuppetMock: new (options: object) => MockPuppet };

export default class ScriptedPuppet extends PuppetMock {
  readonly #socket;
  readonly #slow = new Map<string, number>();
  #refusing = false;
  #greeted = false;
  #self: object | undefined;

  constructor(options: { readonly token: string }) {
    super(options);
    this.#socket = createConnection({ host: '127.0.0.1', port: Number(options.token) });
    this.#socket.on('error', () => undefined);
    createInterface({ input: this.#socket }).on('line', (line) => {
      this.#play(JSON.parse(line) as Script);
    });
  }

  /** Says hello once the bot listens. */
  override async onStart(): Promise<void> {
    await super.onStart();
    // wechaty starts a puppet anew after some errors
    if (this.#greeted) return;
    this.#greeted = true;
    this.#tell({ type: 'hello', pid: process.pid, environment: Object.keys(process.env) });
  }

  override async messageRawPayload(id: string): Promise<object> {
    await new Promise((resolve) => setTimeout(resolve, this.#slow.get(id) ?? 0));
    return super.messageRawPayload(id);
  }

  messageSendText(to: string, text: string, mention: readonly string[] = []): Promise<void> {
    if (this.#refusing) return Promise.reject(new Error('ret: 1205'));
    this.#tell({ type: 'sent', to, text, mention, at: Date.now() });
    return Promise.resolve();
  }

  #tell(told: Told): void {
    this.#socket.write(`${JSON.stringify(told)}\n`);
  }

  #play(script: Script): void {
    switch (script.do) {
      case 'scan':
        this.mocker.scan(script.code, 2);
        return;
      case 'login':
        this.#self ??= this.mocker.createContact({ id: script.id, name: script.name, type: 1 });
        this.mocker.login(this.#self);
        return;
      case 'contact':
        this.mocker.createContact({ type: 1, ...script, alias: '' });
        return;
      case 'room':
        this.mocker.createRoom({ id: script.id, topic: script.topic, memberIdList: [...script.members] });
        return;
      case 'say':
        this.#slow.set(script.id, script.slowMs ?? 0);
        this.mocker.MessageMock.create({
          id: script.id,
          talkerId: script.from,
          ...(script.room === undefined ? { listenerId: 'bot' } : { roomId: script.room }),
          text: script.text,
          type: script.type ?? 7,
          timestamp: script.at ?? Math.floor(Date.now() / 1000),
          ...(script.mentioned === undefined ? {} : { mentionIdList: script.mentioned }),
        });
        this.emit('message', { messageId: script.id });
        return;
      case 'again':
        this.emit('message', { messageId: script.id });
        return;
      case 'join':
        this.emit('room-join', { inviteeIdList: [script.who], inviterId: 'alice', roomId: script.room, timestamp: 1 });
        return;
      case 'heartbeat':
        this.emit('heartbeat', { data: '' });
        return;
      case 'logout':
        void this.logout('scripted');
        return;
      case 'throw':
        setTimeout(() => {
          throw new Error('scripted');
        });
        return;
      case 'reject':
        void Promise.reject(new Error('scripted'));
        return;
      case 'swallow':
        // as wechat4u does at its import
        process.on('uncaughtException', () => undefined);
        return;
      case 'remember':
        void this.memory.set('cookies', 'secret').then(() => this.memory.save());
        return;
      case 'eat-memory': {
        const eaten: string[] = [];
        for (;;) eaten.push(JSON.stringify({ eaten: Array.from({ length: 10_000 }, (_, at) => at + eaten.length) }));
      }
      case 'ping':
        this.#tell({ type: 'pong', n: script.n });
        return;
      case 'refuse':
        this.#refusing = script.sends;
        return;
      case 'errors':
        for (let at = 0; at < script.count; at++) this.emit('error', { data: 'flood' });
        return;
    }
  }
}

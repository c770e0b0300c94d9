/**
 * As much of wechaty as is used, in types of our own: the packages are optional, and this has to compile without them.
 * The payloads of the puppet are read, not wechaty's message class, whose reading of mentions misses names with spaces.
 */
export interface Puppet {
  readonly currentUserId: string;
  on<E extends keyof PuppetEvents>(event: E, listener: PuppetEvents[E]): unknown;
  messagePayload(id: string): Promise<MessagePayload>;
  contactPayload(id: string): Promise<{ readonly name: string; readonly friend?: boolean; readonly type: number }>;
  roomPayload(id: string): Promise<{ readonly topic: string }>;
  roomMemberPayload(roomId: string, contactId: string): Promise<{ readonly name: string; readonly roomAlias?: string }>;
  messageSendText(to: string, text: string, mention?: string[]): Promise<unknown>;
}

export interface MessagePayload {
  readonly id: string;
  readonly talkerId: string;
  readonly roomId?: string;
  readonly text?: string;
  readonly type: number;
  /** Seconds, or milliseconds, as the puppet likes. */
  readonly timestamp: number;
  readonly mentionIdList?: readonly string[];
}

export interface BotEvents {
  scan: (qrcode: string, status: number) => void;
  login: (user: { readonly id: string }) => void;
  logout: () => void;
  heartbeat: () => void;
  error: (error: unknown) => void;
}

/** Events of the puppet itself. Wechaty hands on messages only after it has read them, and by then out of order. */
export interface PuppetEvents {
  message: (event: { readonly messageId: string }) => void;
  'room-join': (event: { readonly roomId: string; readonly inviteeIdList: readonly string[] }) => void;
}

export interface Bot {
  on<E extends keyof BotEvents>(event: E, listener: BotEvents[E]): unknown;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BotOptions {
  /** Path of the session file without its ending `.memory-card.json`. */
  readonly session: string;
  /** Package, or address of a file, whose default export is the puppet's class. */
  readonly puppet: string;
  readonly token: string | null;
}

interface Wechaty {
  readonly WechatyBuilder: { build(options: { name: string; puppet: Puppet }): Bot };
  readonly log: { level(level: string): void };
}
type PuppetClass = new (options: { token?: string; timeoutSeconds: number }) => Puppet;

/** Wechaty's watchdog for a silent puppet; its maintainers advise as much for links that break off. */
const WATCHDOG_SECONDS = 240;

/** A package that is not installed. */
export class NotInstalled extends Error {
  constructor(readonly packageName: string) {
    super(`${packageName} is not installed`);
  }
}

/**
 * Loads wechaty and the puppet (about 100 MB): only in the puppet's own process.
 * @throws NotInstalled
 */
export async function loadBot({ session, puppet, token }: BotOptions): Promise<{ readonly bot: Bot; readonly puppet: Puppet }> {
  const { WechatyBuilder, log } = (await load('wechaty')) as Wechaty;
  log.level('silent');
  const PuppetOfChoice = ((await load(puppet)) as { default: PuppetClass }).default;
  const instance = new PuppetOfChoice({ ...(token === null ? {} : { token }), timeoutSeconds: WATCHDOG_SECONDS });
  return { bot: WechatyBuilder.build({ name: session, puppet: instance }), puppet: instance };
}

async function load(name: string): Promise<unknown> {
  try {
    return (await import(name)) as unknown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw new NotInstalled(name);
    throw error;
  }
}

interface QrCode {
  toString(text: string, options: { type: 'terminal' | 'svg'; small?: boolean }): Promise<string>;
}

/** The login code as pictures, drawn here: a drawing service would be shown the way into the account. */
export async function drawQr(text: string): Promise<{ readonly terminal: string | null; readonly svg: string | null }> {
  try {
    const module = (await load('qrcode')) as QrCode & { default?: QrCode };
    const qr = module.default ?? module;
    return { terminal: await qr.toString(text, { type: 'terminal', small: true }), svg: await qr.toString(text, { type: 'svg' }) };
  } catch {
    return { terminal: null, svg: null };
  }
}

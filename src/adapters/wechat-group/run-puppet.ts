import type { FromPuppet, HeardMessage } from './protocol.js';
import type { Bot, MessagePayload, Puppet } from './wechaty-shim.js';

export interface RunPuppetOptions {
  readonly bot: Bot;
  readonly puppet: Puppet;
  readonly tell: (message: FromPuppet) => void;
  readonly drawQr: (text: string) => Promise<{ readonly terminal: string | null; readonly svg: string | null }>;
  readonly now: () => number;
}

export interface RunningPuppet {
  send(to: string, text: string, mention: readonly string[]): Promise<boolean>;
  stop(): Promise<void>;
}

/** Numbers of wechaty's message types. */
const TYPES: Readonly<Record<number, HeardMessage['type']>> = { 2: 'voice', 6: 'image', 7: 'text', 8: 'location' };
/** Notes of the app itself, moved money, taken-back messages: nobody's question. */
const NOBODYS_WORDS = [10, 11, 12, 13];
const OFFICIAL_CONTACT = 2;
/** WeChat's own accounts, which the web protocol shows as friends. */
const SYSTEM_CONTACTS = new Set(['weixin', 'filehelper', 'newsapp', 'fmessage', 'medianote', 'notifymessage', 'qqmail']);
/** A message that a puppet hands out again long after it was written is not answered any more. */
const OLDEST_MS = 5 * 60_000;
const REPORT_ERRORS_EVERY_MS = 10_000;
/** So many are reported at once. */
const MANY_ERRORS = 100;
const READ_WITHIN_MS = 10_000;
const WAITING = 2;

/**
 * Translates a wechaty bot's events into messages of the protocol. Messages are read one
 * after the other, as they came. No listener throws or rejects.
 */
export async function runPuppet({ bot, puppet, tell, drawQr, now }: RunPuppetOptions): Promise<RunningPuppet> {
  const errors = errorReports(tell);
  let chain = Promise.resolve();
  const inOrder = (step: () => Promise<void>): void => {
    chain = chain.then(() => within(step(), READ_WITHIN_MS)).catch(errors.add);
  };

  bot.on('error', errors.add);
  bot.on('heartbeat', () => tell({ type: 'heartbeat' }));
  bot.on('login', ({ id }) => tell({ type: 'login', id }));
  bot.on('logout', () => tell({ type: 'logout' }));
  bot.on('scan', (qrcode, status) => {
    if (status === WAITING && qrcode !== '') inOrder(async () => tell({ type: 'scan', qrcode, ...(await drawQr(qrcode)) }));
  });
  puppet.on('message', ({ messageId }) => {
    inOrder(async () => {
      const message = await readMessage(puppet, messageId, now());
      if (message) tell({ type: 'heard', message });
    });
  });
  puppet.on('room-join', ({ roomId, inviteeIdList }) => {
    if (!inviteeIdList.includes(puppet.currentUserId)) return;
    inOrder(async () => tell({ type: 'joined', room: { id: roomId, topic: await topicOf(puppet, roomId) } }));
  });
  await bot.start();

  return {
    send: (to, text, mention) =>
      within(puppet.messageSendText(to, text, [...mention]), READ_WITHIN_MS).then(
        () => true,
        (error: unknown) => {
          errors.add(error);
          return false;
        },
      ),
    async stop() {
      errors.stop();
      await bot.stop();
    },
  };
}

/** Null: the bot's own, of an official account, too old, or no message of a person. */
async function readMessage(puppet: Puppet, id: string, at: number): Promise<HeardMessage | null> {
  const payload = await puppet.messagePayload(id);
  const sentAt = payload.timestamp < 1e12 ? payload.timestamp * 1000 : payload.timestamp;
  if (payload.talkerId === puppet.currentUserId || NOBODYS_WORDS.includes(payload.type) || at - sentAt > OLDEST_MS) return null;
  if (SYSTEM_CONTACTS.has(payload.talkerId)) return null;
  const contact = await puppet.contactPayload(payload.talkerId);
  if (contact.type === OFFICIAL_CONTACT) return null;
  const room = roomOf(payload);
  return {
    id,
    room: room === null ? null : { id: room, topic: await topicOf(puppet, room) },
    talker: {
      id: payload.talkerId,
      name: room === null ? contact.name : ((await namesIn(puppet, room, payload.talkerId))[0] ?? contact.name),
      friend: contact.friend === true,
    },
    type: TYPES[payload.type] ?? 'other',
    text: payload.text ?? '',
    mentioned: [...(payload.mentionIdList ?? [])],
    at: sentAt,
    self: { id: puppet.currentUserId, names: await ownNames(puppet, room) },
  };
}

function roomOf({ roomId }: MessagePayload): string | null {
  return roomId === undefined || roomId === '' ? null : roomId;
}

async function ownNames(puppet: Puppet, room: string | null): Promise<string[]> {
  const { name } = await puppet.contactPayload(puppet.currentUserId);
  const inRoom = room === null ? [] : await namesIn(puppet, room, puppet.currentUserId);
  return [...new Set([...inRoom, name])].filter((known) => known !== '');
}

/** As the room shows a member: the alias, then the nickname; empty where the puppet does not know. */
async function namesIn(puppet: Puppet, room: string, id: string): Promise<string[]> {
  try {
    const { roomAlias, name } = await puppet.roomMemberPayload(room, id);
    return [roomAlias ?? '', name].filter((known) => known !== '');
  } catch {
    return [];
  }
}

async function topicOf(puppet: Puppet, room: string): Promise<string> {
  try {
    return (await puppet.roomPayload(room)).topic;
  } catch {
    return '';
  }
}

/** Reports errors as one message every ten seconds with their number; a flood, a hundred at a time. */
function errorReports(tell: (message: FromPuppet) => void): { readonly add: (error: unknown) => void; readonly stop: () => void } {
  let count = 0;
  let timer: NodeJS.Timeout | null = null;
  let lastKind = '';
  const report = (): void => {
    timer = null;
    if (count > 0) tell({ type: 'errors', count, kind: lastKind });
    count = 0;
  };
  return {
    add(error) {
      count += 1;
      lastKind = kindOf(error);
      timer ??= setTimeout(report, REPORT_ERRORS_EVERY_MS);
      if (count < MANY_ERRORS) return;
      clearTimeout(timer);
      report();
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** Code or name of an error; codes of other people's errors are of any type. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 60) : error.name;
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('not done in time'));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

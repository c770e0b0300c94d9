import { ROLES } from '../../src/domain/access.js';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { createDeliveryStore } from '../../src/adapters/database/delivery-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import {
  createOfficialAccount,
  type OfficialAccount,
  type OfficialAccountOptions,
} from '../../src/adapters/official-account/create-official-account.js';
import { buildApp, type App } from '../../src/app.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { REPLIES } from '../../src/consultation/replies.js';
import type { Consult } from '../../src/consultation/consult.js';
import { NO_TRACE } from '../../src/consultation/trace.js';
import { createDelivery } from '../../src/messaging/delivery.js';
import type { MessagingStore } from '../../src/messaging/ports.js';
import { FakePlatform, type PushSettings } from './fake-wechat.js';

export const TOKEN = 'AAAAA';
export const APP_ID = 'wxba5fad812f8e6fb9';
export const AES_KEY = 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR';
export const ACCOUNT = 'gh_97417a04a28d';
export const LI = { id: 'li', name: '李律师', roles: ROLES, reach: '/' };

/** Answers with what was said, so that each answer is known by its question. */
export const echo: Consult = (message) => ({
  answer: { ...REPLIES.greeting(), headline: `回：${message}`, options: [] },
  state: NEW_CONSULTATION,
  trace: NO_TRACE,
});

export interface HarnessSettings {
  readonly options?: Partial<OfficialAccountOptions>;
  readonly push?: Partial<PushSettings>;
  readonly consult?: Consult;
  readonly now?: () => number;
  readonly file?: string;
}

export interface Harness {
  readonly app: App;
  readonly account: OfficialAccount;
  readonly platform: FakePlatform;
  readonly address: string;
  readonly errors: { readonly error: unknown; readonly part: string }[];
  /** Until it is opened, turns wait; what comes in is stored meanwhile. */
  hold(): () => void;
  /** The next so many messages cannot be stored. */
  breakInbox(times: number): void;
  /** Stored messages by people. */
  stored(openId: string): Promise<string[]>;
}

/** The account on the real inbox, outbox and delivery, pushed to by a fake platform over loopback. */
export async function officialAccountHarness(settings: HarnessSettings = {}): Promise<Harness> {
  const { now = Date.now } = settings;
  const db = await openDatabase(settings.file ?? ':memory:');
  const staff = createStaffStore(db);
  await staff.add({ ...LI, login: 'li', passwordHash: 'x', mustChangePassword: false }, 0);
  const errors: Harness['errors'] = [];
  let gate: Promise<void> = Promise.resolve();
  let broken = 0;
  const real = createMessageStore(db);
  const slow: MessagingStore = {
    ...real,
    async work(work) {
      await gate;
      return real.work(work);
    },
    receive(inbound, at) {
      if (broken-- > 0) return Promise.reject(new Error('disk full'));
      return real.receive(inbound, at);
    },
  };
  const note = (error: unknown, part: string): void => void errors.push({ error, part });
  const app = buildApp({
    store: { ...real, ...slow },
    staff,
    consult: settings.consult ?? echo,
    now,
    onError: (error, context) => {
      note(error, String(context['part']));
    },
  });
  const delivery = createDelivery({
    store: createDeliveryStore(db),
    channels: [],
    changes: app.changes,
    now,
    onError: (error) => {
      note(error, 'delivery');
    },
  });
  const options = {
    token: TOKEN,
    appId: APP_ID,
    mode: 'secure',
    aesKeys: [AES_KEY],
    sender: null,
    pauseMs: 1,
    ...settings.options,
  } as const;
  const account = createOfficialAccount(options, { inbox: app.messenger, delivery, now, onError: note });
  delivery.register(account.channel);
  await delivery.start();

  const server = createServer(account.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  afterAll(async () => {
    await account.channel.stop();
    await app.messenger.idle();
    await delivery.stop();
    server.closeAllConnections();
    server.close();
    await db.destroy();
  });
  const secure = options.mode === 'plain' ? undefined : { appId: APP_ID, aesKey: options.aesKeys[0] ?? AES_KEY };
  const platform = new FakePlatform({
    address,
    token: TOKEN,
    account: ACCOUNT,
    secure,
    seconds: () => Math.floor(now() / 1000),
    ...settings.push,
  });

  return {
    app,
    account,
    platform,
    address,
    errors,
    hold() {
      let open = (): void => undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    breakInbox(times) {
      broken = times;
    },
    async stored(openId) {
      const conversationId = await app.messenger.conversationId('official-account', openId);
      if (conversationId === null) return [];
      const thread = await app.messenger.messagesAfter(conversationId, 0);
      return thread.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text] : []));
    },
  };
}

/** Waits until something holds. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 3000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

import { ROLES } from '../../src/domain/access.js';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { createTelegramStore } from '../../src/adapters/database/telegram-store.js';
import { createTelegramChannel, type TelegramChannel, type TelegramOptions } from '../../src/adapters/telegram/create-telegram-channel.js';
import { makeLinkCode } from '../../src/adapters/telegram/link-staff.js';
import type { TelegramStore } from '../../src/adapters/telegram/ports.js';
import type { Consult } from '../../src/consultation/consult.js';
import { LI, echo, openCore, type Core } from './delivery-core.js';
import { TOKEN, startFakeTelegram, type FakeTelegram } from './fake-telegram.js';
import type { Refusal } from './telegram-refusals.js';
import { temporaryFolder } from './temporary-folder.js';

export const ZHOU = { id: 'zhou', name: '周律师', roles: ROLES, reach: '/' };
export { LI };

export interface TelegramUnderTest {
  readonly core: Core;
  readonly fake: FakeTelegram;
  readonly channel: TelegramChannel;
  readonly store: TelegramStore;
  readonly errors: { readonly error: unknown; readonly context: Readonly<Record<string, unknown>> }[];
  /** The lawyers' group; 0: there is none. */
  readonly staffChat: number;
  /** A Telegram user whose account is linked. */
  lawyer(staff: { readonly id: string; readonly name: string }): Promise<ReturnType<FakeTelegram['person']>>;
  /** The process ends and starts again on the same database. */
  restart(): Promise<TelegramUnderTest>;
}

interface Setting {
  readonly lawyers?: 'group' | 'forum';
  readonly consult?: Consult;
  readonly webhook?: TelegramOptions['webhook'];
  /** Wraps the inbox, to break it. */
  readonly inbox?: (inbox: Core['app']['messenger']) => Pick<Core['app']['messenger'], 'receive' | 'conversationId'>;
  /** What the platform refuses at the very beginning. */
  readonly refusing?: { readonly method: string; readonly refusal: Refusal };
  /** Length of the platform's minute. */
  readonly minuteMs?: number;
}

/** The channel on a real core and the loopback platform; ended after each test. */
export function telegramForTests(): (setting?: Setting) => Promise<TelegramUnderTest> {
  const folder = temporaryFolder();
  const open: { close(): Promise<void> }[] = [];
  let files = 0;
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  return async (setting = {}) => {
    const file = join(folder, `${String(files++)}.db`);
    const fake = await startFakeTelegram(setting.minuteMs === undefined ? {} : { minuteMs: setting.minuteMs });
    if (setting.refusing) fake.refuseNext(setting.refusing.method, setting.refusing.refusal);
    const staffChat = setting.lawyers ? fake.group({ forum: setting.lawyers === 'forum' }) : 0;
    const start = async (): Promise<TelegramUnderTest> => {
      const core = await openCore(file, [], { consult: setting.consult ?? echo });
      const errors: { error: unknown; context: Readonly<Record<string, unknown>> }[] = [];
      const store: TelegramStore = createTelegramStore(core.db);
      const channel = createTelegramChannel(
        { token: TOKEN, apiRoot: fake.apiRoot, staffChat: staffChat === 0 ? null : staffChat, webhook: setting.webhook ?? null },
        {
          inbox: setting.inbox?.(core.app.messenger) ?? core.app.messenger,
          changes: core.app.changes,
          tickets: core.app.tickets,
          reader: core.app.desk,
          store,
          delivery: core.delivery,
          now: core.now,
          onError: (error, context) => errors.push({ error, context }),
        },
      );
      core.delivery.register(channel);
      await channel.start();
      const close = async (): Promise<void> => {
        await channel.stop();
        await core.app.messenger.idle();
        await core.close();
      };
      const ending = { close };
      open.push(ending);
      return {
        core,
        fake,
        channel,
        store,
        errors,
        staffChat,
        async lawyer(staff) {
          const person = fake.person(staff.name);
          await fake.say(person, `/link ${await makeLinkCode(store, staff.id, core.now())}`);
          return person;
        },
        async restart() {
          open.splice(open.indexOf(ending), 1);
          await close();
          return start();
        },
      };
    };
    const started = await start();
    open.push({ close: () => fake.close() });
    await createStaffStore(started.core.db).add({ ...ZHOU, login: 'zhou', passwordHash: 'x', mustChangePassword: false }, 0);
    return started;
  };
}

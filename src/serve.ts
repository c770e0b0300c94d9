import { randomUUID } from 'node:crypto';
import { buildLearning } from './build-learning.js';
import { openLiveConsultation } from './live-consultation.js';
import { openModelHelp } from './load-language-model.js';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.js';
import { createCuratedStore } from './adapters/database/curated-store.js';
import { createDeliveryStore } from './adapters/database/delivery-store.js';
import { createFeedbackStore } from './adapters/database/feedback-store.js';
import { createMessageStore } from './adapters/database/message-store.js';
import { openDatabase } from './adapters/database/open-database.js';
import { createStaffStore } from './adapters/database/staff-store.js';
import { createVerificationStore } from './adapters/database/verification-store.js';
import { createLog } from './adapters/log/create-log.js';
import { createWebServer } from './adapters/web/create-web-server.js';
import type { Config } from './config.js';
import { BaimiError } from './domain/errors.js';
import { SETTLE_MS } from './messaging/bursts.js';
import { createDelivery } from './messaging/delivery.js';
import { createPickup } from './messaging/pickup.js';
import { addStaff } from './handoff/accounts.js';
import { OFFICIAL_ACCOUNT_PATH, startOfficialAccount } from './start-official-account.js';
import { TELEGRAM_PATH, openTelegram } from './start-telegram.js';
import { openWechatGroup } from './start-wechat-group.js';

export interface Running {
  readonly url: string;
  /** Stops taking requests, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

/** Login of the account that the first start makes. */
const FIRST_LOGIN = 'admin';
const STOP_WITHIN_MS = 8000;
const RETRY_EVERY_MS = 60_000;
/** How soon what was imported or verified beside the running service is in use. */
const REFRESH_EVERY_MS = 5000;

/**
 * Starts the product: configuration → adapters → app → HTTP.
 * @param say lines for the person who started it (addresses, the one-time password)
 */
export async function serve(config: Config, say: (line: string) => void): Promise<Running> {
  const started = performance.now();
  const log = createLog(config.logLevel);
  const db = await openDatabase(config.databaseFile);
  const store = createMessageStore(db);
  const staff = createStaffStore(db);
  const now = (): number => Date.now();
  const help = openModelHelp(config, {
    onEvent: ({ kind, ...event }) => {
      log.info({ event: kind, ...event }, 'model');
    },
    onRefusal: ({ task, reason }) => {
      log.info({ task, reason }, 'model refused');
    },
    onError: (error) => {
      log.error({ err: error }, 'model help broke');
    },
  });
  const live = await openLiveConsultation({
    config,
    help,
    store: createVerificationStore(db),
    now,
    say,
    onError: (error) => {
      log.error({ err: error }, 'question not embedded');
    },
    onSkipped: (skipped) => {
      for (const { file, reason } of skipped) log.warn({ file, reason }, 'law not read');
    },
  });

  const app = buildApp({
    store,
    staff,
    consult: live.consult,
    alone: live.alone,
    remote: live.remote,
    help,
    now,
    settling: SETTLE_MS,
    onTurn: ({ answer, ms }) => {
      log.info(
        { kind: answer?.kind ?? 'to-lawyer', reason: answer?.kind === 'handoff' ? answer.reason : undefined, ms: Math.round(ms) },
        'turn',
      );
    },
    onError: (error, context) => {
      log.error({ err: error, ...context }, 'broken');
    },
  });

  const deliveries = createDeliveryStore(db);
  // a channel that is pushed to, or that collects, registers itself here
  const delivery = createDelivery({
    store: deliveries,
    channels: [],
    changes: app.changes,
    now,
    onState: (conversationId) => {
      app.desk.latestOf(conversationId).then(
        (ticket) => {
          if (ticket) app.changes.publish({ type: 'ticket', number: ticket.number, conversationId });
        },
        (error: unknown) => {
          log.error({ err: error, conversationId }, 'desk not told of a delivery');
        },
      );
    },
    onError: (error, context) => {
      log.error({ err: error, ...context }, 'delivery broke');
    },
  });

  const officialAccount = startOfficialAccount(config.officialAccount, {
    inbox: app.messenger,
    delivery,
    now,
    onError: (error, part) => {
      log.error({ err: error, part }, 'official account broke');
    },
  });
  if (officialAccount) delivery.register(officialAccount.channel);

  const telegram = openTelegram(config.telegram, {
    app,
    db,
    delivery,
    now,
    onError: (error, context) => {
      log.error({ err: error, ...context }, 'telegram broke');
    },
  });
  if (telegram) delivery.register(telegram);

  const wechatGroup = openWechatGroup(config.wechatGroup, {
    inbox: app.messenger,
    say,
    now,
    onEvent: ({ event, ...details }) => {
      log.info({ event, ...details }, 'wechat group');
    },
    onError: (error) => {
      log.error({ err: error }, 'wechat group broke');
    },
  });
  if (wechatGroup) delivery.register(wechatGroup);

  const learning = buildLearning({
    store,
    feedback: createFeedbackStore(db),
    curated: createCuratedStore(db),
    library: live.library,
    embed: live.embed,
    newId: randomUUID,
    now,
    onCuratedChange: () => {
      putIntoUse();
    },
  });
  /** Curated answers that hold today, in use from now on; those of other processes at the next look. */
  const putIntoUse = (): void => {
    learning.curated.active().then(live.useCurated, (error: unknown) => {
      log.error({ err: error }, 'curated answers not read');
    });
  };
  live.useCurated(await learning.curated.active());

  if ((await staff.count()) === 0) {
    const password = await addStaff(staff, FIRST_LOGIN, '值班律师', now());
    say(`第一次启动，已建好律师工作台账号：登录名 ${FIRST_LOGIN}，一次性密码 ${password}`);
    say('这个密码只显示这一次，登录后请马上修改。忘了就运行 npm run -s baimi -- user reset admin');
  }

  const server = createWebServer({
    inbox: app.messenger,
    outbox: app.messenger,
    changes: app.changes,
    tickets: app.tickets,
    accounts: app.accounts,
    desk: app.desk,
    ...learning,
    deliveries,
    pickup: createPickup(store, now),
    ready: () =>
      staff.count().then(
        () => true,
        () => false,
      ),
    webhooks: [
      ...(officialAccount ? [{ path: OFFICIAL_ACCOUNT_PATH, handle: officialAccount.handle }] : []),
      ...(telegram?.webhook ? [{ path: TELEGRAM_PATH, handle: telegram.webhook }] : []),
    ],
    pagesFolder: config.pagesFolder,
    secureCookies: config.secureCookies,
    trustedProxies: config.trustedProxies,
    now,
    onError: (error, path) => {
      log.error({ err: error, path }, 'request broke');
    },
  });
  const url = await listen(server, config);
  await delivery.start();
  await telegram?.start();
  await wechatGroup?.start();
  const waiting = await app.messenger.resume();
  // a message whose turn kept failing (a full disk, a locked file) is taken up again without waiting for the person
  const retry = setInterval(() => {
    app.messenger.resume().catch((error: unknown) => {
      log.error({ err: error }, 'resume broke');
    });
  }, RETRY_EVERY_MS).unref();
  const refresh = setInterval(() => {
    live.refresh().then(
      (changed) => {
        if (changed) log.info({ provisions: live.library().provisions.length }, 'consultation loaded anew');
        putIntoUse();
      },
      (error: unknown) => {
        log.error({ err: error }, 'consultation not loaded anew');
      },
    );
  }, REFRESH_EVERY_MS).unref();
  log.info({ provisions: live.library().provisions.length, waiting, ms: Math.round(performance.now() - started) }, 'started');
  say(`百米问法已启动：群众页面 ${url}/  律师工作台 ${url}/desk`);

  return {
    url,
    async stop() {
      clearInterval(retry);
      clearInterval(refresh);
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeIdleConnections();
      await officialAccount?.channel.stop();
      await telegram?.stop();
      await wechatGroup?.stop();
      // what was stored and is being answered is finished first; streams of events stay open until they are cut
      const finished = app.messenger.idle().then(() => delivery.stop());
      await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
      server.closeAllConnections();
      await closed;
      await db.destroy();
      log.info('stopped');
    },
  };
}

function listen(server: Server, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? '端口已经被占用' : '监听不了这个地址';
      reject(
        new BaimiError('bad-config', `${config.host}:${String(config.port)} ${reason}。怎么改：换一个 BAIMI_PORT 或 BAIMI_HOST`, { cause }),
      );
    });
    server.listen(config.port, config.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host;
      resolve(`http://${host}:${String(port)}`);
    });
  });
}

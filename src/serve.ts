import { randomUUID } from 'node:crypto';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { buildOrganisation } from './build-organisation.js';
import { buildLearning } from './build-learning.js';
import { buildTicketTools } from './build-ticket-tools.js';
import { watchPoints } from './known-points.js';
import { openLiveConsultation } from './live-consultation.js';
import { openModelHelp } from './load-language-model.js';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp, dayInChina } from './app.js';
import { dutyCalendar } from './adapters/calendar/duty-calendar.js';
import { createAccountStore } from './adapters/database/account-store.js';
import { createAuditStore } from './adapters/database/audit-store.js';
import { createCountsStore } from './adapters/database/counts-store.js';
import { createCuratedStore } from './adapters/database/curated-store.js';
import { createDeliveryStore } from './adapters/database/delivery-store.js';
import { createFeedbackStore } from './adapters/database/feedback-store.js';
import { createFiguresStore } from './adapters/database/figures-store.js';
import { createMessageStore } from './adapters/database/message-store.js';
import { createOrganisationStore } from './adapters/database/organisation-store.js';
import { openDatabase } from './adapters/database/open-database.js';
import { relayChanges } from './adapters/database/relay-changes.js';
import { createStaffStore } from './adapters/database/staff-store.js';
import { createVerificationStore } from './adapters/database/verification-store.js';
import { writeDocx } from './adapters/office/write-docx.js';
import { writeXlsx } from './adapters/office/write-xlsx.js';
import { createLog } from './adapters/log/create-log.js';
import { createMetrics } from './adapters/metrics/create-metrics.js';
import { createWebServer } from './adapters/web/create-web-server.js';
import type { Config } from './config.js';
import { ROLES } from './domain/access.js';
import { BaimiError } from './domain/errors.js';
import type { ChannelState } from './domain/views.js';
import { SETTLE_MS } from './messaging/bursts.js';
import { createDelivery } from './messaging/delivery.js';
import { keepingMedia } from './messaging/keep-media.js';
import { createPickup } from './messaging/pickup.js';
import { withRouter } from './messaging/with-router.js';
import { createReadReceipts } from './messaging/read-receipts.js';
import { knownOf, nearestDeadline } from './consultation/running-deadlines.js';
import { createDuty } from './handoff/organisation/create-duty.js';
import { createRouter } from './handoff/routing/create-router.js';
import { addStaff } from './handoff/accounts.js';
import { createAccountAdministration } from './handoff/accounts/administer-accounts.js';
import { createAccounts } from './handoff/accounts/create-accounts.js';
import { deviceName } from './handoff/accounts/device-name.js';
import { createFigures } from './handoff/figures/create-figures.js';
import { createAudit } from './handoff/audit/create-audit.js';
import { createKnowledgeDesk } from './consultation/knowledge-desk/create-knowledge-desk.js';
import { formSourcesOf } from './form-sources.js';
import { startEscalation } from './start-escalation.js';
import { openPersonalData } from './start-personal-data.js';
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
/** Whoever stops the process kills it after ten seconds: for what is under way, and then for closing the database. */
const STOP_WITHIN_MS = 8000;
const CLOSE_WITHIN_MS = 1500;
/** Whoever asks whether we are ready waits no longer for the database. */
const READY_WITHIN_MS = 3000;
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
  const db = await openDatabase(config.database, {
    onError: (error) => {
      log.warn({ err: error }, 'database connection broke');
    },
  });
  const router = createRouter({
    calendar: dutyCalendar,
    deadline: (state, question, today) => nearestDeadline(live.deadlines(knownOf(state), question, today)),
  });
  const store = withRouter(createMessageStore(db), router);
  const organisation = createOrganisationStore(db);
  const knownPoints = await watchPoints(organisation);
  const staff = createStaffStore(db);
  const accountStore = createAccountStore(db);
  const now = (): number => Date.now();
  const audit = createAudit(createAuditStore(db), now);
  const metrics = config.metricsToken === null ? null : createMetrics({ ...createCountsStore(db), channels: () => channels() });
  const help = openModelHelp(config, {
    onEvent: ({ kind, ...event }) => {
      if (kind !== 'circuit') metrics?.modelCall(kind);
      log.info({ event: kind, ...event }, 'model');
    },
    onRefusal: ({ task, reason }) => {
      log.info({ task, reason }, 'model refused');
    },
    onError: (error) => {
      log.error({ err: error }, 'model help broke');
    },
  });
  const verificationStore = createVerificationStore(db);
  const live = await openLiveConsultation({
    config,
    help,
    store: verificationStore,
    now,
    say,
    onError: (error) => {
      log.error({ err: error }, 'question not embedded');
    },
    onSkipped: (skipped) => {
      for (const { file, reason } of skipped) log.warn({ file, reason }, 'law not read');
    },
  });

  const personalData = openPersonalData({
    db,
    store,
    attachmentsFolder: config.attachmentsFolder,
    now,
    onRun: (counts) => {
      log.info(counts, 'erased what was kept long enough');
    },
    onError: (error) => {
      log.error({ err: error }, 'retention broke');
    },
  });
  const app = buildApp({
    store,
    staff,
    consult: live.consult,
    alone: live.alone,
    remote: live.remote,
    help,
    forms: formSourcesOf(live),
    onErased: () => {
      personalData.forget().catch((error: unknown) => {
        log.error({ err: error }, 'erased files not removed');
      });
    },
    now,
    settling: SETTLE_MS,
    onTurn: ({ answer, channel, ms }) => {
      metrics?.turn(answer?.kind ?? 'to-lawyer', channel, ms);
      log.info(
        { kind: answer?.kind ?? 'to-lawyer', reason: answer?.kind === 'handoff' ? answer.reason : undefined, ms: Math.round(ms) },
        'turn',
      );
    },
    onError: (error, context) => {
      log.error({ err: error, ...context }, 'broken');
    },
  });

  const relay =
    'url' in config.database
      ? await relayChanges({
          url: config.database.url,
          db,
          changes: app.changes,
          now,
          onError: (error) => {
            log.warn({ err: error }, 'other processes not heard or told');
          },
        })
      : null;
  const deliveries = createDeliveryStore(db);
  /** Something became of a message to the person: the desk reads again. */
  const tellDesk = (conversationId: string): void => {
    app.desk.latestOf(conversationId).then(
      (ticket) => {
        if (ticket) app.changes.publish({ type: 'ticket', number: ticket.number, conversationId });
      },
      (error: unknown) => {
        log.error({ err: error, conversationId }, 'desk not told of a delivery');
      },
    );
  };
  // a channel that is pushed to, or that collects, registers itself here
  const delivery = createDelivery({
    store: deliveries,
    channels: [],
    changes: app.changes,
    now,
    onState: tellDesk,
    onError: (error, context) => {
      log.error({ err: error, ...context }, 'delivery broke');
    },
  });

  const tools = buildTicketTools({ config, db, store, app, live, now });
  const officialAccount = startOfficialAccount(config.officialAccount, {
    inbox: keepingMedia(app.messenger, {
      fetch: (media) => officialAccount?.media?.(media) ?? null,
      keep: async ({ conversationId, messageId, content }) => {
        await tools.attachments.addFromCitizen({ conversationId, name: '公众号图片', content }, () => Promise.resolve(messageId));
        tellDesk(conversationId);
      },
      onError: (error) => {
        log.warn({ err: error }, 'picture not fetched');
      },
    }),
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
    knowsServicePoint: (code) => knownPoints.knows(code),
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

  const pushChannels = [officialAccount?.channel, telegram, wechatGroup].filter((channel) => channel !== null && channel !== undefined);
  /** How each channel that is on is doing. */
  const channels = (): readonly ChannelState[] => pushChannels.map((channel) => ({ name: channel.profile.name, ...channel.health() }));

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
    const password = await addStaff(staff, FIRST_LOGIN, '值班律师', now(), ROLES).catch((error: unknown) => {
      // another process that starts on the same database has made it, and says so
      if (error instanceof BaimiError && error.code === 'conflict') return null;
      throw error;
    });
    if (password !== null) {
      say(`第一次启动，已建好律师工作台账号：登录名 ${FIRST_LOGIN}，一次性密码 ${password}`);
      say('这个密码只显示这一次，登录后请马上修改。忘了就运行 npm run -s baimi -- user reset admin');
    }
  }

  const server = createWebServer({
    inbox: app.messenger,
    outbox: app.messenger,
    changes: app.changes,
    tickets: app.tickets,
    accounts: createAccounts(accountStore, now),
    administration: createAccountAdministration(accountStore, now, ({ number, conversationId }) => {
      app.changes.publish({ type: 'thread', conversationId });
      app.changes.publish({ type: 'ticket', number, conversationId });
    }),
    audit,
    figures: createFigures({ store: createFiguresStore(db), tickets: store, calendar: dutyCalendar, now }),
    office: { docx: writeDocx, xlsx: writeXlsx },
    requireTotp: config.requireTotp,
    deviceName,
    desk: app.desk,
    organisation: buildOrganisation(organisation, audit, now),
    duty: createDuty(organisation, dutyCalendar, now),
    notices: organisation,
    ...learning,
    ...tools,
    deliveries,
    receipts: createReadReceipts(deliveries, now, tellDesk),
    pickup: createPickup(store, now),
    exportOf: (conversationId) => personalData.exportOf(conversationId),
    unmasking: personalData.unmasking,
    retentionStore: personalData.retentionStore,
    knowledgeDesk: createKnowledgeDesk({ store: verificationStore, pack: live.pack, library: live.library, now, dayOf: dayInChina }),
    channels,
    loginCode: () => wechatGroup?.loginCode() ?? null,
    telegramLinks: telegram?.staffLinks ?? null,
    ready: async () => ({
      database: await within(READY_WITHIN_MS, staff.count()).then(
        (count) => count !== null,
        () => false,
      ),
      consultation: live.library().provisions.length > 0,
      channels: channels(),
    }),
    metrics: metrics && config.metricsToken !== null ? { figures: metrics, token: config.metricsToken } : null,
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
  const escalation = startEscalation({
    store,
    router,
    changes: app.changes,
    now,
    onError: (error, ticket) => {
      log.error({ err: error, ticket }, 'escalation broke');
    },
  });
  const endRetention = personalData.start();
  const waiting = await app.messenger.resume();
  // a message whose turn kept failing (a full disk, a locked file) is taken up again without waiting for the person
  const retry = setInterval(() => {
    app.messenger.resume().catch((error: unknown) => {
      log.error({ err: error }, 'resume broke');
    });
  }, RETRY_EVERY_MS).unref();
  const refresh = setInterval(() => {
    knownPoints.refresh().catch((error: unknown) => {
      log.error({ err: error }, 'service points not read');
    });
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
      // what was stored and is being answered is finished first; streams of events stay open until they are cut
      const finished = Promise.all([
        endRetention(),
        escalation.stop(),
        officialAccount?.channel.stop(),
        telegram?.stop(),
        wechatGroup?.stop(),
      ])
        .then(() => app.messenger.idle())
        .then(() => delivery.stop());
      await within(STOP_WITHIN_MS, finished).catch((error: unknown) => {
        log.error({ err: error }, 'stopping broke');
      });
      server.closeAllConnections();
      await closed;
      await within(
        CLOSE_WITHIN_MS,
        Promise.resolve(relay?.stop()).then(() => db.destroy()),
      );
      log.info('stopped');
    },
  };
}

/** What work comes to, or null where it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const late = new AbortController();
  try {
    return await Promise.race([work, setTimeoutPromise(ms, null, { signal: late.signal })]);
  } finally {
    late.abort();
  }
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

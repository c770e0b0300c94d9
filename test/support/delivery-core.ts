import { ROLES } from '../../src/domain/access.js';
import type { Kysely } from 'kysely';
import { createDeliveryStore } from '../../src/adapters/database/delivery-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase, type DatabaseSource } from '../../src/adapters/database/open-database.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { buildApp, type App } from '../../src/app.js';
import type { Consult } from '../../src/consultation/consult.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { REPLIES } from '../../src/consultation/replies.js';
import { NO_TRACE } from '../../src/consultation/trace.js';
import type { ChannelName, InboundContent } from '../../src/domain/message.js';
import type { MessageDelivery } from '../../src/domain/views.js';
import { createDelivery } from '../../src/messaging/delivery.js';
import type { DeliveryChannel, DeliveryReports, DeliveryService, DeliveryStore } from '../../src/messaging/delivery/ports.js';
import { createPickup } from '../../src/messaging/pickup.js';
import type { Pickup } from '../../src/messaging/pickup/ports.js';

export const LI = { id: 'li', name: '李律师', roles: ROLES, reach: '/' };

/** The core behind channels, on a real database, with a consultation that says what it was asked. */
export interface Core {
  readonly app: App;
  readonly db: Kysely<Database>;
  readonly store: DeliveryStore & DeliveryReports;
  readonly delivery: DeliveryService;
  readonly pickup: Pickup;
  readonly errors: unknown[];
  now(): number;
  /** Sets the clock forward. */
  pass(ms: number): void;
  receive(channel: ChannelName, key: string, content: InboundContent | string, externalKey?: string): Promise<string>;
  /** A lawyer's reply in a conversation, whose ticket is opened and claimed where it is not yet. */
  lawyerSays(conversationId: string, text: string): Promise<string>;
  deliveries(conversationId: string): Promise<MessageDelivery[]>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** As if the process had ended: nothing is finished, the database is closed. */
  close(): Promise<void>;
}

export const echo: Consult = (message) => ({
  answer: { ...REPLIES.greeting(), headline: `回：${message}` },
  state: NEW_CONSULTATION,
  trace: NO_TRACE,
});

let keys = 0;

export async function openCore(
  file: DatabaseSource | string,
  channels: readonly DeliveryChannel[],
  options: { readonly consult?: Consult; readonly store?: (store: DeliveryStore) => DeliveryStore; readonly startAt?: number } = {},
): Promise<Core> {
  const db = await openDatabase(file);
  const staff = createStaffStore(db);
  await staff.add({ ...LI, login: 'li', passwordHash: 'x', mustChangePassword: false }, 0);
  const errors: unknown[] = [];
  let ahead = options.startAt === undefined ? 0 : options.startAt - Date.now();
  const now = (): number => Date.now() + ahead;
  const messages = createMessageStore(db);
  const onError = (error: unknown): void => {
    errors.push(error);
  };
  const app = buildApp({ store: messages, staff, consult: options.consult ?? echo, now, onError });
  const store = createDeliveryStore(db);
  const delivery = createDelivery({
    store: options.store?.(store) ?? store,
    channels,
    changes: app.changes,
    now,
    random: () => 0,
    onError,
  });
  await delivery.start();
  return {
    app,
    db,
    store,
    delivery,
    pickup: createPickup(messages, now),
    errors,
    now,
    pass: (ms) => {
      ahead += ms;
    },
    async receive(channel, conversationKey, content, externalKey = `k${String(keys++)}`) {
      const body = typeof content === 'string' ? ({ type: 'text', text: content } as const) : content;
      return (await app.messenger.receive({ channel, conversationKey, externalKey, content: body })).conversationId;
    },
    async lawyerSays(conversationId, text) {
      const number = await claimedTicket(app, conversationId);
      await app.tickets.reply(number, LI, { key: `r${String(keys++)}`, text, ask: false });
      return number;
    },
    deliveries: (conversationId) => store.deliveriesOf(conversationId),
    async settled() {
      await app.messenger.idle();
      await delivery.idle();
    },
    async close() {
      await delivery.stop();
      await db.destroy();
    },
  };
}

async function claimedTicket(app: App, conversationId: string): Promise<string> {
  const ticket = await app.desk.latestOf(conversationId);
  if (!ticket) throw new Error('say 找律师 first: there is no ticket');
  if (ticket.holder === null) await app.tickets.claim(ticket.number, LI);
  return ticket.number;
}

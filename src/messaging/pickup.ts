import { findPersonalData } from '../domain/mask/find-personal-data.js';
import type { Message } from '../domain/message.js';
import type { PickupView } from '../domain/views.js';
import { hashCode, readCode, sameSecret } from './identity/codes.js';
import { issuePickupCode } from './identity/pickup-codes.js';
import type { StoredPickup } from './identity/ports.js';
import { myExport } from './my-data/my-export.js';
import type { Pickup, PickupResult } from './pickup/ports.js';
import type { MessagingStore, MessagingWork } from './ports.js';

const HOUR_MS = 3600_000;
/** Wrong digits before a code locks, and for how long. */
const MOST_WRONG_DIGITS = 5;
const LOCKED_MS = HOUR_MS;
/** Wrong codes in an hour from everywhere; guessing one of the codes in use takes some 10^8 times as many. */
const MOST_WRONG_CODES = 500;

/** `export`: a code by which a person takes their own data along. */
type Purpose = 'pickup' | 'export';

/** @param now milliseconds since the epoch */
export function createPickup(store: Pick<MessagingStore, 'work'>, now: () => number): Pickup {
  /** Both factors, then what they open, in one unit of work, so that tries at the same time are all counted. */
  const opened = <T>(
    typed: string,
    digits: string | null,
    then: (stores: MessagingWork, pickup: StoredPickup, purpose: Purpose) => Promise<PickupResult<T>>,
    purposes: readonly Purpose[] = ['pickup'],
  ): Promise<PickupResult<T>> =>
    store.work(async (stores) => {
      const at = now();
      if ((await stores.tries.count('pickup-wrong', at - HOUR_MS)) >= MOST_WRONG_CODES) return { kind: 'too-many' };
      const code = readCode(typed);
      for (const purpose of code === null ? [] : purposes) {
        const hash = hashCode(purpose, code ?? '');
        const pickup = await stores.pickups.byHash(hash, at);
        if (!pickup || !sameSecret(pickup.hash, hash)) continue;
        const refused = await secondFactor(stores, pickup, digits, at);
        return refused ?? then(stores, pickup, purpose);
      }
      await stores.tries.add('pickup-wrong', at);
      return { kind: 'unknown' };
    });

  return {
    issue: (conversationId) => store.work((stores) => issuePickupCode(stores, conversationId, now())),
    revoke: (conversationId) => store.work(({ pickups }) => pickups.revoke(conversationId, now())),
    open: (code, digits) =>
      opened(
        code,
        digits,
        async (stores, pickup, purpose) => ({
          kind: 'ok',
          value: purpose === 'export' ? await exportOf(stores, pickup, now()) : await viewOf(stores, pickup),
        }),
        ['pickup', 'export'],
      ),
    conversation: (code, digits) => opened(code, digits, (_, { conversationId }) => Promise.resolve({ kind: 'ok', value: conversationId })),
    resume: (code, digits, sessionKey) =>
      opened(code, digits, async ({ pickups }, { conversationId }) => {
        if ((await pickups.channelOf(conversationId)) !== 'web') return { kind: 'unknown' };
        await pickups.addAlias('web', sessionKey, conversationId);
        return { kind: 'ok', value: null };
      }),
  };
}

/** Null where the digits are right, or the person never gave a number. */
async function secondFactor(
  stores: MessagingWork,
  pickup: StoredPickup,
  digits: string | null,
  at: number,
): Promise<Exclude<PickupResult<never>, { kind: 'ok' }> | null> {
  if (pickup.lockedUntil > at) return { kind: 'locked', until: pickup.lockedUntil };
  const profile = await stores.profiles.of(pickup.conversationId);
  const own = profile && profile.phone.length >= 7 ? [profile.phone.slice(-4)] : [];
  const wanted = [...own, ...lastDigits(await stores.thread.messages(pickup.conversationId))];
  if (wanted.length === 0) return null;
  const left = MOST_WRONG_DIGITS - pickup.wrongDigits;
  if (digits === null) return { kind: 'digits-wanted', wrong: false, left };
  // all are compared, so that the time says nothing of which it was
  if (wanted.map((right) => sameSecret(right, digits)).includes(true)) {
    await stores.pickups.setDigits(pickup.hash, 0, 0);
    return null;
  }
  if (left > 1) {
    await stores.pickups.setDigits(pickup.hash, pickup.wrongDigits + 1, 0);
    return { kind: 'digits-wanted', wrong: true, left: left - 1 };
  }
  const until = at + LOCKED_MS;
  await stores.pickups.setDigits(pickup.hash, 0, until);
  return { kind: 'locked', until };
}

/** The last four digits of each telephone number that the citizen wrote: which of them is the own one is not known. */
function lastDigits(thread: readonly Message[]): string[] {
  const numbers = thread.flatMap(({ author, body }) => {
    if (author !== 'citizen' || body.type !== 'text') return [];
    return findPersonalData(body.text)
      .filter(({ kind }) => kind === 'phone')
      .map(({ index, length }) =>
        body.text
          .slice(index, index + length)
          .normalize('NFKC')
          .replace(/\D/g, ''),
      );
  });
  return [...new Set(numbers.filter((number) => number.length >= 7).map((number) => number.slice(-4)))];
}

/** What the person has asked to take along: everything that is kept of them. */
async function exportOf(stores: MessagingWork, { conversationId }: StoredPickup, at: number): Promise<PickupView> {
  return { ticket: null, replies: [], resumable: false, mine: await myExport(stores, conversationId, at) };
}

/** Lawyers' words and the ticket's course; not what the citizen wrote, nor what the machine said. */
async function viewOf(stores: MessagingWork, { conversationId }: StoredPickup): Promise<PickupView> {
  const ticket = await stores.tickets.latestOf(conversationId);
  const thread = await stores.thread.messages(conversationId);
  return {
    ticket: ticket && { number: ticket.number, state: ticket.state },
    replies: thread.filter(({ author, body }) => author === 'staff' || body.type === 'event'),
    resumable: (await stores.pickups.channelOf(conversationId)) === 'web',
  };
}

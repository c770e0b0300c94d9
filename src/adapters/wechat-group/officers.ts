import { createHash, timingSafeEqual } from 'node:crypto';

/** What a duty officer may order in a group. */
export type Order = { readonly type: 'pause' } | { readonly type: 'resume' } | { readonly type: 'bind'; readonly servicePoint: string };

/** @returns null: no order */
export function readOrder(words: string): Order | null {
  if (words === '暂停') return { type: 'pause' };
  if (words === '恢复') return { type: 'resume' };
  const servicePoint = /^绑定服务点\s*[：:]?\s*(\S{1,40})$/u.exec(words)?.[1];
  return servicePoint === undefined ? null : { type: 'bind', servicePoint };
}

const TRIES = 5;
const TRIES_OF_ALL = 20;
const LOCKED_MS = 3_600_000;

/**
 * Who is a duty officer in this login. Names can be taken by anyone and ids change, so an officer says the password to the
 * bot in private, once a login; five wrong ones of a person, or twenty of all, lock for an hour.
 * @param password null: there are no officers
 */
export function createOfficers(password: string | null, now: () => number) {
  const known = new Set<string>();
  let failures: { readonly id: string; readonly at: number }[] = [];
  return {
    isOfficer: (id: string): boolean => known.has(id),
    /** @returns what to answer; null: it is no attempt */
    greet(id: string, words: string): string | null {
      const given = /^值班口令\s*[：:]?\s*(\S+)$/u.exec(words.trim())?.[1];
      if (given === undefined) return null;
      failures = failures.filter(({ at }) => at > now() - LOCKED_MS);
      if (failures.filter((failure) => failure.id === id).length >= TRIES || failures.length >= TRIES_OF_ALL)
        return '口令错了太多次，请一小时后再试。';
      if (password === null || !same(given, password)) {
        failures.push({ id, at: now() });
        return '口令不对。';
      }
      known.add(id);
      return '口令正确。在群里@我说“暂停”“恢复”“绑定服务点 编号”就行，这次登录期间有效。请把刚才那条口令消息删掉。';
    },
    forget: (): void => known.clear(),
  };
}

function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

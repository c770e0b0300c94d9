import { ApiFailure, type Call } from './call.js';

/** A token is fetched anew so long before it ends; the platform keeps the old one alive meanwhile. */
const EARLY_MS = 300_000;
/** The platform ignores a forced refresh that comes sooner, and allows twenty a day. */
const FORCE_EVERY_MS = 30_000;

export interface AccessToken {
  /** @throws ApiFailure */
  get(): Promise<string>;
  /** The platform refused it: the next one is another. */
  refused(token: string): void;
}

interface Held {
  readonly token: string;
  readonly until: number;
}

/**
 * The account's token, from `stable_token`; however many ask at once, it is fetched once.
 * @param now milliseconds since the epoch
 */
export function createAccessToken(call: Call, { appId, secret }: { appId: string; secret: string }, now: () => number): AccessToken {
  let held: Held | null = null;
  let fetching: Promise<string> | null = null;
  /** The last token that was refused: if it comes again, it has to be forced. */
  let dead: string | null = null;
  let forcedAt = Number.NEGATIVE_INFINITY;

  const request = async (force: boolean): Promise<Held> => {
    const body = { grant_type: 'client_credential', appid: appId, secret, ...(force ? { force_refresh: true } : {}) };
    const { access_token: token, expires_in: seconds } = await call('/cgi-bin/stable_token', body);
    if (typeof token !== 'string' || token === '' || typeof seconds !== 'number') throw new ApiFailure(null, 'no token in the answer');
    const life = seconds * 1000;
    return { token, until: now() + Math.max(life - EARLY_MS, life / 2) };
  };
  const fetchToken = async (): Promise<string> => {
    let fresh = await request(false);
    if (fresh.token === dead && now() - forcedAt >= FORCE_EVERY_MS) {
      forcedAt = now();
      fresh = await request(true);
    }
    held = fresh;
    return fresh.token;
  };

  return {
    async get() {
      if (held !== null && held.until > now()) return held.token;
      fetching ??= fetchToken().finally(() => {
        fetching = null;
      });
      return fetching;
    },
    refused(token) {
      dead = token;
      if (held?.token === token) held = null;
    },
  };
}

import { createOfficialAccount, type OfficialAccount } from './adapters/official-account/create-official-account.js';
import type { OfficialAccountConfig } from './config.js';
import type { Inbox } from './messaging/channel.js';
import type { Delivery } from './messaging/delivery/ports.js';

/** Where the platform pushes to. */
export const OFFICIAL_ACCOUNT_PATH = '/wechat';

export interface OfficialAccountStart {
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly delivery: Delivery;
  readonly now: () => number;
  readonly onError: (error: unknown, part: string) => void;
}

/** The Official Account as it is configured; null: it is off. */
export function startOfficialAccount(config: OfficialAccountConfig | null, deps: OfficialAccountStart): OfficialAccount | null {
  if (config === null) return null;
  const { token, appId, mode, aesKeys, secret, verified, apiUrl } = config;
  const sender = verified && secret !== null ? { secret, ...(apiUrl === null ? {} : { baseUrl: apiUrl }) } : null;
  return createOfficialAccount({ token, appId, mode, aesKeys, sender }, deps);
}

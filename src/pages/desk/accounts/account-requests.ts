import type { AccountChangedView, AccountsView, RecoveryCodesView, SessionsView, TotpSecretView } from '../../../domain/account-views.js';
import type { Role } from '../../../domain/access.js';
import type { DeskClient } from '../desk-client.js';

export interface AccountFields {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly servicePoint: string | null;
  readonly skills: readonly string[];
  readonly phone: string;
}

export type AccountAction = 'block' | 'unblock' | 'unlock' | 'reset-password' | 'reset-totp' | 'end-sessions';

/** Requests about accounts. Every function throws RequestError. */
export const accountRequests = {
  sessions: (client: DeskClient) => client.get<SessionsView>('/sessions'),
  endSession: (client: DeskClient, id: string) => client.post<object>(`/sessions/${encodeURIComponent(id)}/end`, {}),
  endOtherSessions: (client: DeskClient) => client.post<object>('/sessions/end-others', {}),
  beginTotp: (client: DeskClient, password: string) => client.post<TotpSecretView>('/totp/begin', { password }),
  confirmTotp: (client: DeskClient, code: string) => client.post<RecoveryCodesView>('/totp/confirm', { code }),
  removeTotp: (client: DeskClient, password: string) => client.post<object>('/totp/remove', { password }),
  newRecoveryCodes: (client: DeskClient, password: string) => client.post<RecoveryCodesView>('/totp/recovery-codes', { password }),
  accounts: (client: DeskClient, query: Readonly<Record<string, string>>) =>
    client.get<AccountsView>(`/accounts?${new URLSearchParams(query).toString()}`),
  add: (client: DeskClient, login: string, fields: AccountFields) => client.post<AccountChangedView>('/accounts', { login, ...fields }),
  change: (client: DeskClient, id: string, fields: AccountFields) =>
    client.post<AccountChangedView>(`/accounts/${encodeURIComponent(id)}/change`, fields),
  act: (client: DeskClient, id: string, action: AccountAction) =>
    client.post<AccountChangedView>(`/accounts/${encodeURIComponent(id)}/${action}`, {}),
};

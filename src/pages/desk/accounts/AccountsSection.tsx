import { useCallback, useDeferredValue, useState } from 'react';
import { ROLES, ROLE_NAMES } from '../../../domain/access.js';
import type { AccountChangedView, AccountView } from '../../../domain/account-views.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { AccountForm } from './AccountForm.js';
import { accountRequests } from './account-requests.js';
import { AccountRow } from './AccountRow.js';
import { useSending } from './use-sending.js';

/** Accounts of the desk, for the administrator. */
export function AccountsSection({ client }: { readonly client: DeskClient }) {
  const [filter, setFilter] = useState({ q: '', role: '', state: '' });
  /** Logins after which the pages before this one ended. */
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<AccountView | 'new' | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const asked = useDeferredValue(filter);
  const after = cursors.at(-1) ?? '';
  const load = useCallback(
    () => accountRequests.accounts(client, { q: asked.q, role: asked.role, state: asked.state, after }),
    [client, asked, after],
  );
  const { value, failure, refresh } = useLoaded(load);
  const { busy, failure: refused, send } = useSending();

  const change = (work: () => Promise<AccountChangedView>): void => {
    send(async () => {
      const { account, oneTimePassword, released = [] } = await work();
      setEditing(null);
      setTold(
        [
          oneTimePassword === undefined
            ? ''
            : `${account.name}（${account.login}）的一次性密码：${oneTimePassword} 。只显示这一次，请当面告诉本人。`,
          released.length === 0 ? '' : `这些工单放回了队列：${released.join('、')}`,
        ].join('') || `${account.name}：已经改好。`,
      );
      refresh();
    });
  };
  const choose = (next: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...next });
    setCursors([]);
  };

  return (
    <main className="section" data-testid="accounts">
      <div className="section-column">
        <h2>账号</h2>
        <div className="account-filter">
          <input
            type="search"
            aria-label="找姓名或登录名"
            placeholder="找姓名或登录名"
            data-testid="account-search"
            value={filter.q}
            onChange={(event) => {
              choose({ q: event.target.value });
            }}
          />
          <select
            aria-label="角色"
            value={filter.role}
            onChange={(event) => {
              choose({ role: event.target.value });
            }}
          >
            <option value="">所有角色</option>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {ROLE_NAMES[role]}
              </option>
            ))}
          </select>
          <select
            aria-label="状态"
            value={filter.state}
            onChange={(event) => {
              choose({ state: event.target.value });
            }}
          >
            <option value="">停用的也看</option>
            <option value="active">只看在用的</option>
            <option value="blocked">只看停用的</option>
          </select>
          <button
            type="button"
            className="button button-quiet"
            data-testid="account-new"
            onClick={() => {
              setEditing('new');
            }}
          >
            新建账号
          </button>
        </div>
        <p role="status" className={told === null ? 'visually-hidden' : 'account-told'} data-testid="account-told">
          {told}
        </p>
        {editing !== null && (
          <AccountForm
            key={editing === 'new' ? 'new' : editing.id}
            account={editing === 'new' ? null : editing}
            busy={busy}
            failure={refused}
            onSave={(login, fields) => {
              change(() =>
                editing === 'new' ? accountRequests.add(client, login, fields) : accountRequests.change(client, editing.id, fields),
              );
            }}
            onCancel={() => {
              setEditing(null);
            }}
          />
        )}
        <FormFailure text={editing === null ? (refused ?? failure) : failure} />
        {value === null && failure === null && <p className="section-empty">正在读取…</p>}
        {value !== null && (
          <>
            <p className="section-sum">共 {value.total} 个</p>
            <ul className="account-list">
              {value.accounts.map((account) => (
                <AccountRow
                  key={account.id}
                  account={account}
                  busy={busy}
                  onEdit={() => {
                    setEditing(account);
                  }}
                  onAct={(action) => {
                    change(() => accountRequests.act(client, account.id, action));
                  }}
                />
              ))}
            </ul>
            <div className="account-buttons">
              {cursors.length > 0 && (
                <button
                  type="button"
                  className="button button-plain"
                  onClick={() => {
                    setCursors(cursors.slice(0, -1));
                  }}
                >
                  上一页
                </button>
              )}
              {value.next !== null && (
                <button
                  type="button"
                  className="button button-plain"
                  data-testid="accounts-next"
                  onClick={() => {
                    if (value.next !== null) setCursors([...cursors, value.next]);
                  }}
                >
                  下一页
                </button>
              )}
            </div>
          </>
        )}
      </div>
    </main>
  );
}

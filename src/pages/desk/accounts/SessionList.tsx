import { useCallback } from 'react';
import { momentText } from '../../shared/times.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { accountRequests } from './account-requests.js';
import { useSending } from './use-sending.js';

/** Where one is signed in, and how to end it. */
export function SessionList({ client }: { readonly client: DeskClient }) {
  const { value, failure, refresh } = useLoaded(useCallback(() => accountRequests.sessions(client), [client]));
  const sending = useSending();
  const end = (work: () => Promise<unknown>): void => {
    sending.send(async () => {
      await work();
      refresh();
    });
  };
  const now = Date.now();
  return (
    <section className="account-panel" aria-labelledby="sessions-title">
      <h3 id="sessions-title">登录的设备</h3>
      <p>看到不认识的设备，就结束它，并且马上改密码。</p>
      <FormFailure text={sending.failure ?? failure} />
      <ul className="session-list">
        {value?.sessions.map(({ id, device, address, since, seenAt, current }) => (
          <li key={id} data-testid="session">
            <div>
              <strong>{device}</strong>
              {current && <span className="badge">就是这里</span>}
              <p className="account-note">
                {address === '' ? '' : `地址 ${address}，`}
                {momentText(since, now)} 登录，最后用过 {momentText(seenAt, now)}
              </p>
            </div>
            {!current && (
              <button
                type="button"
                className="button button-plain"
                disabled={sending.busy}
                onClick={() => {
                  end(() => accountRequests.endSession(client, id));
                }}
              >
                结束
              </button>
            )}
          </li>
        ))}
      </ul>
      {(value?.sessions.length ?? 0) > 1 && (
        <button
          type="button"
          className="button button-quiet"
          data-testid="end-others"
          disabled={sending.busy}
          onClick={() => {
            end(() => accountRequests.endOtherSessions(client));
          }}
        >
          除了这里，全部结束
        </button>
      )}
    </section>
  );
}

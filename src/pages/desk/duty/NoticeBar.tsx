import { useCallback, useId, useState } from 'react';
import type { DeskClient } from '../desk-client.js';
import { useLoaded } from '../learning/use-loaded.js';
import { dutyRequests } from './duty-requests.js';

/** As many as the server hands out at once. */
const MOST = 100;

interface Props {
  readonly client: DeskClient;
  /** Grows when something may be new. */
  readonly tick: number;
  /** Opens a ticket by its number. */
  readonly onOpen: (number: string) => void;
}

/** What one has been told and not yet read: one line with the newest, unfolded when asked for, so that the work below keeps its room. */
export function NoticeBar({ client, tick, onOpen }: Props) {
  const id = useId();
  const [unfolded, setUnfolded] = useState(false);
  const { value, refresh } = useLoaded(
    useCallback(() => dutyRequests.notices(client), [client]),
    tick,
  );
  const unread = value?.notices.filter(({ read }) => !read) ?? [];
  const newest = unread[0];
  if (newest === undefined) return null;
  return (
    <aside className="notice-bar" aria-label="通知" data-testid="notices">
      <p className="notice-line" role="status">
        <b>{unread.length >= MOST ? `${String(MOST - 1)}+` : unread.length} 条通知</b>
        {!unfolded && `：${newest.text}`}
      </p>
      <button
        type="button"
        className="text-button"
        aria-expanded={unfolded}
        aria-controls={id}
        data-testid="notices-show"
        onClick={() => {
          setUnfolded(!unfolded);
        }}
      >
        {unfolded ? '收起' : '查看'}
      </button>
      <button
        type="button"
        className="text-button"
        data-testid="notices-read"
        onClick={() => {
          setUnfolded(false);
          void dutyRequests.readNotices(client).then(refresh, refresh);
        }}
      >
        知道了
      </button>
      {unfolded && (
        <ul className="notice-list" id={id}>
          {unread.map(({ id: key, text, ticketNumber }) => (
            <li key={key}>
              <span>{text}</span>
              {ticketNumber !== null && (
                <button
                  type="button"
                  className="text-button"
                  onClick={() => {
                    setUnfolded(false);
                    onOpen(ticketNumber);
                  }}
                >
                  打开
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

import { useCallback } from 'react';
import type { DeskClient } from '../desk-client.js';
import { useLoaded } from '../learning/use-loaded.js';
import { dutyRequests } from './duty-requests.js';

const SHOWN = 3;

interface Props {
  readonly client: DeskClient;
  /** Grows when something may be new. */
  readonly tick: number;
  /** Opens a ticket by its number. */
  readonly onOpen: (number: string) => void;
}

/** What one has been told and not yet read, above everything else. */
export function NoticeBar({ client, tick, onOpen }: Props) {
  const { value, refresh } = useLoaded(
    useCallback(() => dutyRequests.notices(client), [client]),
    tick,
  );
  const unread = value?.notices.filter(({ read }) => !read) ?? [];
  if (unread.length === 0) return null;
  return (
    <aside className="notice-bar" role="status" data-testid="notices">
      <ul>
        {unread.slice(0, SHOWN).map(({ id, text, ticketNumber }) => (
          <li key={id}>
            {text}
            {ticketNumber !== null && (
              <button
                type="button"
                className="text-button"
                onClick={() => {
                  onOpen(ticketNumber);
                }}
              >
                打开
              </button>
            )}
          </li>
        ))}
        {unread.length > SHOWN && <li>还有 {unread.length - SHOWN} 条。</li>}
      </ul>
      <button
        type="button"
        className="button button-plain"
        data-testid="notices-read"
        onClick={() => void dutyRequests.readNotices(client).then(refresh, refresh)}
      >
        知道了
      </button>
    </aside>
  );
}

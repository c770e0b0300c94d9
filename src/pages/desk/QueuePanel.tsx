import type { QueueTab } from './desk-client.js';
import { QueueTabs } from './QueueTabs.js';
import { TicketRow } from './TicketRow.js';
import { useNow } from './use-now.js';
import type { Queue } from './use-queue.js';

const EMPTY_TEXT: Readonly<Record<QueueTab, string>> = {
  open: '现在没有等着办的工单。',
  mine: '您手里没有工单。到“待办”里领取。',
  closed: '还没有结案的工单。',
};

interface Props {
  readonly queue: Queue;
  readonly tab: QueueTab;
  readonly onTab: (tab: QueueTab) => void;
  readonly selected: string | null;
  readonly onSelect: (number: string) => void;
}

/** The tickets of a tab. */
export function QueuePanel({ queue, tab, onTab, selected, onSelect }: Props) {
  const now = useNow();
  const { tickets, failure } = queue;
  return (
    <nav className="panel queue" aria-label="工单">
      <QueueTabs tab={tab} queued={queue.queued} onTab={onTab} />
      <div className="queue-list" role="region" aria-label="工单列表">
        {failure !== null && <p className="failure">工单没有刷新成功：{failure}</p>}
        {tickets === null && failure === null && <p className="queue-empty">正在读取…</p>}
        {tickets?.length === 0 && <p className="queue-empty">{EMPTY_TEXT[tab]}</p>}
        <ul>
          {tickets?.map((ticket) => (
            <li key={ticket.number}>
              <TicketRow ticket={ticket} now={now} selected={ticket.number === selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

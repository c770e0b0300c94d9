import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../use-now.js';
import { narrowed, type QueueFilter } from './queue-filter.js';
import { QueueFilters } from './QueueFilters.js';
import { QueueTabs } from './QueueTabs.js';
import { TicketRow } from './TicketRow.js';
import type { Queue } from './use-queue.js';
import type { Township } from './use-townships.js';
import { useWindow } from './use-window.js';

const EMPTY_TEXT: Readonly<Record<QueueFilter['show'], string>> = {
  open: '现在没有等着办的工单。',
  waiting: '没有等人领取的工单。',
  mine: '您手里没有工单。到“待领取”里领取。',
  closed: '还没有结案的工单。',
};

/** Height of a row, in rem; queue.css clips what is longer. */
const ROW_REM = 8;

interface Props {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  readonly onFilter: (change: Partial<QueueFilter>) => void;
  readonly townships: readonly Township[];
  readonly selected: string | null;
  readonly onSelect: (number: string) => void;
  /** What stands above the tabs. */
  readonly head?: ReactNode;
}

/** The tickets under the filter; however many there are, only those in view are in the page. */
export function QueuePanel({ queue, filter, onFilter, townships, selected, onSelect, head }: Props) {
  const now = useNow();
  const [rowHeight] = useState(() => Math.round(ROW_REM * rootFontSize()));
  const { items, total, failure, onRange } = queue;
  const keys = useMemo(() => (items ?? []).map(({ number }) => number), [items]);
  const { area, onScroll, from, to, reveal } = useWindow(keys, rowHeight);
  useEffect(() => {
    onRange(from, Math.max(from, to - 1));
  }, [from, to, onRange]);
  // once for each selection: where the list moves later, the person is not taken along
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (selected === null || selected === revealed.current) return;
    const index = keys.indexOf(selected);
    if (index < 0) return;
    revealed.current = selected;
    reveal(index);
  }, [selected, keys, reveal]);
  useEffect(() => {
    area.current?.scrollTo({ top: 0 });
  }, [area, filter]);

  const empty = filter.q !== '' || filter.only !== '' || narrowed(filter) > 0 ? '没有这样的工单。换个条件再找。' : EMPTY_TEXT[filter.show];
  return (
    <nav className="panel queue" aria-label="工单">
      {head}
      <QueueTabs
        show={filter.show}
        counts={queue.counts}
        onShow={(show) => {
          onFilter({ show });
        }}
      />
      <QueueFilters filter={filter} counts={queue.counts} total={items === null ? null : total} townships={townships} onFilter={onFilter} />
      {failure !== null && <p className="failure queue-failure">工单没有刷新成功：{failure}</p>}
      <div className="queue-list" role="region" aria-label="工单列表" ref={area} onScroll={onScroll} data-testid="queue-list">
        {items === null && failure === null && <p className="queue-empty">正在读取…</p>}
        {items?.length === 0 && <p className="queue-empty">{empty}</p>}
        <ul className="queue-rows" style={{ height: `${String(keys.length * rowHeight)}px` }}>
          {(items ?? []).slice(from, to).map((ticket, index) => (
            <li
              key={ticket.number}
              aria-setsize={total}
              aria-posinset={from + index + 1}
              style={{ height: `${String(rowHeight)}px`, transform: `translateY(${String((from + index) * rowHeight)}px)` }}
            >
              <TicketRow ticket={ticket} now={now} selected={ticket.number === selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

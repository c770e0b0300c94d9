import type { QueueView } from '../../../domain/desk-views.js';
import { SHOWS, SHOW_NAMES, type QueueFilter } from './queue-filter.js';

interface Props {
  readonly show: QueueFilter['show'];
  readonly counts: QueueView['counts'];
  readonly onShow: (show: QueueFilter['show']) => void;
}

/** More than this is no number to act on, and does not fit a phone. */
const MOST_SHOWN = 999;

/** 待办 · 待领取 · 我的 · 已结案. */
export function QueueTabs({ show, counts, onShow }: Props) {
  const count = (one: QueueFilter['show']): number => (one === 'waiting' ? counts.waiting : one === 'mine' ? counts.mine : 0);
  return (
    <div className="tabs">
      {SHOWS.map((one) => (
        <button
          key={one}
          type="button"
          className="tab"
          data-testid={`tab-${one}`}
          aria-pressed={one === show}
          onClick={() => {
            onShow(one);
          }}
        >
          {SHOW_NAMES[one]}
          {count(one) > 0 && (
            <span className="tab-count">
              {count(one) > MOST_SHOWN ? `${String(MOST_SHOWN)}+` : count(one)}
              <span className="visually-hidden">张</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

import { QUEUE_TABS } from './desk-client.js';
import type { QueueTab } from './desk-client.js';

const TAB_NAMES: Readonly<Record<QueueTab, string>> = { open: '待办', mine: '我的', closed: '已结案' };

interface Props {
  readonly tab: QueueTab;
  readonly queued: number;
  readonly onTab: (tab: QueueTab) => void;
}

/** 待办 · 我的 · 已结案. */
export function QueueTabs({ tab, queued, onTab }: Props) {
  return (
    <div className="tabs">
      {QUEUE_TABS.map((one) => (
        <button
          key={one}
          type="button"
          className="tab"
          data-testid={`tab-${one}`}
          aria-pressed={one === tab}
          onClick={() => {
            onTab(one);
          }}
        >
          {TAB_NAMES[one]}
          {one === 'open' && queued > 0 && (
            <span className="tab-count">
              {queued}
              <span className="visually-hidden">张没人领取</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

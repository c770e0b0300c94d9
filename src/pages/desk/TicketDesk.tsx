import { useCallback, useState } from 'react';
import { SoundSwitch } from './alerts/SoundSwitch.js';
import type { NewWork } from './alerts/use-new-work.js';
import type { DeskClient } from './desk-client.js';
import { CallDialog } from './dialogs/CallDialog.js';
import { ShortcutHelp } from './keys/ShortcutHelp.js';
import { focusField, useShortcuts } from './keys/use-shortcuts.js';
import { keepFilter, lastFilter } from './queue/kept-filter.js';
import type { QueueFilter } from './queue/queue-filter.js';
import { QueuePanel } from './queue/QueuePanel.js';
import { useQueue } from './queue/use-queue.js';
import { useTownships } from './queue/use-townships.js';
import { TicketPanel } from './TicketPanel.js';

interface Props {
  readonly client: DeskClient;
  readonly tick: number;
  readonly newWork: NewWork;
  readonly mayOpen: boolean;
  readonly selected: string | null;
  readonly onSelect: (number: string | null) => void;
}

/** The queue, one ticket, and the tools: side by side on a PC, one at a time on a phone. */
export function TicketDesk({ client, tick, newWork, mayOpen, selected, onSelect }: Props) {
  const [filter, setFilter] = useState(lastFilter);
  const queue = useQueue(client, filter, tick);
  const townships = useTownships(client);
  const [window, setWindow] = useState<'call' | 'help' | null>(null);
  const change = useCallback((part: Partial<QueueFilter>) => {
    setFilter((before) => {
      const next = { ...before, ...part };
      keepFilter(next);
      return next;
    });
  }, []);

  const step = (by: 1 | -1) => (): void => {
    const items = queue.items ?? [];
    const at = items.findIndex(({ number }) => number === selected);
    const next = items[at < 0 ? 0 : at + by];
    if (next) onSelect(next.number);
  };
  const arrow = (by: 1 | -1) => (): void => {
    if (document.activeElement?.closest('.queue') || selected === null) step(by)();
  };
  useShortcuts({
    j: step(1),
    k: step(-1),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    '/': () => {
      focusField('queue-search');
    },
    '?': () => {
      setWindow('help');
    },
  });

  return (
    <div className={`bench-columns ${selected === null ? '' : 'bench-columns-ticket'}`}>
      <QueuePanel
        queue={queue}
        filter={filter}
        onFilter={change}
        townships={townships}
        selected={selected}
        onSelect={onSelect}
        head={
          <div className="queue-head">
            <SoundSwitch sound={newWork.sound} onSound={newWork.onSound} />
            <button
              type="button"
              className="chip queue-keys"
              data-testid="shortcuts"
              onClick={() => {
                setWindow('help');
              }}
            >
              快捷键
            </button>
            {mayOpen && (
              <button
                type="button"
                className="chip chip-strong"
                data-testid="new-call"
                onClick={() => {
                  setWindow('call');
                }}
              >
                ＋ 新建来电
              </button>
            )}
          </div>
        }
      />
      {selected === null ? (
        <section className="panel panel-empty">
          <p>在左边选一张工单。</p>
        </section>
      ) : (
        <TicketPanel
          key={selected}
          client={client}
          number={selected}
          tick={tick}
          onChanged={queue.refresh}
          onBack={() => {
            onSelect(null);
          }}
        />
      )}
      {window === 'help' && (
        <ShortcutHelp
          onClose={() => {
            setWindow(null);
          }}
        />
      )}
      {window === 'call' && (
        <CallDialog
          client={client}
          onDone={(number) => {
            setWindow(null);
            if (number !== null) onSelect(number);
          }}
        />
      )}
    </div>
  );
}

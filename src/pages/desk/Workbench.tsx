import { useEffect, useState } from 'react';
import type { StaffView } from '../../domain/views.js';
import type { DeskClient, QueueTab } from './desk-client.js';
import { DeskHeader } from './DeskHeader.js';
import { CuratedSection } from './learning/CuratedSection.js';
import { UnansweredSection } from './learning/UnansweredSection.js';
import { QueuePanel } from './QueuePanel.js';
import { placeOf, sectionAt } from './sections.js';
import { TicketPanel } from './TicketPanel.js';
import { useDeskFeed } from './use-desk-feed.js';
import { useQueue } from './use-queue.js';
import { useSelectedTicket } from './use-selected-ticket.js';

const TITLE = '律师工作台 · 百米问法';

interface Props {
  readonly staff: StaffView;
  readonly client: DeskClient;
  readonly onLeave: () => void;
  readonly onChangePassword: () => void;
}

/** The queue and one ticket: side by side on a PC, one at a time on a phone. */
export function Workbench({ staff, client, onLeave, onChangePassword }: Props) {
  const { tick, connected } = useDeskFeed();
  const [tab, setTab] = useState<QueueTab>('open');
  const [place, go] = useSelectedTicket();
  const section = sectionAt(place);
  const selected = section === 'tickets' ? place : null;
  const queue = useQueue(client, tab, tick);

  useEffect(() => {
    document.title = queue.queued > 0 ? `(${String(queue.queued)}) ${TITLE}` : TITLE;
    return () => {
      document.title = TITLE;
    };
  }, [queue.queued]);

  return (
    <div className="bench" data-view={selected === null ? 'queue' : 'ticket'}>
      <DeskHeader
        name={staff.name}
        connected={connected}
        section={section}
        onSection={(next) => {
          go(placeOf(next));
        }}
        onLeave={onLeave}
        onChangePassword={onChangePassword}
      />
      {section === 'curated' && <CuratedSection client={client} tick={tick} />}
      {section === 'unanswered' && <UnansweredSection client={client} />}
      {section === 'tickets' && (
        <div className="bench-columns">
          <QueuePanel queue={queue} tab={tab} onTab={setTab} selected={selected} onSelect={go} />
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
                go(null);
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}

import { lazy, Suspense } from 'react';
import type { StaffView } from '../../domain/views.js';
import { AccountsSection } from './accounts/AccountsSection.js';
import { MySection } from './accounts/MySection.js';
import { TotpBanner } from './accounts/TotpBanner.js';
import { useNewWork } from './alerts/use-new-work.js';
import { AuditSection } from './audit/AuditSection.js';
import { ChannelsSection } from './channels/ChannelsSection.js';
import { NoticeBar } from './duty/NoticeBar.js';
import { DutySection } from './duty/DutySection.js';
import { OrganisationSection } from './organisation/OrganisationSection.js';
import type { DeskClient } from './desk-client.js';
import { DeskHeader } from './DeskHeader.js';
import { KnowledgeSection } from './knowledge/KnowledgeSection.js';
import { CuratedSection } from './learning/CuratedSection.js';
import { UnansweredSection } from './learning/UnansweredSection.js';
import { placeOf, sectionAt, sectionsFor } from './sections.js';
import { TicketDesk } from './TicketDesk.js';
import { useDeskFeed } from './use-desk-feed.js';
import { useSelectedTicket } from './use-selected-ticket.js';

/** Loaded when it is opened: most of those who work here never do. */
const FiguresSection = lazy(async () => ({ default: (await import('./figures/FiguresSection.js')).FiguresSection }));

interface Props {
  readonly staff: StaffView;
  readonly client: DeskClient;
  readonly onLeave: () => void;
  readonly onChangePassword: () => void;
  /** Something of one's own account is otherwise. */
  readonly onStaffChanged: () => void;
}

/** The desk's parts under its header, and news of new work whichever part is open. */
export function Workbench({ staff, client, onLeave, onChangePassword, onStaffChanged }: Props) {
  const { tick, connected } = useDeskFeed();
  const [place, go] = useSelectedTicket();
  const section = sectionAt(place);
  const selected = section === 'tickets' ? place : null;
  const newWork = useNewWork(client, tick, selected);

  return (
    <div className="bench" data-view={selected === null ? 'queue' : 'ticket'}>
      <DeskHeader
        name={staff.name}
        connected={connected}
        sections={sectionsFor(staff.duties)}
        section={section}
        onSection={(next) => {
          go(placeOf(next));
        }}
        onLeave={onLeave}
        onChangePassword={onChangePassword}
      />
      {section === 'curated' && <CuratedSection client={client} tick={tick} />}
      {section === 'unanswered' && <UnansweredSection client={client} />}
      {section === 'knowledge' && <KnowledgeSection client={client} />}
      {staff.totpUrged && section !== 'me' && (
        <TotpBanner
          onOpen={() => {
            go(placeOf('me'));
          }}
        />
      )}
      {section === 'accounts' && <AccountsSection client={client} />}
      {section === 'audit' && <AuditSection client={client} />}
      {section === 'me' && <MySection staff={staff} client={client} onChanged={onStaffChanged} />}
      <NoticeBar client={client} tick={tick} onOpen={go} />
      {section === 'duty' && <DutySection client={client} />}
      {section === 'organisation' && <OrganisationSection client={client} />}
      {section === 'figures' && (
        <Suspense fallback={<p className="section-empty">正在读取…</p>}>
          <FiguresSection client={client} />
        </Suspense>
      )}
      {section === 'channels' && <ChannelsSection client={client} />}
      {section === 'tickets' && (
        <TicketDesk
          client={client}
          tick={tick}
          newWork={newWork}
          mayOpen={staff.duties.includes('open-ticket')}
          selected={selected}
          onSelect={go}
        />
      )}
      <p className="visually-hidden" role="status" aria-live="polite" data-testid="news">
        {newWork.news}
      </p>
    </div>
  );
}

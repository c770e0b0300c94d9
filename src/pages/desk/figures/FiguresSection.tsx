import { useCallback, useState } from 'react';
import type { Figure, FiguresView } from '../../../domain/figures.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { BreakdownPanel } from './BreakdownPanel.js';
import { FigureCard } from './FigureCard.js';
import { FigureTickets } from './FigureTickets.js';
import { DOWNLOADS, downloadAddress, readFigures, type FigureLink } from './figures-requests.js';
import './figures.css';
import { JoinedTable } from './JoinedTable.js';
import { MonthPicker } from './MonthPicker.js';
import { monthAt } from './months.js';

/** Where one was, for whoever comes back from a ticket. */
let lastPlace: { readonly month: string; readonly link: FigureLink | null } | null = null;

/** The bureau's figures of a month, for the officer; each leads to its tickets. */
export function FiguresSection({ client }: { readonly client: DeskClient }) {
  const [place, setPlace] = useState(() => lastPlace ?? { month: monthAt(Date.now()), link: null });
  const go = (next: typeof place): void => {
    lastPlace = next;
    setPlace(next);
  };
  const { month, link } = place;
  const { value, failure } = useLoaded(useCallback(() => readFigures(client, month), [client, month]));
  const view = value?.month === month ? value : null;
  const open = (next: FigureLink): void => {
    go({ month, link: next });
  };

  if (link !== null) {
    return (
      <main className="section">
        <FigureTickets
          client={client}
          month={month}
          link={link}
          onBack={() => {
            go({ month, link: null });
          }}
        />
      </main>
    );
  }
  return (
    <main className="section" data-testid="figures">
      <div className="section-column figures-column">
        <h2>数据</h2>
        <p className="section-about">点一个数字，就看到它后面的工单。导出的文件里没有姓名、电话和群众写的话；每次导出都有记录。</p>
        <MonthPicker
          month={month}
          onMonth={(next) => {
            go({ month: next, link: null });
          }}
        />
        <p className="downloads">
          {DOWNLOADS.map(({ file, name }) => (
            <a key={file} href={downloadAddress(file, month)} download data-testid={`download-${file}`}>
              {name}
            </a>
          ))}
        </p>
        <FormFailure text={failure} />
        {view === null && failure === null && <p className="section-empty">正在统计…</p>}
        {view?.caveats.map((caveat) => (
          <p key={caveat} className="figures-caveat" data-testid="caveat">
            {caveat}
          </p>
        ))}
        {view !== null && (
          <ul className="figure-cards" aria-label="要紧的几个">
            {headlines(view).map((figure) => (
              <FigureCard key={figure.id} figure={figure} headline onOpen={open} />
            ))}
          </ul>
        )}
        {view?.groups.map((group) => (
          <section key={group.id} className="figure-group" data-testid={`group-${group.id}`}>
            <h3>{group.name}</h3>
            <ul className="figure-cards">
              {group.figures.map((figure) => (
                <FigureCard key={figure.id} figure={figure} onOpen={open} />
              ))}
            </ul>
            <div className="breakdowns">
              {group.figures.flatMap(asPanels).map((figure) => (
                <BreakdownPanel key={panelKey(figure)} figure={figure} month={month} onOpen={open} />
              ))}
            </div>
          </section>
        ))}
        {view !== null && (
          <>
            <JoinedTable
              view={view}
              by="point"
              title="按服务点"
              about="工单在哪个服务点开的、结的，等了多久。"
              columns={[
                { figure: 'opened', name: '新开' },
                { figure: 'closed', name: '结案' },
                { figure: 'waiting-p50-working', name: '一半不超过（工作时间）' },
                { figure: 'waiting-now', name: '此刻没人领' },
              ]}
              onOpen={open}
            />
            <JoinedTable
              view={view}
              by="staff"
              title="按人员"
              about="只在这里看，不进月报，也不导出。"
              columns={[
                { figure: 'closed', name: '结案' },
                { figure: 'handling-p50-working', name: '办理，一半不超过（工作时间）' },
                { figure: 'held-now', name: '此刻在办' },
              ]}
              onOpen={open}
            />
          </>
        )}
      </div>
    </main>
  );
}

const HEADLINES = [
  ...['consultations', 'machine-alone-share', 'opened', 'waiting-p50-working'],
  ...['closed', 'satisfied-share', 'mediation-success', 'wages-recovered'],
];

function headlines({ groups }: FiguresView): Figure[] {
  const all = groups.flatMap(({ figures }) => figures);
  return HEADLINES.flatMap((id) => all.find((figure) => figure.id === id) ?? []);
}

/** The figure that most is asked of stands in a panel for each way of taking it apart, the others in one. */
function asPanels(figure: Figure): Figure[] {
  return figure.id === 'consultations' ? figure.breakdowns.map((breakdown) => ({ ...figure, breakdowns: [breakdown] })) : [figure];
}

function panelKey({ id, breakdowns }: Figure): string {
  return `${id} ${breakdowns.map(({ by }) => by).join(' ')}`;
}

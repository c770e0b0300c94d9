import { TOPIC_NAMES, type TicketKind } from '../../domain/answer.js';
import type { DraftView } from '../../domain/desk-views.js';
import type { Referral } from '../../domain/ticket.js';
import type { Library } from '../../knowledge/library.js';
import type { FigureBook } from '../../knowledge/parse-figures.js';
import type { Guide } from '../../knowledge/parse-guide.js';
import type { ServiceName } from '../../knowledge/triage-rules.js';
import type { MatterSearch } from '../../retrieval/matter-search.js';
import type { SearchEngine } from '../../retrieval/search.js';
import { chooseGuide, guideOf, statementsOf, withSource } from '../compose.js';
import type { Consult } from '../consult.js';
import { NEW_CONSULTATION } from '../continue-consultation.js';
import type { WorkingCalendar } from '../ports.js';
import { TOPIC_PARAMETERS } from '../rank-for-topic.js';
import { runningDeadlines } from '../running-deadlines.js';
import { calculateForDesk, calculatorViews } from './desk-calculators.js';
import { isAnswered, letterOf, materialOf } from './draft-letter.js';
import { factsOfBrief } from './facts-of-brief.js';
import { paperStates } from './papers-at-hand.js';
import type { DeskConsultation, MatterAtHand } from './ports.js';
import { provisionHits } from './provision-hits.js';

export interface DeskConsultationDeps {
  readonly library: Library;
  readonly search: SearchEngine;
  readonly matters: MatterSearch;
  readonly guides: readonly Guide[];
  readonly figures: FigureBook;
  readonly calendar: WorkingCalendar | undefined;
  /** With a language model's help, where there is one, and without. */
  readonly consult: Consult;
  readonly alone: Consult;
  readonly remedies: Remedies;
}

/**
 * Begins one look-up; what it returns takes away what broke it, where that can be done outside (a vector, a model's words), and
 * says whether to try again.
 */
export type Remedies = () => (error: unknown) => Promise<boolean>;

const SERVICE_OF_KIND: Readonly<Partial<Record<TicketKind, ServiceName>>> = {
  mediation: 'mediation',
  'legal-aid': 'legal-aid',
  notary: 'notary',
};
const GUIDE_OF_REFERRAL: Readonly<Record<Referral, string | null>> = {
  arbitration: 'wages/labour-arbitration.md',
  court: 'services/civil-lawsuit.md',
  'legal-aid': 'services/legal-aid.md',
  mediation: 'services/mediation.md',
  other: null,
};
/** Somebody to talk to is not what the letter is about. */
const WANTS_HUMAN =
  /(?:我(?:想|要)?|想|要|请|帮我|给我)?(?:转)?(?:找|问|请|叫|联系)(?:一?[个位下])?(?:律师|人工|真人)(?:帮帮?我|看看)?|转人工|人工客服/g;
const MOST_TRIES = 12;
const MATERIAL_MATTERS = 2;
const MATERIAL_PROVISIONS = 4;
const MATERIAL_LINES = 4;

export function createDeskConsultation(deps: DeskConsultationDeps): DeskConsultation {
  const { library, search, matters, guides, figures, calendar } = deps;

  /** What is looked up elsewhere is fetched, and the look-up begun again. */
  const looking = () => {
    const remedy = deps.remedies();
    return async <T>(look: () => T): Promise<T> => {
      for (let tries = 1; ; tries++) {
        try {
          return look();
        } catch (error) {
          if (tries === MOST_TRIES || !(await remedy(error))) throw error;
        }
      }
    };
  };

  /** The nearest matter of the brief's topic, where one is near enough. */
  const matterOf = ({ brief }: MatterAtHand) =>
    matters
      .search(brief.question, 10)
      .find(
        ({ matter, score }) =>
          score >= TOPIC_PARAMETERS.matterThreshold && (brief.topic === null || TOPIC_NAMES[matter.topic] === brief.topic),
      )?.matter ?? null;

  const partOf = (guide: Guide, title: string, day: string): string[] =>
    guideOf(guide, '', { library, day })
      .guide.sections.find((section) => section.title === title)
      ?.lines.slice() ?? [];

  const material = (question: string, day: string): DraftView => {
    const near = matters
      .search(question, MATERIAL_MATTERS)
      .filter(({ score }) => score >= TOPIC_PARAMETERS.matterThreshold / 2)
      .flatMap(({ matter }) => {
        const said = statementsOf(matter, [], { library, day });
        return said ? [{ title: matter.title, lines: [said.headline, ...said.answer].slice(0, MATERIAL_LINES).map(withSource) }] : [];
      });
    const hits = provisionHits(search, library, question, day, 3 * MATERIAL_PROVISIONS);
    return materialOf(question, near, hits.filter(({ caution }) => caution === null).slice(0, MATERIAL_PROVISIONS));
  };

  return {
    searchProvisions: (question, day, limit) => looking()(() => provisionHits(search, library, question, day, limit)),
    deadlines: (brief, day) => runningDeadlines(factsOfBrief(brief.facts, day), brief.question, figures, day, calendar),
    papers(asked, day) {
      const { brief, kind, words } = asked;
      const service = SERVICE_OF_KIND[kind];
      const matter = service === undefined ? matterOf(asked) : null;
      const guide =
        service !== undefined
          ? guides.find((candidate) => candidate.service === service)
          : matter && chooseGuide(guides, matter.topic, brief.question, matter.cites);
      const names = guide ? partOf(guide, '带什么', day) : [];
      const evidence = matter ? (statementsOf(matter, [], { library, day })?.evidence ?? []) : [];
      return paperStates([...names, ...evidence].map(bare), [brief.question, ...words]);
    },
    referral(to, day) {
      const file = GUIDE_OF_REFERRAL[to];
      const guide = file === null ? undefined : guides.find((candidate) => candidate.file.endsWith(file));
      if (!guide) return null;
      return {
        title: guide.title,
        where: partOf(guide, '到哪里办', day),
        papers: partOf(guide, '带什么', day).map(bare),
        deadlines: partOf(guide, '期限', day),
      };
    },
    async draft({ brief, words }, day) {
      const remedied = looking();
      const known = factsOfBrief(brief.facts, day);
      const lines = [...brief.question.split('\n'), ...words]
        .map((line) => line.replace(WANTS_HUMAN, '').trim())
        .filter((line) => line.length > 3);
      const [longest = ''] = [...lines].sort((a, b) => b.length - a.length);
      for (const question of new Set([lines.join('，'), longest, lines.at(-1) ?? ''])) {
        if (question === '') continue;
        const state = { ...NEW_CONSULTATION, known };
        const { answer } = await remedied(() => deps.consult(question, state, day));
        if (!isAnswered(answer)) continue;
        const bare = await remedied(() => deps.alone(question, state, day));
        const byRules = isAnswered(bare.answer) && bare.answer.headline === answer.headline;
        return letterOf(answer, byRules ? 'rules' : 'model', library, day);
      }
      return remedied(() => material(lines.join('\n') === '' ? brief.question : lines.join('\n'), day));
    },
    calculators: calculatorViews,
    calculate: (id, inputs, day) => calculateForDesk(id, inputs, day, { figures, calendar, library }),
  };
}

/** Without the provisions at its end, and without the full stop. */
function bare(line: string): string {
  return line.replace(/〔[^〔〕]*〕$/, '').replace(/[。；]$/, '');
}

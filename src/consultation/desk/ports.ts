import type { CalculationView, CalculatorView, DraftView, PaperState, ProvisionHit, RunningDeadline } from '../../domain/desk-views.js';
import type { Referral } from '../../domain/ticket.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { TicketKind } from '../../domain/answer.js';

/** A ticket's matter, as far as tools need to know it; personal data masked. */
export interface MatterAtHand {
  readonly brief: IntakeBrief;
  readonly kind: TicketKind;
  /** The person's own words since, oldest first. */
  readonly words: readonly string[];
}

/** What the pack's guide says of where a case goes on to. */
export interface ReferralGuide {
  readonly title: string;
  readonly where: readonly string[];
  readonly papers: readonly string[];
  readonly deadlines: readonly string[];
}

/** What lawyers work with: the library, the calculators, drafts. `day` is always an ISO day in China. */
export interface DeskConsultation {
  /** Over the whole library; what a question names outright comes first. */
  searchProvisions(question: string, day: string, limit: number): Promise<ProvisionHit[]>;
  /** Time limits reckoned from dated facts of a brief; none is guessed. The nearest first, those that are over included. */
  deadlines(brief: IntakeBrief, day: string): RunningDeadline[];
  /** Papers that the matter's guide names, and what the person said of having them. */
  papers(matter: MatterAtHand, day: string): PaperState[];
  /** Null where the pack has no guide to it. */
  referral(to: Referral, day: string): ReferralGuide | null;
  /** A letter that answers the ticket's question, or material for one; never sent by itself. */
  draft(matter: MatterAtHand, day: string): Promise<DraftView>;
  calculators(): CalculatorView[];
  /** @param inputs money in yuan, the rest as the calculator takes it. @throws BaimiError `not-found` */
  calculate(id: string, inputs: Readonly<Record<string, string | number | boolean | null>>, day: string): CalculationView;
}

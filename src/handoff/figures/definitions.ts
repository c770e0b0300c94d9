import type { Dimension, FigureUnit } from '../../domain/figures.js';
import { CONSULTATION_FIGURES, TURN_FIGURES } from './consultation-figures.js';
import { OUTCOME_FIGURES } from './outcome-figures.js';
import type { ConversationFacts, TicketFacts, TicketSelection, TurnCount, WorkingMinutes } from './ports.js';
import type { Reckon } from './reckon.js';
import { TICKET_FIGURES } from './ticket-figures.js';

export const GROUPS = {
  consultations: '咨询',
  machine: '机器答复',
  tickets: '工单',
  time: '时效',
  content: '满意度',
  outcomes: '办理成效',
  now: '此刻',
} as const;
export type GroupId = keyof typeof GROUPS;

interface Definition {
  readonly id: string;
  readonly group: GroupId;
  readonly name: string;
  /** One sentence: what is counted, from which rows. */
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly by: readonly Dimension[];
}

export interface ConversationFigure extends Definition {
  readonly of: 'conversations';
  readonly counts: (conversation: ConversationFacts) => boolean;
  readonly reckon: Reckon<ConversationFacts>;
}

export interface TurnFigure extends Definition {
  readonly of: 'turns';
  readonly counts: (turn: Pick<TurnCount, 'kind' | 'reason'>) => boolean;
}

export interface TicketFigure extends Definition {
  readonly of: 'tickets';
  readonly selection: TicketSelection;
  readonly counts: (ticket: TicketFacts) => boolean;
  readonly reckon: (counted: readonly TicketFacts[], working: WorkingMinutes) => number | null;
}

export type FigureDefinition = ConversationFigure | TurnFigure | TicketFigure;

/** Every figure of the bureau, in the order in which it is shown. */
export const FIGURES: readonly FigureDefinition[] = [...CONSULTATION_FIGURES, ...TURN_FIGURES, ...TICKET_FIGURES, ...OUTCOME_FIGURES];

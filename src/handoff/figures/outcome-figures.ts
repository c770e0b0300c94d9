import type { TicketFigure } from './definitions.js';
import type { TicketFacts } from './ports.js';
import { number, shareOf, sumOf } from './reckon.js';

const isMediation = ({ kind, outcome }: TicketFacts): boolean => kind === 'mediation' && outcome !== 'withdrawn';
const gotMoney = ({ amount }: TicketFacts): boolean => amount !== null && amount > 0;
const amount = sumOf<TicketFacts>((ticket) => ticket.amount);

type Outcome = Pick<TicketFigure, 'id' | 'name' | 'definition' | 'unit' | 'counts' | 'reckon'> &
  Partial<Pick<TicketFigure, 'by' | 'selection'>>;

/** What the bureau publishes each year: from what was written down when tickets were closed. */
const OUTCOMES: readonly Outcome[] = [
  {
    id: 'mediations',
    name: '办结的人民调解',
    definition: '这个月结案的人民调解工单数，当事人撤回的不算。',
    unit: 'count',
    by: ['township'],
    counts: isMediation,
    reckon: number,
  },
  {
    id: 'mediation-success',
    name: '调解成功率',
    definition: '这个月结案的人民调解（撤回的不算）中，结案时写明了成没成的，其中调解成功的比例。',
    unit: 'share',
    counts: (ticket) => isMediation(ticket) && ticket.agreed !== null,
    reckon: shareOf(({ agreed }) => agreed === true),
  },
  {
    id: 'mediation-amount',
    name: '调解涉及的金额',
    definition: '这个月结案、调解成功的人民调解，结案时写明的金额加起来。',
    unit: 'yuan',
    counts: (ticket) => isMediation(ticket) && ticket.agreed === true && gotMoney(ticket),
    reckon: amount,
  },
  {
    id: 'wages-cases',
    name: '追回工资的案件',
    definition: '这个月结案、事项是“工资与劳动关系”、结案时写明了追回金额的工单数（没调成的调解不算）。',
    unit: 'count',
    counts: (ticket) => isWages(ticket),
    reckon: number,
  },
  {
    id: 'wages-recovered',
    name: '追回的工资',
    definition: '上面这些追回工资的案件，结案时写明的金额加起来；其中由调解追回的，也算在调解的金额里。',
    unit: 'yuan',
    by: ['township'],
    counts: (ticket) => isWages(ticket),
    reckon: amount,
  },
  {
    id: 'migrant-cases',
    name: '为农民工办结的案件',
    definition: '这个月结案、结案时注明当事人是农民工的工单数。',
    unit: 'count',
    by: ['kind', 'topic'],
    counts: ({ migrantWorker }) => migrantWorker,
    reckon: number,
  },
  {
    id: 'migrant-amount',
    name: '为农民工追回的金额',
    definition: '上面这些农民工案件，结案时写明的金额加起来。',
    unit: 'yuan',
    counts: (ticket) => ticket.migrantWorker && gotMoney(ticket),
    reckon: amount,
  },
  {
    id: 'legal-aid',
    name: '法律援助申请',
    definition: '这个月新开的法律援助工单数，不管后来有没有批。',
    unit: 'count',
    by: ['township', 'topic'],
    selection: 'opened',
    counts: ({ kind }) => kind === 'legal-aid',
    reckon: number,
  },
];

function isWages(ticket: TicketFacts): boolean {
  return ticket.topic === 'wages' && gotMoney(ticket) && ticket.agreed !== false;
}

const NOW: readonly TicketFigure[] = [
  {
    of: 'tickets',
    id: 'waiting-now',
    group: 'now',
    name: '此刻没人领的工单',
    definition: '统计那一刻还在队列里等人领的工单数，不管是哪个月开的。',
    unit: 'count',
    by: ['kind', 'township', 'point'],
    selection: 'open-now',
    counts: ({ state }) => state === 'queued',
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'held-now',
    group: 'now',
    name: '此刻在办的工单',
    definition: '统计那一刻有人领了、还没有结案的工单数，不管是哪个月开的。',
    unit: 'count',
    by: ['kind', 'staff'],
    selection: 'open-now',
    counts: ({ state }) => state !== 'queued',
    reckon: number,
  },
];

export const OUTCOME_FIGURES: readonly TicketFigure[] = [
  ...OUTCOMES.map((figure): TicketFigure => ({ of: 'tickets', group: 'outcomes', by: [], selection: 'closed', ...figure })),
  ...NOW,
];

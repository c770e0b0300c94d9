import type { TicketFigure } from './definitions.js';
import type { TicketFacts } from './ports.js';
import { number, quantileOf, shareOf } from './reckon.js';

const everyOne = (): boolean => true;
const MINUTE_MS = 60_000;

const opened: readonly TicketFigure[] = [
  {
    of: 'tickets',
    id: 'opened',
    group: 'tickets',
    name: '新开的工单',
    definition: '这个月新开的工单数，按开单时间算；重新打开的不另算。状态是统计那一刻的。',
    unit: 'count',
    by: ['kind', 'topic', 'channel', 'township', 'reason', 'state', 'point'],
    selection: 'opened',
    counts: everyOne,
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'closed',
    group: 'tickets',
    name: '结案的工单',
    definition: '这个月结案、到统计时仍是结案的工单数；重新打开过的，只算最后一次结案的那个月。',
    unit: 'count',
    by: ['outcome', 'kind', 'topic', 'township', 'point', 'staff'],
    selection: 'closed',
    counts: everyOne,
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'referred',
    group: 'tickets',
    name: '转介的工单',
    definition: '这个月结案的工单里，结果是“已转介”的数量，按去向分。',
    unit: 'count',
    by: ['referral'],
    selection: 'closed',
    counts: ({ outcome }) => outcome === 'referred',
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'reopened',
    group: 'tickets',
    name: '重新打开的工单',
    definition: '这个月里至少重新打开过一次的工单数，不管是哪个月开的。',
    unit: 'count',
    by: ['kind'],
    selection: 'reopened',
    counts: everyOne,
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'unclaimed',
    group: 'tickets',
    name: '这个月开的、还没人领过',
    definition: '这个月新开、到统计时一次也没有人领取过的工单数。',
    unit: 'count',
    by: ['township'],
    selection: 'opened',
    counts: ({ claimedAt }) => claimedAt === null,
    reckon: number,
  },
];

const isClaimed = ({ claimedAt }: TicketFacts): boolean => claimedAt !== null;
const waited = ({ openedAt, claimedAt }: TicketFacts): [number, number] => [openedAt, claimedAt ?? openedAt];
const handled = ({ claimedAt, closedAt }: TicketFacts): [number, number] => [claimedAt ?? 0, closedAt ?? claimedAt ?? 0];

const SPANS = [
  {
    id: 'waiting',
    name: '等待领取',
    what: '这个月新开、已经领取的工单，从开单到第一次领取的时间',
    selection: 'opened',
    span: waited,
    by: ['township', 'point'],
  },
  {
    id: 'handling',
    name: '办理',
    what: '这个月结案的工单，从第一次领取到结案的时间',
    selection: 'closed',
    span: handled,
    by: ['kind', 'staff'],
  },
] as const;
const SHARES = [
  { id: 'p50', name: '一半的工单不超过', says: '一半的工单不超过这么久', share: 0.5 },
  { id: 'p90', name: '九成的工单不超过', says: '九成的工单不超过这么久', share: 0.9 },
] as const;
const CLOCKS = [
  { id: 'working', name: '工作时间', says: '只算服务点开放的时间（除去法定节假日，算上调休）' },
  { id: 'clock', name: '钟面时间', says: '白天黑夜、节假日都算' },
] as const;

/** Waiting and handling, the middle and nine of ten, on working time and on the clock. */
const times: readonly TicketFigure[] = SPANS.flatMap(({ id, name, what, selection, span, by }) =>
  CLOCKS.flatMap((clock) =>
    SHARES.map((share): TicketFigure => ({
      of: 'tickets',
      id: `${id}-${share.id}-${clock.id}`,
      group: 'time',
      name: `${name}：${share.name}（${clock.name}）`,
      definition: `${what}，${share.says}；${clock.says}。`,
      unit: 'minutes',
      by: share.id === 'p50' && clock.id === 'working' ? by : [],
      selection,
      counts: isClaimed,
      reckon: (counted, working) =>
        quantileOf<TicketFacts>(share.share, (ticket) => {
          const [from, to] = span(ticket);
          return clock.id === 'working' ? working(ticket.pointPath, from, to) : (to - from) / MINUTE_MS;
        })(counted),
    })),
  ),
);

const content: readonly TicketFigure[] = [
  {
    of: 'tickets',
    id: 'asked',
    group: 'content',
    name: '问过满意不满意的工单',
    definition: '这个月里问过当事人“满意、一般、不满意”的工单数；一张工单只问一次。',
    unit: 'count',
    by: [],
    selection: 'asked',
    counts: everyOne,
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'scored',
    group: 'content',
    name: '当事人评价过的工单',
    definition: '这个月里问过的工单中，当事人回答了的数量，按评价分。',
    unit: 'count',
    by: ['score'],
    selection: 'asked',
    counts: ({ score }) => score !== null,
    reckon: number,
  },
  {
    of: 'tickets',
    id: 'satisfied-share',
    group: 'content',
    name: '满意的比例',
    definition: '这个月里问过、当事人回答了的工单中，回答“满意”的比例。',
    unit: 'share',
    by: ['kind'],
    selection: 'asked',
    counts: ({ score }) => score !== null,
    reckon: shareOf(({ score }) => score === '满意'),
  },
];

export const TICKET_FIGURES: readonly TicketFigure[] = [...opened, ...times, ...content];

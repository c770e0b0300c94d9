import { HANDOFF_REASON_NAMES, TICKET_KIND_NAMES, TOPIC_NAMES } from '../../domain/answer.js';
import { DIMENSION_NAMES, type FigureUnit, type FiguresView } from '../../domain/figures.js';
import { CHANNEL_NAMES } from '../../domain/message.js';
import { REFERRAL_NAMES, TICKET_OUTCOME_NAMES, TICKET_STATE_NAMES } from '../../domain/ticket.js';
import { withoutPeople } from './report.js';
import type { Places } from './places.js';
import type { Sheet, TicketFacts } from './ports.js';

const UNIT_NAMES: Readonly<Record<FigureUnit, string>> = { count: '个', share: '比例（1 是全部）', minutes: '分钟', yuan: '元' };
const TIME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** Every figure, and every row of it that is not about a single member of staff. */
export function figureSheet(view: FiguresView): Sheet {
  return {
    name: `数据 ${view.month}`,
    header: ['类别', '数据', '按什么分', '分项', view.month, view.monthBefore, '单位', '怎么算的'],
    rows: withoutPeople(view).groups.flatMap(({ name: group, figures }) =>
      figures.flatMap(({ name, definition, unit, value, before, breakdowns }) => [
        [group, name, '', '', rounded(value), rounded(before), UNIT_NAMES[unit], definition],
        ...breakdowns.flatMap(({ by, rows }) =>
          rows.map((row) => [
            group,
            name,
            DIMENSION_NAMES[by],
            row.name,
            rounded(row.value),
            rounded(row.before),
            UNIT_NAMES[unit],
            definition,
          ]),
        ),
      ]),
    ),
  };
}

/** One row a ticket: its number and what was counted of it; nobody's name and nothing that anybody wrote. */
export function ticketSheet(month: string, tickets: readonly TicketFacts[], places: Places): Sheet {
  return {
    name: `工单 ${month}`,
    header: [
      ...['工单号', '种类', '事项', '渠道', '镇（街道）', '转律师的原因', '状态', '开单时间', '第一次领取', '结案时间'],
      ...['结果', '转介去向', '金额（元）', '调解成功', '农民工', '评价'],
    ],
    rows: [...tickets]
      .sort((a, b) => (a.number < b.number ? -1 : 1))
      .map((ticket) => {
        const township = places.townshipOf(ticket.pointPath);
        return [
          ticket.number,
          TICKET_KIND_NAMES[ticket.kind],
          ticket.topic === null ? '' : TOPIC_NAMES[ticket.topic],
          channelName(ticket.channel),
          township === null ? '' : places.nameOf(township),
          HANDOFF_REASON_NAMES[ticket.reason],
          TICKET_STATE_NAMES[ticket.state],
          ...[ticket.openedAt, ticket.claimedAt, ticket.closedAt].map((at) => (at === null ? '' : TIME.format(at))),
          ticket.outcome === null ? '' : TICKET_OUTCOME_NAMES[ticket.outcome],
          ticket.referral === null ? '' : REFERRAL_NAMES[ticket.referral],
          ticket.amount,
          ticket.agreed === null ? '' : ticket.agreed ? '是' : '否',
          ticket.migrantWorker ? '是' : '',
          ticket.score ?? '',
        ];
      }),
  };
}

function channelName(channel: string): string {
  const names: Readonly<Record<string, string>> = CHANNEL_NAMES;
  return names[channel] ?? channel;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

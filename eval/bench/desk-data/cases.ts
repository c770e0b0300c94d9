import { TICKET_KINDS, TOPIC_NAMES, type HandoffReason, type TicketKind } from '../../../src/domain/answer.js';
import { CHANNEL_NAMES, type ChannelName } from '../../../src/domain/message.js';
import { REFERRALS, type CaseResult, type TicketOutcome, type TicketState } from '../../../src/domain/ticket.js';
import type { IntakeBrief } from '../../../src/domain/views.js';
import { REASONS, STORIES, type Story } from './content.js';
import type { FilledPoint, FilledStaff } from './organisation.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHINA_MS = 8 * HOUR_MS;
/** How often people write, by hour of the day. */
const BY_HOUR = [1, 1, 0, 0, 0, 1, 3, 5, 9, 12, 12, 9, 6, 7, 10, 11, 9, 7, 6, 8, 9, 7, 4, 2];
const CHANNELS: readonly ChannelName[] = [
  'official-account',
  'official-account',
  'official-account',
  'web',
  'web',
  'wechat-group',
  'telegram',
];

export interface Draw {
  /** From 0 to 1. */
  (): number;
}

export function pick<T>(draw: Draw, all: readonly T[]): T {
  const found = all[Math.floor(draw() * all.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** An instant of a day within a span, at an hour at which people write. */
export function instant(draw: Draw, from: number, to: number): number {
  const day = Math.floor((from + draw() * (to - from) + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS;
  let left = draw() * BY_HOUR.reduce((sum, one) => sum + one, 0);
  const hour = BY_HOUR.findIndex((weight) => (left -= weight) < 0);
  const at = day + Math.max(0, hour) * HOUR_MS + Math.floor(draw() * HOUR_MS);
  return Math.min(Math.max(at, from), to - 1);
}

export interface FilledCase {
  readonly channel: ChannelName;
  readonly story: Story;
  readonly point: FilledPoint | null;
  readonly openedAt: number;
  readonly kind: TicketKind;
  readonly reason: HandoffReason;
  readonly state: TicketState;
  readonly holder: string | null;
  readonly claimedAt: number | null;
  readonly closedAt: number | null;
  readonly outcome: TicketOutcome | null;
  readonly result: CaseResult | null;
  readonly brief: IntakeBrief;
}

/** @param closed whether the case is to have come to its end */
export function drawCase(
  draw: Draw,
  span: { readonly from: number; readonly to: number },
  closed: boolean,
  where: readonly FilledPoint[],
  staff: readonly FilledStaff[],
): FilledCase {
  const story = pick(draw, STORIES);
  const channel = pick(draw, CHANNELS);
  const openedAt = instant(draw, span.from, span.to);
  const kind = draw() < 0.7 ? 'consultation' : pick(draw, TICKET_KINDS);
  const claimed = closed || draw() < 0.45;
  const waited = Math.floor((0.05 + draw() ** 3 * 20) * HOUR_MS);
  const claimedAt = claimed ? Math.min(atWork(openedAt + waited, draw), span.to - 1) : null;
  const closedAt = closed && claimedAt !== null ? Math.min(claimedAt + Math.floor((0.2 + draw() ** 2 * 90) * HOUR_MS), span.to - 1) : null;
  const outcome: TicketOutcome | null = closed ? (draw() < 0.72 ? 'resolved' : draw() < 0.8 ? 'referred' : 'withdrawn') : null;
  const holders = staff.filter(({ roles }) => roles.includes(kind === 'mediation' ? 'mediator' : 'lawyer'));
  return {
    ...{ channel, story, openedAt, kind, claimedAt, closedAt, outcome },
    point: draw() < 0.12 ? null : pick(draw, where),
    reason: pick(draw, REASONS),
    state: closed ? 'closed' : !claimed ? 'queued' : pick(draw, ['claimed', 'claimed', 'answered', 'waiting-citizen'] as const),
    holder: claimed ? pick(draw, holders).id : null,
    result: outcome === null ? null : resultOf(draw, kind, outcome, story),
    brief: {
      question: story.question,
      topic: TOPIC_NAMES[story.topic],
      facts: story.facts,
      botSaid: story.said,
      provisions: story.provisions,
      channel: CHANNEL_NAMES[channel],
    },
  };
}

/** The same instant where people are at work, else a while into the next morning that they are. */
function atWork(at: number, draw: Draw): number {
  const local = (at + CHINA_MS) % DAY_MS;
  const weekday = Math.floor((at + CHINA_MS) / DAY_MS + 3) % 7;
  if (weekday < 5 && local >= 9 * HOUR_MS && local < 17 * HOUR_MS) return at;
  const midnight = at - local;
  const days = weekday === 4 && local >= 17 * HOUR_MS ? 3 : weekday === 5 ? 2 : weekday === 6 || local >= 17 * HOUR_MS ? 1 : 0;
  return midnight + days * DAY_MS + 9 * HOUR_MS + Math.floor(draw() * 2.5 * HOUR_MS);
}

function resultOf(draw: Draw, kind: TicketKind, outcome: TicketOutcome, story: Story): CaseResult {
  const agreed = kind === 'mediation' && outcome !== 'withdrawn' ? draw() < 0.86 : null;
  const paid = outcome === 'resolved' && agreed !== false && (agreed === true || (story.topic === 'wages' && draw() < 0.5));
  return {
    referral: outcome === 'referred' ? pick(draw, REFERRALS) : null,
    amount: paid ? Math.round((1_000 + draw() ** 2 * 60_000) / 100) * 100 : null,
    agreed,
    migrantWorker: story.topic === 'wages' && draw() < 0.45,
  };
}

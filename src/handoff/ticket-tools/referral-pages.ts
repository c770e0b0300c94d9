import type { RunningDeadline } from '../../domain/desk-views.js';
import type { Referral } from '../../domain/ticket.js';
import { titleOf } from '../../domain/ticket-title.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { PointReader, ReferralPages } from './ports.js';
import { REFERRAL_POLICY, referralPage } from './referral-page.js';

/** What the pack says of where a case goes on to. */
export interface ReferralGuides {
  deadlines(brief: IntakeBrief, day: string): RunningDeadline[];
  referral(
    to: Referral,
    day: string,
  ): { readonly where: readonly string[]; readonly papers: readonly string[]; readonly deadlines: readonly string[] } | null;
}

export interface ReferralDeps {
  readonly guides: ReferralGuides;
  readonly points: Pick<PointReader, 'byPath'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** ISO day in China. */
  readonly dayOf: (at: number) => string;
}

const SHOWN_DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric' });

export function createReferralPages({ guides, points, now, dayOf }: ReferralDeps): ReferralPages {
  return {
    async make(by, ticket, to) {
      const at = now();
      const day = dayOf(at);
      const guide = guides.referral(to, day);
      const point = ticket.pointPath === '/' ? null : await points.byPath(ticket.pointPath);
      const html = referralPage({
        number: ticket.number,
        to,
        matter: titleOf(ticket.brief),
        facts: ticket.brief.facts,
        where: guide?.where ?? [],
        papers: guide?.papers ?? [],
        guideDeadlines: guide?.deadlines ?? [],
        deadlines: guides.deadlines(ticket.brief, day),
        lawyer: by.name,
        point: point?.name ?? null,
        day: SHOWN_DAY.format(at),
      });
      return { html, policy: REFERRAL_POLICY };
    },
  };
}

import { describe, expect, it } from 'vitest';
import { createFiguresStore } from '../../../src/adapters/database/figures-store.js';
import { createMessageStore } from '../../../src/adapters/database/message-store.js';
import type { Figure, FiguresView } from '../../../src/domain/figures.js';
import { createFigures } from '../../../src/handoff/figures/create-figures.js';
import type { DutyCalendar } from '../../../src/handoff/organisation/ports.js';
import type { Figures } from '../../../src/handoff/figures/ports.js';
import { onEachDatabase, type DatabaseUnderTest } from '../../support/each-database.js';
import { fillRandomly, TOWNSHIP, type RandomMonths, type RandomTicket } from './random-month.js';

const NOW = Date.parse('2026-11-20T10:00:00+08:00');
const FROM = Date.parse('2026-10-01T00:00:00+08:00');
const TO = Date.parse('2026-11-01T00:00:00+08:00');
/** Every day is worked, so that working time can be told by hand. */
const ALWAYS: DutyCalendar = { isWorkingDay: () => true, isHoliday: () => false };

const isIn = (at: number | null): boolean => at !== null && at >= FROM && at < TO;
/** As the definitions say it, in other words than the product's. */
const brute = {
  consultations({ turns }: RandomMonths, keep: (first: RandomMonths['turns'][number], all: RandomMonths['turns']) => boolean): number {
    const ids = new Set(turns.map((turn) => turn.conversation_id));
    return [...ids].filter((id) => {
      const own = turns.filter((turn) => turn.conversation_id === id && isIn(turn.at) && !['chat', 'command'].includes(turn.kind));
      const first = own[0];
      return first !== undefined && keep(first, own);
    }).length;
  },
  tickets: ({ tickets }: RandomMonths, keep: (ticket: RandomTicket) => boolean): string[] =>
    tickets
      .filter(keep)
      .map(({ row }) => row.number)
      .sort()
      .reverse(),
  sum: (tickets: readonly RandomTicket[]): number =>
    Math.round(tickets.reduce((sum, { result }) => sum + Math.round((result?.amount ?? 0) * 100), 0)) / 100,
  rank(values: readonly number[], share: number): number | null {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted.find((value) => sorted.filter((other) => other <= value).length >= share * sorted.length) ?? null;
  },
  /** 9–12 and 13–17 in China, minute by minute. */
  workingMinutes(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to;) {
      const hour = (at / 3_600_000 + 8) % 24;
      const next = Math.min(to, (Math.floor(at / 60_000) + 1) * 60_000);
      if ((hour >= 9 && hour < 12) || (hour >= 13 && hour < 17)) sum += (next - at) / 60_000;
      at = next;
    }
    return sum;
  },
};

const figureOf = (view: FiguresView, id: string): Figure => {
  const found = view.groups.flatMap(({ figures }) => figures).find((figure) => figure.id === id);
  if (!found) throw new Error(`no figure ${id}`);
  return found;
};
const rowOf = (view: FiguresView, id: string, by: string, key: string): number | null | undefined =>
  figureOf(view, id)
    .breakdowns.find((breakdown) => breakdown.by === by)
    ?.rows.find((row) => row.key === key)?.value;

async function open(database: DatabaseUnderTest, seed: number): Promise<{ months: RandomMonths; figures: Figures; view: FiguresView }> {
  const db = await database.open();
  const months = await fillRandomly(db, seed);
  const figures = createFigures({ store: createFiguresStore(db), tickets: createMessageStore(db), calendar: ALWAYS, now: () => NOW });
  return { months, figures, view: await figures.view('2026-10') };
}

onEachDatabase((database) => {
  describe.each(database.name === 'SQLite' ? [1, 2, 3] : [4])('the figures of random months (seed %i)', (seed) => {
    it('count consultations once a month by their first turn', async () => {
      const { months, view } = await open(database, seed);
      const value = (id: string): number | null => figureOf(view, id).value;
      const all = brute.consultations(months, () => true);
      expect(all).toBeGreaterThan(20);
      expect(value('consultations')).toBe(all);
      for (const channel of ['web', 'telegram'])
        expect(rowOf(view, 'consultations', 'channel', channel)).toBe(brute.consultations(months, (first) => first.channel === channel));
      for (const township of ['t1', 't2'])
        expect(rowOf(view, 'consultations', 'township', township)).toBe(
          brute.consultations(months, (first) => TOWNSHIP[first.point_path] === township),
        );
      expect(rowOf(view, 'consultations', 'topic', 'wages')).toBe(
        brute.consultations(months, (_, own) => own.find(({ topic }) => topic !== null)?.topic === 'wages'),
      );
      const alone = brute.consultations(
        months,
        (_, own) => own.some(({ kind }) => kind === 'cited' || kind === 'service') && own.every((turn) => turn.ticket_number === null),
      );
      expect(value('machine-alone')).toBe(alone);
      expect(value('machine-alone-share')).toBeCloseTo(alone / all, 10);
    });

    it('tell days, weekdays and hours in China', async () => {
      const { months, view } = await open(database, seed);
      const local = (at: number): Date => new Date(at + 8 * 3_600_000);
      for (const hour of [0, 8, 23])
        expect(rowOf(view, 'consultations', 'hour', String(hour).padStart(2, '0'))).toBe(
          brute.consultations(months, (first) => local(first.at).getUTCHours() === hour),
        );
      for (const [key, weekday] of [
        ['1', 1],
        ['7', 0],
      ] as const)
        expect(rowOf(view, 'consultations', 'weekday', key)).toBe(
          brute.consultations(months, (first) => local(first.at).getUTCDay() === weekday),
        );
      const first = brute.consultations(months, ({ at }) => local(at).getUTCDate() === 1);
      expect(first).toBeGreaterThan(0);
      expect(rowOf(view, 'consultations', 'day', '2026-10-01')).toBe(first);
    });

    it('count turns by what they came to', async () => {
      const { months, view } = await open(database, seed);
      const turns = months.turns.filter(({ at }) => isIn(at));
      const count = (keep: (turn: RandomMonths['turns'][number]) => boolean): number => turns.filter(keep).length;
      expect(figureOf(view, 'answered-turns').value).toBe(count(({ kind }) => kind === 'cited' || kind === 'service'));
      expect(figureOf(view, 'clarified-turns').value).toBe(count(({ kind }) => kind === 'clarify'));
      expect(figureOf(view, 'handed-turns').value).toBe(count(({ kind }) => kind === 'handoff'));
      expect(figureOf(view, 'also-handed-turns').value).toBe(count(({ kind, reason }) => kind === 'cited' && reason !== null));
      const angry = count(({ kind, reason }) => kind === 'handoff' && reason === 'angry');
      expect(rowOf(view, 'handed-turns', 'reason', 'angry') ?? 0).toBe(angry);
    });

    it('count tickets by the instants at which they were opened, closed, reopened and asked about', async () => {
      const { months, figures, view } = await open(database, seed);
      const check = async (figure: string, keep: (ticket: RandomTicket) => boolean): Promise<void> => {
        const expected = brute.tickets(months, keep);
        expect(figureOf(view, figure).value, figure).toBe(expected.length);
        expect(await allTickets(figures, { figure }), figure).toEqual(expected);
      };
      await check('opened', ({ row }) => isIn(row.created_at));
      await check('closed', ({ row }) => isIn(row.closed_at));
      await check('referred', ({ row }) => isIn(row.closed_at) && row.outcome === 'referred');
      await check('reopened', ({ reopenedAt }) => reopenedAt.some(isIn));
      await check('unclaimed', ({ row }) => isIn(row.created_at) && row.claimed_at === null);
      await check('scored', ({ askedAt, score }) => isIn(askedAt) && score !== null);
      await check('mediations', ({ row }) => isIn(row.closed_at) && row.kind === 'mediation' && row.outcome !== 'withdrawn');
      await check('migrant-cases', ({ row, result }) => isIn(row.closed_at) && result?.migrantWorker === true);
      await check('legal-aid', ({ row }) => isIn(row.created_at) && row.kind === 'legal-aid');
      await check('waiting-now', ({ row }) => row.state === 'queued');
    });

    it('add up yuan to the cent and take shares of what is known', async () => {
      const { months, view } = await open(database, seed);
      const closed = months.tickets.filter(({ row }) => isIn(row.closed_at));
      const mediated = closed.filter(
        ({ row, result }) => row.kind === 'mediation' && row.outcome !== 'withdrawn' && typeof result?.agreed === 'boolean',
      );
      const agreed = mediated.filter(({ result }) => result?.agreed === true);
      expect(figureOf(view, 'mediation-success').value).toBe(mediated.length === 0 ? null : agreed.length / mediated.length);
      expect(figureOf(view, 'mediation-amount').value).toBe(brute.sum(agreed));
      const wages = closed.filter(
        ({ row, result }) => row.topic === '工资与劳动关系' && (result?.amount ?? 0) > 0 && result?.agreed !== false,
      );
      expect(figureOf(view, 'wages-recovered').value).toBe(brute.sum(wages));
      const scored = months.tickets.filter(({ askedAt, score }) => isIn(askedAt) && score !== null);
      const content = scored.filter(({ score }) => score === '满意').length;
      expect(figureOf(view, 'satisfied-share').value).toBe(scored.length === 0 ? null : content / scored.length);
    });

    it('rank waiting and handling on the clock and on working time', async () => {
      const { months, view } = await open(database, seed);
      const waited = months.tickets
        .filter(({ row }) => isIn(row.created_at) && row.claimed_at !== null)
        .map(({ row }) => [row.created_at, row.claimed_at ?? 0] as const);
      const handled = months.tickets
        .filter(({ row }) => isIn(row.closed_at))
        .map(({ row }) => [row.claimed_at ?? 0, row.closed_at ?? 0] as const);
      for (const [id, spans] of [
        ['waiting', waited],
        ['handling', handled],
      ] as const) {
        for (const [name, share] of [
          ['p50', 0.5],
          ['p90', 0.9],
        ] as const) {
          const clock = brute.rank(
            spans.map(([from, to]) => (to - from) / 60_000),
            share,
          );
          expect(figureOf(view, `${id}-${name}-clock`).value).toBeCloseTo(clock ?? 0, 6);
          const working = brute.rank(
            spans.map(([from, to]) => brute.workingMinutes(from, to)),
            share,
          );
          expect(figureOf(view, `${id}-${name}-working`).value).toBeCloseTo(working ?? 0, 6);
        }
      }
    });

    it('lead from each row to exactly the tickets that it counts, and rows add up to the whole', async () => {
      const { figures, view } = await open(database, seed);
      for (const figure of view.groups
        .flatMap((group) => group.figures)
        .filter(({ unit, id }) => unit === 'count' && !id.endsWith('-turns'))) {
        for (const { by, rows } of figure.breakdowns) {
          expect(
            rows.reduce((sum, { value }) => sum + (value ?? 0), 0),
            `${figure.id} by ${by}`,
          ).toBe(figure.value);
          if (figure.id === 'consultations' || figure.id === 'machine-alone') continue;
          for (const { key, value } of rows)
            expect(await allTickets(figures, { figure: figure.id, by, key }), `${figure.id} ${key}`).toHaveLength(value ?? 0);
        }
      }
    });

    it('lead from consultations to the tickets that their turns belonged to', async () => {
      const { months, figures } = await open(database, seed);
      const consulting = months.turns.filter(({ at, kind }) => isIn(at) && !['chat', 'command'].includes(kind));
      const expected = new Set(consulting.flatMap(({ ticket_number }) => (ticket_number === null ? [] : [ticket_number])));
      expect(await allTickets(figures, { figure: 'consultations' })).toEqual([...expected].sort().reverse());
      const web = new Set(
        consulting.flatMap(({ channel, ticket_number }) => (channel === 'web' && ticket_number !== null ? [ticket_number] : [])),
      );
      expect(await allTickets(figures, { figure: 'consultations', by: 'channel', key: 'web' })).toEqual([...web].sort().reverse());
    });

    it('compare with the month before', async () => {
      const { figures, view } = await open(database, seed);
      const before = await figures.view('2026-09');
      for (const id of ['consultations', 'opened', 'closed', 'waiting-p50-clock', 'mediation-amount'])
        expect(figureOf(view, id).before, id).toBe(figureOf(before, id).value);
      expect(figureOf(view, 'waiting-now').before).toBeNull();
    });
  });
});

async function allTickets(
  figures: Figures,
  query: { figure: string; by?: 'channel' | Figure['breakdowns'][number]['by']; key?: string },
): Promise<string[]> {
  const numbers: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await figures.tickets({ month: '2026-10', ...query }, after);
    numbers.push(...page.items.map(({ number }) => number));
    if (page.next === null) {
      expect(numbers).toHaveLength(page.total);
      return numbers;
    }
    after = page.next;
  }
}

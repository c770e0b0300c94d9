import { fixedKeys, inOrder, keyName } from './dimensions.js';
import type { Dimension, Figure, FigureBreakdown, FiguresView } from '../../domain/figures.js';
import type { DutyCalendar } from '../organisation/ports.js';
import type { HandoffUnitOfWork, StoredTicket } from '../ports.js';
import { figureOf, ticketsBehind } from './behind-figure.js';
import { caveatsOf } from './caveats.js';
import { countMonth, readMonth, type Counted } from './count-month.js';
import { FIGURES, GROUPS, type FigureDefinition, type GroupId } from './definitions.js';
import { before, monthOf, type Month } from './month.js';
import { places, type Places } from './places.js';
import type { Figures, FiguresStore } from './ports.js';
import { reportOf } from './report.js';
import { figureSheet, ticketSheet } from './sheets.js';

const PAGE = 50;
const REMEMBERED_MS = 5 * 60_000;

export interface FiguresDeps {
  readonly store: FiguresStore;
  readonly tickets: Pick<HandoffUnitOfWork, 'handoff'>;
  readonly calendar: DutyCalendar;
  readonly now: () => number;
}

/**
 * Counts what happened. The figures of the month asked for are counted anew each time, so that they are always those of the
 * tickets behind them; those that they are compared with are remembered for some minutes.
 */
export function createFigures({ store, tickets, calendar, now }: FiguresDeps): Figures {
  const placesNow = async (): Promise<Places> => places(await store.points(), calendar);
  let remembered: { readonly month: string; readonly at: number; readonly values: Values } | null = null;
  const valuesBefore = async (month: Month, where: Places, at: number): Promise<Values> => {
    if (remembered?.month === month.id && at - remembered.at < REMEMBERED_MS) return remembered.values;
    const values = await valuesOf(countMonth(await readMonth(store, month, false), where));
    remembered = { month: month.id, at, values };
    return values;
  };

  const view = async (id: string): Promise<FiguresView> => {
    const at = now();
    const month = monthOf(id, at);
    const earlier = before(month);
    const where = await placesNow();
    const staff = await store.staffNames();
    const values = await valuesOf(countMonth(await readMonth(store, month, true), where));
    const earlierValues = await valuesBefore(earlier, where, at);
    const caveats = caveatsOf(month, at, await store.firstTurnAt());
    const figure = (definition: FigureDefinition): Figure => ({
      id: definition.id,
      name: definition.name,
      definition: definition.definition,
      unit: definition.unit,
      value: values.get(definition.id)?.value ?? null,
      before: isNow(definition) ? null : (earlierValues.get(definition.id)?.value ?? null),
      breakdowns: definition.by.map((by) => breakdown(definition, by, { values, earlierValues, where, staff })),
    });
    return {
      month: month.id,
      monthBefore: earlier.id,
      complete: caveats.length === 0,
      caveats,
      countedAt: at,
      groups: (Object.keys(GROUPS) as GroupId[]).map((group) => ({
        id: group,
        name: GROUPS[group],
        figures: FIGURES.filter((definition) => definition.group === group).map(figure),
      })),
    };
  };

  return {
    view,
    async tickets(query, after) {
      const month = monthOf(query.month, now());
      const definition = figureOf(query);
      const where = await placesNow();
      const all = await ticketsBehind(store, query, month, where);
      const rest = after === undefined ? all : all.filter((number) => number < after);
      const page = rest.slice(0, PAGE);
      const items = await tickets.handoff(async (stores) => {
        const found: StoredTicket[] = [];
        for (const number of page) {
          const ticket = await stores.tickets.byNumber(number);
          if (ticket) found.push(ticket);
        }
        return found;
      });
      const { by, key } = query;
      const part = by === undefined || key === undefined ? '' : `：${keyName(by, key, where, await store.staffNames())}`;
      return {
        title: `${definition.name}${part}`,
        definition: definition.definition,
        total: all.length,
        items,
        next: rest.length > PAGE ? (page.at(-1) ?? null) : null,
      };
    },
    figureSheet: async (month) => figureSheet(await view(month)),
    async ticketSheet(id) {
      const month = monthOf(id, now());
      const rows = [...(await store.tickets('opened', month.from, month.to)), ...(await store.tickets('closed', month.from, month.to))];
      return ticketSheet(month.id, [...new Map(rows.map((row) => [row.number, row])).values()], await placesNow());
    },
    report: async (month) => reportOf(await view(month)),
  };
}

const isNow = (figure: FigureDefinition): boolean => figure.of === 'tickets' && figure.selection === 'open-now';

type Values = ReadonlyMap<
  string,
  { readonly value: number | null; readonly parts: ReadonlyMap<Dimension, ReadonlyMap<string, number | null>> }
>;

/** What every figure comes to. Others have their turn between two figures: a month may have a hundred thousand rows. */
async function valuesOf(counted: Counted): Promise<Values> {
  const values = new Map<string, { value: number | null; parts: Map<Dimension, ReadonlyMap<string, number | null>> }>();
  for (const figure of FIGURES) {
    values.set(figure.id, { value: counted.value(figure), parts: new Map(figure.by.map((by) => [by, counted.byKey(figure, by)])) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return values;
}

interface Counting {
  readonly values: Values;
  readonly earlierValues: Values;
  readonly where: Places;
  readonly staff: ReadonlyMap<string, string>;
}

/** The keys of this month and of the one before; what counts nothing is 0 where numbers or sums are told. */
function breakdown(definition: FigureDefinition, by: Dimension, { values, earlierValues, where, staff }: Counting): FigureBreakdown {
  const parts = values.get(definition.id)?.parts.get(by) ?? new Map<string, number | null>();
  const earlier = isNow(definition) || by === 'day' ? null : (earlierValues.get(definition.id)?.parts.get(by) ?? null);
  const nothing = definition.unit === 'count' || definition.unit === 'yuan' ? 0 : null;
  const keys = new Set([...parts.keys(), ...(earlier?.keys() ?? [])]);
  if (keys.size > 0) for (const key of fixedKeys(by)) keys.add(key);
  const rows = [...keys].map((key) => ({
    key,
    name: keyName(by, key, where, staff),
    value: parts.get(key) ?? nothing,
    before: earlier === null ? null : (earlier.get(key) ?? nothing),
  }));
  return { by, rows: inOrder(by, rows) };
}

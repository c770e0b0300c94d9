import { NONE_KEY, type Dimension } from '../../domain/figures.js';
import type { FigureDefinition } from './definitions.js';
import { conversationKey, ticketKey, turnKey } from './dimensions.js';
import type { Month } from './month.js';
import type { Places } from './places.js';
import type { ConversationFacts, FiguresStore, TicketFacts, TicketSelection, TurnCount } from './ports.js';

/** Everything that the figures of a month are reckoned from. */
export interface MonthRows {
  readonly conversations: readonly ConversationFacts[];
  readonly turns: readonly TurnCount[];
  readonly tickets: Readonly<Record<TicketSelection, readonly TicketFacts[]>>;
}

/** @param now whether what is open at this moment is read as well */
export async function readMonth(store: FiguresStore, { from, to }: Month, now: boolean): Promise<MonthRows> {
  const tickets = (selection: TicketSelection): Promise<TicketFacts[]> => store.tickets(selection, from, to);
  return {
    conversations: await store.conversations(from, to),
    turns: await store.turnCounts(from, to),
    tickets: {
      opened: await tickets('opened'),
      closed: await tickets('closed'),
      reopened: await tickets('reopened'),
      asked: await tickets('asked'),
      'open-now': now ? await tickets('open-now') : [],
    },
  };
}

/** What a figure comes to, over all or by key along a dimension. */
export interface Counted {
  value(figure: FigureDefinition): number | null;
  /** Only keys that count something. */
  byKey(figure: FigureDefinition, by: Dimension): ReadonlyMap<string, number | null>;
}

export function countMonth(rows: MonthRows, places: Places): Counted {
  return {
    value(figure) {
      switch (figure.of) {
        case 'conversations':
          return figure.reckon(rows.conversations.filter(figure.counts));
        case 'turns':
          return turnsOf(rows.turns.filter(figure.counts));
        case 'tickets':
          return figure.reckon(rows.tickets[figure.selection].filter(figure.counts), places.workingMinutes);
      }
    },
    byKey(figure, by) {
      switch (figure.of) {
        case 'conversations': {
          const parts = grouped(rows.conversations.filter(figure.counts), (one) => conversationKey(one, by, places));
          return reckoned(parts, figure.reckon);
        }
        case 'turns':
          return reckoned(
            grouped(rows.turns.filter(figure.counts), (one) => turnKey(one, by)),
            turnsOf,
          );
        case 'tickets': {
          const parts = grouped(rows.tickets[figure.selection].filter(figure.counts), (one) => ticketKey(one, by, places));
          return reckoned(parts, (part) => figure.reckon(part, places.workingMinutes));
        }
      }
    },
  };
}

function turnsOf(turns: readonly TurnCount[]): number {
  return turns.reduce((sum, { count }) => sum + count, 0);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string | null): Map<string, T[]> {
  const parts = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one) ?? NONE_KEY;
    const part = parts.get(key);
    if (part) part.push(one);
    else parts.set(key, [one]);
  }
  return parts;
}

function reckoned<T>(parts: ReadonlyMap<string, readonly T[]>, reckon: (part: readonly T[]) => number | null): Map<string, number | null> {
  return new Map([...parts].map(([key, part]) => [key, reckon(part)]));
}

import { NONE_KEY } from '../../domain/figures.js';
import { BaimiError } from '../../domain/errors.js';
import { FIGURES, type FigureDefinition } from './definitions.js';
import { conversationKey, ticketKey, turnKey } from './dimensions.js';
import type { Month } from './month.js';
import type { Places } from './places.js';
import type { FigureQuery, FiguresStore } from './ports.js';

/** @throws BaimiError `not-found` for a figure that there is not, or one that is not taken apart like this */
export function figureOf({ figure: id, by, key }: Pick<FigureQuery, 'figure' | 'by' | 'key'>): FigureDefinition {
  const figure = FIGURES.find((one) => one.id === id);
  if (!figure || (by !== undefined && !figure.by.includes(by)) || (by === undefined) !== (key === undefined)) {
    throw new BaimiError('not-found', '没有这个数据。请回到“数据”页面，从那里点进来。');
  }
  return figure;
}

/**
 * Numbers of the tickets that a figure counts, newest first, by the same definition as it is counted by. Of conversations and
 * turns: the tickets that they led to or belonged to.
 */
export async function ticketsBehind(store: FiguresStore, query: FigureQuery, { from, to }: Month, places: Places): Promise<string[]> {
  const { by, key } = query;
  const figure = figureOf(query);
  const matches = (keyOf: (along: NonNullable<typeof by>) => string | null): boolean => by === undefined || (keyOf(by) ?? NONE_KEY) === key;
  switch (figure.of) {
    case 'conversations': {
      const all = (await store.conversations(from, to)).filter(
        (one) => figure.counts(one) && matches((along) => conversationKey(one, along, places)),
      );
      const ids = new Set(all.map(({ id }) => id));
      return newestFirst((await store.turnTickets(from, to)).filter(({ conversationId }) => ids.has(conversationId)));
    }
    case 'turns': {
      const turns = await store.turnTickets(from, to);
      return newestFirst(turns.filter((one) => figure.counts(one) && matches((along) => turnKey(one, along))));
    }
    case 'tickets': {
      const tickets = await store.tickets(figure.selection, from, to);
      return newestFirst(tickets.filter((one) => figure.counts(one) && matches((along) => ticketKey(one, along, places))));
    }
  }
}

function newestFirst(tickets: readonly { readonly number: string }[]): string[] {
  return [...new Set(tickets.map(({ number }) => number))].sort().reverse();
}

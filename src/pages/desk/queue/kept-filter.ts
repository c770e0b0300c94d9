import { storedText } from '../../shared/stored-text.js';
import { EVERYTHING, SHOWS, type QueueFilter } from './queue-filter.js';

const stored = storedText(() => window.sessionStorage, 'baimi-queue-filter');

/** The tab's last filter, without its search. */
export function lastFilter(): QueueFilter {
  try {
    const read: unknown = JSON.parse(stored.read());
    if (typeof read !== 'object' || read === null) return EVERYTHING;
    const filter = { ...EVERYTHING, ...read, q: '' };
    return SHOWS.includes(filter.show) && Object.values(filter).every((value) => typeof value === 'string') ? filter : EVERYTHING;
  } catch {
    return EVERYTHING;
  }
}

export function keepFilter(filter: QueueFilter): void {
  stored.write(JSON.stringify({ ...filter, q: '' }));
}

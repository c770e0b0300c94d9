import { BaimiError } from '../../domain/errors.js';
import { turnOf } from './queue-turn.js';

/** Where a page of the queue ended: the next one begins after it, whatever has come or gone meanwhile. */
export interface QueueCursor {
  readonly priority: number;
  /** Of `QUEUE_TURN`. */
  readonly turn: number;
  /** Of opening; of closing among the closed. */
  readonly time: number;
  readonly number: string;
}

export function writeCursor(last: {
  readonly state: string;
  readonly priority: number;
  readonly created_at: number;
  readonly closed_at: number | null;
  readonly number: string;
}): string {
  const closed = last.state === 'closed';
  const parts = [closed ? 'c' : 'o', last.priority, turnOf(last.state), closed ? (last.closed_at ?? 0) : last.created_at, last.number];
  return parts.join('.');
}

/** @throws BaimiError `bad-request` */
export function readCursor(written: string, closed: boolean): QueueCursor {
  const [, kind, priority, turn, time, number] = /^([co])\.(\d)\.([01])\.(\d{1,15})\.([\d-]{1,32})$/.exec(written) ?? [];
  if (kind !== (closed ? 'c' : 'o') || number === undefined) {
    throw new BaimiError('bad-request', '列表翻到哪里了，系统没看懂。请刷新列表，从头再看。');
  }
  return { priority: Number(priority), turn: Number(turn), time: Number(time), number };
}

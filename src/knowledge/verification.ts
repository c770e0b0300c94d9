import { createHash } from 'node:crypto';
import type { Slot } from './parse-figures.js';
import type { Gist } from './parse-pack-law.js';

/** That a lawyer has compared one statement of the pack, known at second hand, with its source and found it right. */
export interface Verification {
  /** Key of the provision, or `slotKey` of a figure. */
  readonly key: string;
  /** Of what was verified; the verification lapses when the pack says something else. */
  readonly digest: string;
  /** Name of the lawyer. */
  readonly by: string;
  /** ISO day. */
  readonly on: string;
  /** What it was compared with, as the lawyer wrote it. */
  readonly against: string;
}

/** The key under which a figure's slot is verified. */
export function slotKey(id: string): string {
  return `figure:${id}`;
}

/** Digest of what a gist claims: its words and its source. */
export function digestOfGist(gist: Pick<Gist, 'plain' | 'rule' | 'source'>): string {
  return digest([gist.plain, gist.rule, gist.source ?? '']);
}

/** Digest of a figure with its source and period. */
export function digestOfSlot(slot: Pick<Slot, 'value' | 'source' | 'unit' | 'period'>): string {
  return digest([String(slot.value), slot.unit, slot.source ?? '', slot.period.from ?? '', slot.period.to ?? '']);
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex');
}

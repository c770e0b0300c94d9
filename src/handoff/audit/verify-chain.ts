import { hashLine, NO_LINE } from './hash-line.js';
import type { AuditStore } from './ports.js';

/** Number and hash of a line that was written down elsewhere. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

export type ChainReport =
  | { readonly ok: true; readonly lines: number; readonly last: Anchor | null }
  | { readonly ok: false; readonly lines: number; readonly brokenAt: number; readonly why: 'changed' | 'missing' | 'anchor' };

const PAGE = 1000;

/**
 * Goes through the log from its first line. The chain alone cannot tell that its end was cut off, or that somebody with the
 * whole database wrote it anew: that is what an anchor, noted elsewhere, is for.
 */
export async function verifyChain(store: Pick<AuditStore, 'after'>, anchor: Anchor | null = null): Promise<ChainReport> {
  let seq = 0;
  let hash = NO_LINE;
  let anchored = anchor === null;
  for (;;) {
    const lines = await store.after(seq, PAGE);
    for (const line of lines) {
      if (line.seq !== seq + 1) return { ok: false, lines: seq, brokenAt: seq + 1, why: 'missing' };
      if (hashLine(hash, line) !== line.hash) return { ok: false, lines: seq, brokenAt: line.seq, why: 'changed' };
      ({ seq, hash } = line);
      if (anchor?.seq === seq) {
        if (anchor.hash !== hash) return { ok: false, lines: seq - 1, brokenAt: seq, why: 'anchor' };
        anchored = true;
      }
    }
    if (lines.length < PAGE) break;
  }
  if (!anchored) return { ok: false, lines: seq, brokenAt: seq + 1, why: 'missing' };
  return { ok: true, lines: seq, last: seq === 0 ? null : { seq, hash } };
}

import { createHash } from 'node:crypto';
import type { AuditLine } from './ports.js';

/** Hash before the first line. */
export const NO_LINE = '0'.repeat(64);

/** SHA-256 over the hash of the line before and the whole line: a line that is changed, put in or taken out breaks the chain. */
export function hashLine(before: string, line: Omit<AuditLine, 'hash'>): string {
  const content = JSON.stringify([before, line.seq, line.at, line.staffId, line.action, line.subject, line.detail]);
  return createHash('sha256').update(content).digest('hex');
}

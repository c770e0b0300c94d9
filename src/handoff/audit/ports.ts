import type { AuditAction, AuditDetail } from '../../domain/audit.js';

export { hashLine, NO_LINE } from './hash-line.js';

export interface AuditEntry {
  /** Null: the system, or the command line. */
  readonly staffId: string | null;
  readonly action: AuditAction;
  /** "ticket:20261124-0001", "staff:ID", "figures:2026-10". */
  readonly subject: string;
  /** Ids, names of fields, numbers; never what people wrote. */
  readonly detail?: AuditDetail | undefined;
}

export interface AuditLine {
  readonly seq: number;
  readonly at: number;
  readonly staffId: string | null;
  readonly action: string;
  readonly subject: string;
  /** As it is stored: JSON. */
  readonly detail: string;
  readonly hash: string;
}

/** Adds to the log inside a unit of work: what is done and the line about it are stored together or not at all. */
export interface AuditTrail {
  append(entry: AuditEntry, at: number): Promise<void>;
}

export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly staffId?: string | undefined;
  readonly action?: string | undefined;
  /** Milliseconds since the epoch: from (included), to (not included). */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only lines before this one. */
  readonly before?: number | undefined;
}

/** The log as it is stored; nothing of it is ever changed or removed. */
export interface AuditStore {
  /** A unit of work of its own. */
  append(entry: AuditEntry, at: number): Promise<void>;
  /** Whether the same person has done the same to the same since a time. */
  hasSince(entry: AuditEntry, since: number): Promise<boolean>;
  /** Newest first. */
  list(filter: AuditFilter, limit: number): Promise<AuditLine[]>;
  /** Oldest first, from after a line on. */
  after(seq: number, limit: number): Promise<AuditLine[]>;
}

/**
 * What routes and use cases record by. It throws where the line cannot be written: what was asked for is then refused.
 * Whoever changes something and has a unit of work appends in that (`HandoffWork.audit`); whoever reads or exports records
 * before anything is sent.
 */
export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  /** Reading the same again and again is one line in ten minutes. */
  recordReading(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, limit: number): Promise<AuditLine[]>;
}

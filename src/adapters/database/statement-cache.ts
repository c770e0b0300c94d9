/** As much of better-sqlite3's database as is used here. */
export interface SqliteFile {
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

export interface SqliteStatement {
  /** Gives rows. */
  readonly reader: boolean;
  /** Changes nothing. */
  readonly readonly: boolean;
  all(...parameters: readonly unknown[]): unknown[];
  run(...parameters: readonly unknown[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
}

export interface StatementCache {
  /** The statement, prepared already where it was used before. */
  get(sql: string): SqliteStatement;
  clear(): void;
}

/** About twice as many as there are texts of statements in a running service. */
const MOST_KEPT = 300;
const CHANGES_TABLES = /^\s*(?:create|alter|drop|pragma|vacuum|attach|detach)\b/i;

/** Prepared statements by their text, the last used ones; forgotten when the tables change. */
export function createStatementCache(file: SqliteFile): StatementCache {
  const kept = new Map<string, SqliteStatement>();
  return {
    get(sql) {
      const known = kept.get(sql);
      if (known) {
        kept.delete(sql);
        kept.set(sql, known);
        return known;
      }
      const statement = file.prepare(sql);
      if (CHANGES_TABLES.test(sql)) {
        kept.clear();
        return statement;
      }
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    clear: () => {
      kept.clear();
    },
  };
}

import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { SqliteFile, SqliteStatement, StatementCache } from './statement-cache.js';

const UNIT = 'baimi_unit';

/** Units of work between one begin and one commit. */
export class Group {
  members = 0;
  wrote = false;
  failed = false;
  readonly done: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(readonly began: number) {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // those who wait are told; where nobody does, nobody is
    this.done.catch(() => undefined);
  }

  fail(error: unknown): void {
    this.failed = true;
    this.#reject(error);
  }

  commit(file: SqliteFile, statements: StatementCache): void {
    if (this.failed) return;
    try {
      if (file.inTransaction) statements.get('commit').run();
      this.#resolve();
    } catch (error) {
      if (file.inTransaction) statements.get('rollback').run();
      this.fail(error);
    }
  }
}

/** The connection for as long as one of them has it. */
export class Turn implements DatabaseConnection {
  constructor(
    private readonly file: SqliteFile,
    private readonly statements: StatementCache,
    readonly group: Group,
  ) {}

  /** Runs a statement that gives no rows. */
  command(sql: string): Promise<void> {
    return promised(() => void this.#run(this.statements.get(sql), []));
  }

  async beginUnit(): Promise<void> {
    this.#begin();
    await this.command(`savepoint ${UNIT}`);
  }

  endUnit(): Promise<void> {
    return this.command(`release ${UNIT}`);
  }

  async undoUnit(): Promise<void> {
    // where SQLite has undone everything by itself, nothing is left to undo
    if (this.group.failed) return;
    await this.command(`rollback to ${UNIT}`);
    await this.endUnit();
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return promised(() => {
      const statement = this.statements.get(sql);
      if (!statement.readonly) {
        this.#begin();
        this.group.wrote = true;
      }
      return this.#run<R>(statement, parameters);
    });
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // a statement of its own: one that is being read cannot be run beside it
    for (const row of this.file.prepare(sql).iterate(...parameters)) yield await Promise.resolve({ rows: [row as R] });
  }

  #begin(): void {
    if (!this.file.inTransaction && !this.group.failed) this.statements.get('begin immediate').run();
  }

  #run<R>(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<R> {
    // whatever is done after that would stand alone
    if (this.group.failed) throw new Error('SQLite has undone this unit of work already');
    const within = isOpen(this.file);
    try {
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      // as it does where the disk is full
      if (within && !isOpen(this.file)) this.group.fail(error);
      throw error;
    }
  }
}

export function turnOf(connection: DatabaseConnection): Turn {
  if (connection instanceof Turn) return connection;
  throw new Error('a connection of another driver');
}

/** In the middle of a transaction of SQLite. */
const isOpen = (file: SqliteFile): boolean => file.inTransaction;

/** What it throws, the promise is rejected with. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

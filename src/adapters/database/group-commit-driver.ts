import type { DatabaseConnection, Driver } from 'kysely';
import { Group, Turn, turnOf } from './group-commit-turn.js';
import { createStatementCache, type SqliteFile, type StatementCache } from './statement-cache.js';

export interface GroupCommitOptions {
  /** Milliseconds of any clock that does not go back. */
  readonly clock?: () => number;
}

/** Units of work that one commit makes durable, and how long the first of them may wait for it. */
const MOST_IN_GROUP = 64;
const LONGEST_GROUP_MS = 20;
/** Work goes on for so long before sockets and timers have their turn: rounds of the event loop, each of which takes one connection. */
const LONGEST_STRETCH_MS = 8;
const ROUNDS = 16;

/**
 * SQLite's one connection. Units of work have it one after the other; those that already wait when one ends go on in the same
 * transaction of SQLite, each in a savepoint of its own, so that one commit, and one sync of the disk, serves them all:
 *
 *   begin immediate · [savepoint A release] · [savepoint B rollback] · [a single statement] · commit → A and C are told
 *
 * Nobody hears that something is done, and nobody is told what they read of it, before the disk has it: a connection is given
 * back only after the commit. Where that fails, all of the group fail. Nobody waits for company: without others, each unit of
 * work is committed at once. The right to write is taken at the beginning, so that what one reads, no other process changes
 * before it has written.
 */
export class GroupCommitDriver implements Driver {
  readonly #file: SqliteFile;
  readonly #statements: StatementCache;
  readonly #clock: () => number;
  readonly #waiting: ((turn: Turn) => void)[] = [];
  #busy = false;
  #group: Group | null = null;
  #stretchBegan: number;

  constructor(file: SqliteFile, { clock = () => performance.now() }: GroupCommitOptions = {}) {
    this.#file = file;
    this.#statements = createStatementCache(file);
    this.#clock = clock;
    this.#stretchBegan = clock();
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<Turn> {
    if (!this.#busy) {
      this.#busy = true;
      return Promise.resolve(this.#nextTurn());
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return turnOf(connection).beginUnit();
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return turnOf(connection).endUnit();
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return turnOf(connection).undoUnit();
  }

  savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    return turnOf(connection).command(`savepoint ${quoted(name)}`);
  }

  rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    return turnOf(connection).command(`rollback to ${quoted(name)}`);
  }

  releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    return turnOf(connection).command(`release ${quoted(name)}`);
  }

  /** @throws what kept the group from being committed: nothing of it is stored */
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { group } = turnOf(connection);
    group.members++;
    const isLast =
      this.#waiting.length === 0 || group.members >= MOST_IN_GROUP || this.#clock() - group.began >= LONGEST_GROUP_MS || group.failed;
    if (isLast) this.#close(group);
    this.#handOn();
    // whoever has neither written nor read what is not durable yet need not wait
    if (group.failed || group.wrote) await group.done;
  }

  destroy(): Promise<void> {
    this.#statements.clear();
    this.#file.close();
    return Promise.resolve();
  }

  #nextTurn(): Turn {
    this.#group ??= new Group(this.#clock());
    return new Turn(this.#file, this.#statements, this.#group);
  }

  #close(group: Group): void {
    this.#group = null;
    group.commit(this.#file, this.#statements);
  }

  #handOn(): void {
    if (this.#waiting.length === 0) {
      this.#busy = false;
      return;
    }
    const pass = (): void => {
      this.#waiting.shift()?.(this.#nextTurn());
    };
    if (this.#clock() - this.#stretchBegan < LONGEST_STRETCH_MS) {
      pass();
      return;
    }
    void letOthers(ROUNDS).then(() => {
      this.#stretchBegan = this.#clock();
      pass();
    });
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function letOthers(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve));
}

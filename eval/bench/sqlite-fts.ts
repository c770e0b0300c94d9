import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { secondsOf, type Contender, type ContenderInput } from './contender.js';

/**
 * SQLite FTS5 in memory: jieba words joined by spaces, so that its unicode61 tokenizer takes them as they are; contentless
 * (only the index is kept), `bm25()` with its fixed k1 1.2 and b 0.75, words combined with OR, merged by `optimize` after
 * filling. Stored by `serialize`, opened from those bytes.
 */
export function createSqliteFts({ takeCorpus, words, folder }: ContenderInput): Contender {
  let database = new Database(':memory:');
  database.exec(`
    CREATE TABLE provisions (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
    CREATE VIRTUAL TABLE texts USING fts5(body, content = '', tokenize = 'unicode61');`);
  const prepare = () =>
    database
      .prepare<[string, number], string>(
        'SELECT key FROM texts JOIN provisions ON provisions.id = texts.rowid WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?',
      )
      .pluck();
  let find = prepare();
  return {
    name: 'sqlite-fts5',
    build() {
      const addKey = database.prepare('INSERT INTO provisions (id, key) VALUES (?, ?)');
      const addText = database.prepare('INSERT INTO texts (rowid, body) VALUES (?, ?)');
      database.transaction(() => {
        for (const [id, { key, text }] of takeCorpus().documents.entries()) {
          addKey.run(id, key);
          addText.run(id, words(text).join(' '));
        }
      })();
      database.exec(`INSERT INTO texts (texts) VALUES ('optimize')`);
    },
    async saveAndLoad() {
      const file = join(folder, 'fts5.db');
      writeFileSync(file, database.serialize());
      database.close();
      return secondsOf(() => {
        database = new Database(readFileSync(file));
        find = prepare();
      });
    },
    search(question, limit) {
      const asked = [...new Set(words(question))].map((word) => `"${word}"`).join(' OR ');
      return asked === '' ? [] : find.all(asked, limit);
    },
  };
}

import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import express from 'express';

// The process of the route that shows what storing alone costs: one row, one commit that the disk has, then the
// acknowledgement. It neither opens nor answers what it is sent.
const folder = process.env['BAIMI_DATA'] ?? '.';
mkdirSync(folder, { recursive: true });
const file = new Sqlite(join(folder, 'pushes.db'));
file.pragma('journal_mode = WAL');
file.pragma('synchronous = FULL');
file.exec('create table pushes (id integer primary key, body text not null)');
const insert = file.prepare('insert into pushes (body) values (?)');

const app = express();
app.post('/wechat', express.text({ type: () => true, limit: '64kb' }), (request, response) => {
  insert.run(request.body as string);
  response.type('text/plain').send('success');
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://localhost:${String((server.address() as AddressInfo).port)}/\n`);
});

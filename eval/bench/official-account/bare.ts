import type { AddressInfo } from 'node:net';
import express from 'express';

// The process of the bare route that ours is measured against: it reads a body and acknowledges it.
const app = express();
app.post('/wechat', express.text({ type: () => true, limit: '64kb' }), (_request, response) => {
  response.type('text/plain').send('success');
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://localhost:${String((server.address() as AddressInfo).port)}/\n`);
});

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AttachmentView, TicketExtras } from '../../src/domain/desk-views.js';
import type { ErrorView } from '../../src/domain/views.js';
import type { BrowserClient } from '../support/browser-client.js';
import { deskClient } from '../support/desk-staff.js';
import { docx } from '../support/docx.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);
const wang = await deskClient(server.url, folder, 'wang', '王芳');
const zhao = await deskClient(server.url, folder, 'zhao', '赵刚');
const kept = join(folder, 'data', 'attachments');

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2000, 7)]);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n');

interface Sent<T> {
  readonly status: number;
  readonly body: T;
}

async function upload<T = AttachmentView>(
  client: BrowserClient,
  path: string,
  content: Buffer,
  name: string,
  field = 'file',
): Promise<Sent<T>> {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(content)]), name);
  const response = await fetch(server.url + path, {
    method: 'POST',
    body: form,
    headers: { cookie: client.cookies, 'x-csrf-token': client.csrf },
  });
  return { status: response.status, body: (await response.json()) as T };
}

async function citizenWithTicket(): Promise<{ citizen: BrowserClient; number: string }> {
  const citizen = server.citizen();
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  return { citizen, number: (await citizen.chat()).body.ticket?.number ?? '' };
}

const files = (): string[] =>
  existsSync(kept) ? readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((name) => /[\\/]/.test(name)) : [];

describe('a citizen’s files', () => {
  it('reach the lawyer with the ticket, lie where nobody else reads, and are only handed out by rights', async () => {
    const { citizen, number } = await citizenWithTicket();
    const { status, body } = await upload(citizen, '/api/chat/attachments', JPEG, '../../考勤 表\u202e.exe');
    expect([status, body.name, body.type, body.size]).toEqual([200, '考勤 表.jpg', 'image/jpeg', JPEG.length]);
    expect((await citizen.chat()).body.messages.map(({ body: said }) => (said.type === 'text' ? said.text : ''))).toContain(
      '〔文件〕考勤 表.jpg',
    );
    const path = join(kept, body.id.slice(0, 2), body.id);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const listed = (await wang.send<TicketExtras>('GET', `/api/desk/tickets/${number}/extras`)).body.attachments;
    expect(listed).toEqual([expect.objectContaining({ id: body.id, by: null })]);

    const at = `/api/desk/tickets/${number}/attachments/${body.id}`;
    const saved = await fetch(server.url + at, { headers: { cookie: wang.cookies } });
    expect(Buffer.from(await saved.arrayBuffer())).toEqual(JPEG);
    expect(saved.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E8%80%83%E5%8B%A4%20%E8%A1%A8.jpg");
    expect(saved.headers.get('content-security-policy')).toContain('sandbox');
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
    const shown = await fetch(`${server.url}${at}?inline=1`, { headers: { cookie: wang.cookies } });
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);

    await wang.act(number, 'claim');
    expect((await zhao.send('GET', at)).status).toBe(404);
    expect((await server.citizen().send('GET', at)).status).toBe(401);
    expect((await server.citizen().send('GET', `/api/chat/attachments/${body.id}`)).status).toBe(404);
    expect((await fetch(`${server.url}/api/chat/attachments/${body.id}`, { headers: { cookie: citizen.cookies } })).status).toBe(200);
    const other = await citizenWithTicket();
    expect((await wang.send('GET', `/api/desk/tickets/${other.number}/attachments/${body.id}`)).status).toBe(404);
  });

  it('are taken by what they are, not by what they are called; what is refused leaves nothing behind', async () => {
    const { citizen } = await citizenWithTicket();
    const before = files();
    const refused: Readonly<Record<string, Buffer>> = {
      '照片.jpg': Buffer.from('MZ\x90\x00 this is a program'),
      '页面.pdf': Buffer.from('<!doctype html><script>alert(1)</script>'),
      '图.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      '脚本.txt': Buffer.from('#!/bin/sh\nrm -rf /\n'),
      '压缩.docx': Buffer.from('PK\x03\x04 not a zip at all, and no directory at its end either'),
      '空.jpg': Buffer.alloc(0),
    };
    for (const [name, content] of Object.entries(refused)) {
      const reply = await upload<ErrorView>(citizen, '/api/chat/attachments', content, name);
      expect([reply.status, reply.body.error.message.length > 5], name).toEqual([400, true]);
    }
    expect(files()).toEqual(before);
    expect((await upload(citizen, '/api/chat/attachments', PDF, '合同.pdf')).body.type).toBe('application/pdf');
    expect((await upload(citizen, '/api/chat/attachments', PDF, 'x.pdf', 'other')).status).toBe(400);
  });

  it('are limited in size and number, and wanted only where a lawyer has been asked', async () => {
    const stranger = server.citizen();
    await stranger.ask('你好');
    expect((await upload(stranger, '/api/chat/attachments', JPEG, 'a.jpg')).status).toBe(409);
    const { citizen } = await citizenWithTicket();
    const large = await upload<ErrorView>(citizen, '/api/chat/attachments', Buffer.concat([JPEG, Buffer.alloc(10 * 2 ** 20)]), 'a.jpg');
    expect([large.status, large.body.error.message]).toEqual([400, expect.stringContaining('10 MB')]);
    for (let at = 0; at < 5; at++) {
      const big = Buffer.concat([JPEG, Buffer.alloc(9.5 * 2 ** 20)]);
      expect((await upload(citizen, '/api/chat/attachments', big, 'a.jpg')).status).toBe(200);
    }
    const full = await upload<ErrorView>(citizen, '/api/chat/attachments', Buffer.concat([JPEG, Buffer.alloc(5 * 2 ** 20)]), 'a.jpg');
    expect([full.status, full.body.error.message]).toEqual([400, expect.stringContaining('50 MB')]);
  });
});

describe('files put up at the desk', () => {
  it('stay with the ticket: who has it adds them, the citizen does not get them', async () => {
    const { citizen, number } = await citizenWithTicket();
    const path = `/api/desk/tickets/${number}/attachments`;
    expect((await upload(zhao, path, PDF, 'a.pdf')).status).toBe(403);
    await wang.act(number, 'claim');
    const { status, body } = await upload(wang, path, docx(['会谈记录']), '会谈记录.docx');
    expect([status, body.by, body.name]).toEqual([200, '王芳', '会谈记录.docx']);
    expect((await citizen.send('GET', `/api/chat/attachments/${body.id}`)).status).toBe(404);
    expect((await fetch(server.url + path, { method: 'POST', headers: { cookie: wang.cookies } })).status).toBe(403);
  });
});

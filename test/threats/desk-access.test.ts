import { describe, expect, it } from 'vitest';
import { BrowserClient } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();

describe('someone who should not get in', () => {
  it('gets nothing from any desk route without a session', async () => {
    const stranger = new BrowserClient(server.url);
    for (const path of ['me', 'tickets', 'tickets/20261123-0001', 'events']) {
      expect((await stranger.send('GET', `/api/desk/${path}`)).status, path).toBe(401);
    }
    for (const path of [
      'password',
      'logout',
      ...['claim', 'release', 'reply', 'hand-back', 'close', 'reopen'].map((name) => `tickets/1/${name}`),
    ]) {
      expect((await stranger.desk(path)).status, path).toBe(401);
    }
  });

  it('cannot make a signed-in lawyer act through another site: without the token nothing moves', async () => {
    const lawyer = await server.lawyer();
    lawyer.csrf = 'guessed';
    expect((await lawyer.act('1', 'claim')).status).toBe(403);
    lawyer.csrf = '';
    expect((await lawyer.desk('logout')).status).toBe(403);
  });

  it('cannot read another person’s conversation by any cookie it makes up', async () => {
    const victim = server.citizen();
    await victim.ask('你好');
    for (const cookie of ['baimi_chat=', 'baimi_chat=x', `baimi_chat=${'A'.repeat(43)}`, `baimi_chat=' OR 1=1 --`]) {
      const reply = await fetch(`${server.url}/api/chat`, { headers: { cookie } });
      expect(((await reply.json()) as { messages: unknown[] }).messages).toEqual([]);
    }
  });

  it('gets cookies that scripts and other sites do not get', async () => {
    const reply = await fetch(`${server.url}/api/chat`);
    expect(reply.headers.get('set-cookie')).toMatch(/^baimi_chat=[\w-]{43};.*HttpOnly; SameSite=Strict$/);
  });

  it('is locked out of a login after five wrong passwords, the right one included', async () => {
    const guesser = new BrowserClient(server.url);
    for (let guess = 0; guess < 5; guess++) expect((await guesser.signIn('victim', `wrong-password-${String(guess)}`)).status).toBe(401);
    expect((await guesser.signIn('victim', 'anything')).status).toBe(429);
  });

  it('puts SQL and markup into the thread as text and nothing else happens', async () => {
    const attacker = server.citizen();
    for (const text of ["x'); DELETE FROM messages; --", '<img src=x onerror=alert(1)>老板不给钱', '${process.exit(1)}']) {
      const { body } = await attacker.say(text);
      expect(body.message.body).toEqual({ type: 'text', text });
      await attacker.answerAfter(body.message.id);
    }
    expect((await attacker.chat()).body.messages).toHaveLength(6);
  });

  it('cannot leave the folder of assets', async () => {
    for (const path of ['/assets/../../package.json', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json']) {
      const reply = await fetch(server.url + path);
      expect(reply.status).not.toBe(200);
    }
  });
});

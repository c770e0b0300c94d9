import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { serve } from '../../src/serve.js';

/**
 * Twenty desks that listen at once: from the moment at which one of them asks for a move of a ticket to the moment at which
 * each of the twenty has its event. Prints one JSON line.
 */
const DESKS = 20;
const MOVES = 200;
const PASSWORD = 'a-new-password-1';
const TIMEOUT_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'baimi-desk-live-'));
const said: string[] = [];
const running = await serve(readConfig({ BAIMI_PORT: '0', BAIMI_DATA: folder, BAIMI_LOG_LEVEL: 'silent' }), (line) => said.push(line));
try {
  const { cookie, csrf } = await signIn();
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(running.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
      body: JSON.stringify(body),
    });
  const number = await openTicket(cookie);
  const stop = new AbortController();
  const heard: ((at: number) => void)[] = [];
  await Promise.all(Array.from({ length: DESKS }, (_, desk) => listen(cookie, stop.signal, (at) => heard[desk]?.(at))));
  const latencies: number[] = [];
  for (let move = 0; move < MOVES; move++) {
    const all = Promise.all(
      Array.from(
        { length: DESKS },
        (_, desk) =>
          new Promise<number>((resolve, reject) => {
            const late = setTimeout(() => {
              reject(new Error(`工作台 ${String(desk)} 没有等到事件`));
            }, TIMEOUT_MS);
            heard[desk] = (at) => {
              clearTimeout(late);
              resolve(at);
            };
          }),
      ),
    );
    const asked = performance.now();
    const moved = await post(`/api/desk/tickets/${number}/${move % 2 === 0 ? 'claim' : 'release'}`, {});
    if (moved.status !== 200) throw new Error(`工单没有动：${String(moved.status)}`);
    for (const at of await all) latencies.push(at - asked);
    heard.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  stop.abort();
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0).toFixed(1));
  process.stdout.write(
    `${JSON.stringify({ desks: DESKS, moves: MOVES, events: latencies.length, p50Ms: at(0.5), p99Ms: at(0.99), slowestMs: at(1), cores: availableParallelism(), load: loadavg()[0]?.toFixed(1) })}\n`,
  );
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function signIn(): Promise<{ cookie: string; csrf: string }> {
  const once = /一次性密码 (\S+)/.exec(said.join('\n'))?.[1] ?? '';
  const send = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ cookie: string; csrf: string }> => {
    const reply = await fetch(`${running.url}/api/desk/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const { csrf } = (await reply.json()) as { csrf: string };
    return {
      csrf,
      cookie: reply.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    };
  };
  const first = await send('login', { login: 'admin', password: once });
  return send('password', { current: once, next: PASSWORD }, { cookie: first.cookie, 'x-csrf-token': first.csrf });
}

async function openTicket(cookie: string): Promise<string> {
  await fetch(`${running.url}/api/chat/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'bench-00000001', content: { type: 'human-wanted' } }),
  });
  for (let tries = 0; tries < 100; tries++) {
    const reply = await fetch(`${running.url}/api/desk/tickets?show=open`, { headers: { cookie } });
    const [ticket] = ((await reply.json()) as { tickets: { number: string }[] }).tickets;
    if (ticket) return ticket.number;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('没有开出工单');
}

/** Resolves when the stream is open; `hear` is called with the time of each ticket event. */
async function listen(cookie: string, signal: AbortSignal, hear: (at: number) => void): Promise<void> {
  const reply = await fetch(`${running.url}/api/desk/events`, { headers: { cookie }, signal });
  if (!reply.body) throw new Error('没有事件流');
  const reader = reply.body.getReader();
  const decoder = new TextDecoder();
  void (async () => {
    for (let buffer = ''; ;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const parts = buffer.split('\n\n');
      buffer = parts.pop() ?? '';
      for (const part of parts) if (/^event: ticket$/m.test(part)) hear(performance.now());
    }
  })().catch(() => undefined);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packageRoot } from '../src/config.js';
import { BrowserClient, type EventListening } from './support/browser-client.js';
import { temporaryFolder } from './support/temporary-folder.js';

const KILLS = 20;
const QUESTIONS = ['老板拖欠工资怎么办', '你好', '我要找律师', '上班受伤了算不算工伤', '房子被征收怎么补偿', '谢谢'];

const folder = temporaryFolder();
const port = 20_000 + (process.pid % 20_000);
let child: ChildProcess | null = null;

/** Starts the product as a process of its own and waits until it serves. */
async function start(): Promise<void> {
  child = spawn(process.execPath, ['--import', 'tsx', join(packageRoot(), 'src', 'main.ts')], {
    cwd: packageRoot(),
    env: { ...process.env, BAIMI_PORT: String(port), BAIMI_DATA: join(folder, 'data'), BAIMI_LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      if ((await fetch(`http://127.0.0.1:${String(port)}/readyz`)).ok) return;
    } catch {
      // not there yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not start within 20 s');
}

async function kill(): Promise<void> {
  const dying = child;
  if (!dying) return;
  const gone = new Promise((resolve) => dying.once('exit', resolve));
  dying.kill('SIGKILL');
  await gone;
  child = null;
}

afterAll(kill);

/** Reads what a page has been pushed: ids of the messages, each of which must come once. */
const pushedIds = (streams: readonly EventListening[]): number[] =>
  streams.flatMap((stream) => stream.received.filter(({ event }) => event === 'message').map(({ id }) => Number(id)));

it(`loses no acknowledged message and answers none twice through ${String(KILLS)} kills with SIGKILL`, { timeout: 240_000 }, async () => {
  const citizens = Array.from({ length: 3 }, () => ({
    client: new BrowserClient(`http://127.0.0.1:${String(port)}`),
    acknowledged: new Map<string, string>(),
    streams: [] as EventListening[],
    sent: 0,
  }));

  for (let round = 0; round <= KILLS; round++) {
    await start();
    for (const citizen of citizens) {
      await citizen.client.chat();
      // a page that reconnects says what it has seen last
      const last = Math.max(0, ...pushedIds(citizen.streams));
      citizen.streams.push(citizen.client.listen('/api/chat/events', { 'last-event-id': String(last) }));
    }
    if (round === KILLS) break;
    let stopped = false;
    const writers = citizens.map(async (citizen) => {
      while (!stopped) {
        const id = `message-${String(citizen.sent++)}`;
        const text = QUESTIONS[citizen.sent % QUESTIONS.length] ?? '';
        try {
          const { status } = await citizen.client.say(text, id);
          if (status === 202) citizen.acknowledged.set(id, text);
        } catch {
          return; // the server died before it acknowledged
        }
        await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 30));
      }
    });
    // each page has been acknowledged something in this round; then somewhere between "stored" and "answered"
    const before = citizens.map(({ acknowledged }) => acknowledged.size);
    for (let wait = 0; wait < 200 && citizens.some(({ acknowledged }, index) => acknowledged.size === before[index]); wait++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
    await kill();
    stopped = true;
    await Promise.all(writers);
    for (const { streams } of citizens) streams.at(-1)?.close();
  }

  for (const { client, acknowledged, streams } of citizens) {
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS);
    let messages = (await client.chat()).body.messages;
    for (let wait = 0; wait < 200; wait++) {
      const asked = messages.filter(({ author }) => author === 'citizen').length;
      if (messages.length === 2 * asked) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
      messages = (await client.chat()).body.messages;
    }
    const asked = messages.filter(({ author }) => author === 'citizen');
    const answers = messages.filter(({ author }) => author === 'bot');
    // nothing acknowledged is lost: as many as acknowledged, or more where the kill came between store and acknowledgement
    expect(asked.length).toBeGreaterThanOrEqual(acknowledged.size);
    for (const text of new Set(acknowledged.values())) {
      const said = asked.filter(({ body }) => body.type === 'text' && body.text === text).length;
      expect(said).toBeGreaterThanOrEqual([...acknowledged.values()].filter((other) => other === text).length);
    }
    // one answer each, none twice
    expect(answers).toHaveLength(asked.length);
    // and the page was pushed each message exactly once over all its connections
    await streams.at(-1)?.until(() => new Set(pushedIds(streams)).size === messages.length);
    const pushed = pushedIds(streams);
    expect(new Set(pushed).size).toBe(pushed.length);
    streams.at(-1)?.close();
  }
});

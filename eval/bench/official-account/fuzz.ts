import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { malformedPushes, type MalformedPush, type Target } from './malformed-pushes.js';

export interface FuzzJob extends Target {
  /** Address of the webhook. */
  readonly address: string;
  readonly count: number;
  readonly seed: number;
}

export interface FuzzOutcome {
  readonly sent: number;
  readonly seed: number;
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Cut without an answer; those of requests whose length is a lie are counted apart. */
  readonly unanswered: number;
  readonly liesCut: number;
  readonly hangs: number;
  readonly slowestMs: number;
  /** Answers with something of the inside in them: a stack, a path, an error's name. */
  readonly leaks: number;
  readonly examples: readonly string[];
}

const HANGS_AFTER_MS = 1000;
const AT_ONCE = 8;
const INSIDE = /\bat .+:\d+:\d+|node_modules|\/src\/|\b(?:Type|Range|Syntax|Reference)?Error\b|ERR_/;
/** One in so many is sent over a bare connection, with a length that is not that of its body. */
const LIE_EVERY = 50;

type Answered = { readonly status: number; readonly body: string } | 'cut' | 'hangs';

/** Sends malformed pushes to a webhook and counts what came back. */
export async function fuzz(job: FuzzJob, onProgress: (share: number) => void = () => undefined): Promise<FuzzOutcome> {
  const pushes = malformedPushes(job, job.seed);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: Record<string, number> = {};
  const examples: string[] = [];
  const counts = { unanswered: 0, liesCut: 0, hangs: 0, leaks: 0, slowestMs: 0 };
  const started = performance.now();
  let sent = 0;
  const example = (line: string): void => {
    if (examples.length < 10) examples.push(line);
  };
  const worker = async (): Promise<void> => {
    while (sent < job.count) {
      const number = sent++;
      const push = pushes.next().value;
      const lies = number % LIE_EVERY === LIE_EVERY - 1;
      const before = performance.now();
      const answered = lies ? await sendLying(job.address, push, number) : await sendPush(job.address, push, agent);
      const ms = performance.now() - before;
      counts.slowestMs = Math.max(counts.slowestMs, ms);
      if (answered === 'hangs' || ms > HANGS_AFTER_MS) {
        counts.hangs++;
        example(`${push.kind}: ${ms.toFixed(0)} ms`);
      } else if (answered === 'cut') {
        if (lies) counts.liesCut++;
        else {
          counts.unanswered++;
          example(`${push.kind}: cut`);
        }
      } else {
        statuses[answered.status] = (statuses[answered.status] ?? 0) + 1;
        if (INSIDE.test(answered.body)) {
          counts.leaks++;
          example(`${push.kind}: ${answered.body.slice(0, 200)}`);
        }
      }
      if (number % 1000 === 0) onProgress(number / job.count);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  agent.destroy();
  return { sent, seed: job.seed, seconds: (performance.now() - started) / 1000, statuses, ...counts, examples };
}

function sendPush(address: string, { query, body, headers }: MalformedPush, agent: Agent): Promise<Answered> {
  return new Promise((resolve) => {
    const call = request(
      `${address}?${query}`,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    const timer = setTimeout(() => {
      resolve('hangs');
      call.destroy();
    }, 3 * HANGS_AFTER_MS);
    call.on('error', () => {
      clearTimeout(timer);
      resolve('cut');
    });
    call.end(body);
  });
}

/** A length that is too long, too short, or none; the sender hangs up when it has said all. */
function sendLying(address: string, { query, body }: MalformedPush, number: number): Promise<Answered> {
  const { hostname, port, pathname } = new URL(address);
  const length = [String(body.length + 10), String(Math.max(0, body.length - 5)), '-1', 'abc', ''][number % 5] ?? '';
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const timer = setTimeout(() => {
      resolve('hangs');
      socket.destroy();
    }, 3 * HANGS_AFTER_MS);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
      resolve(status === 0 ? 'cut' : { status, body: answer });
    });
    socket.write(
      `POST ${pathname}?${query.replace(/[^\x21-\x7e]/g, '')} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`,
    );
    socket.end(body);
  });
}

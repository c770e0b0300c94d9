import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import type { Script, Told } from './scripted-puppet.js';

/** Whether the optional packages are installed that the tests of the puppet's process need. */
export function wechatyInstalled(): boolean {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve('wechaty');
    resolve('wechaty-puppet-mock');
    return true;
  } catch {
    return false;
  }
}

export const SCRIPTED_PUPPET = pathToFileURL(`${import.meta.dirname}/scripted-puppet.ts`).href;

export type SentText = Extract<Told, { type: 'sent' }>;

/** The other end of the scripted puppet: plays WeChat. */
export interface PuppetDriver {
  /** For the puppet's token. */
  readonly port: string;
  readonly hellos: Extract<Told, { type: 'hello' }>[];
  readonly sent: SentText[];
  play(...script: Script[]): void;
  /** Resolves once the puppet has done what it was told, and what it sent before is in `sent`. */
  settle(): Promise<void>;
  /** Resolves once `when` holds. @throws Error with what was sent, where it does not in time */
  until(when: () => boolean, withinMs?: number): Promise<void>;
}

export async function startPuppetDriver(): Promise<PuppetDriver> {
  const hellos: PuppetDriver['hellos'] = [];
  const sent: SentText[] = [];
  const sockets = new Set<Socket>();
  let socket: Socket | null = null;
  let pinged = 0;
  let pong = 0;
  const server = createServer((incoming) => {
    socket = incoming;
    sockets.add(incoming);
    incoming.on('error', () => undefined);
    incoming.on('close', () => sockets.delete(incoming));
    createInterface({ input: incoming }).on('line', (line) => {
      const told = JSON.parse(line) as Told;
      if (told.type === 'hello') hellos.push(told);
      else if (told.type === 'sent') sent.push(told);
      else pong = told.n;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterAll(() => {
    for (const open of sockets) open.destroy();
    server.close();
  });
  const play = (...script: Script[]): void => {
    for (const step of script) socket?.write(`${JSON.stringify(step)}\n`);
  };
  const until = async (when: () => boolean, withinMs = 15_000): Promise<void> => {
    const end = Date.now() + withinMs;
    while (!when()) {
      if (Date.now() > end) throw new Error(`not in time; sent: ${JSON.stringify(sent)}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  };
  return {
    play,
    until,
    async settle() {
      const n = ++pinged;
      play({ do: 'ping', n });
      await until(() => pong === n);
    },
    port: String((server.address() as AddressInfo).port),
    hellos,
    sent,
  };
}

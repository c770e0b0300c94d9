import { Agent, request } from 'node:http';
import { createMessageCrypto, aesKeyOf, type MessageCrypto } from '../../../src/adapters/official-account/message-crypto.js';
import { signatureOf } from '../../../src/adapters/official-account/signature.js';
import { readFields } from '../../../src/adapters/official-account/xml.js';
import type { Target } from './malformed-pushes.js';

export interface LoadRow {
  readonly atOnce: number;
  readonly messages: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Replies with an answer in them; the rest were acknowledged, or told to wait. */
  readonly answered: number;
  readonly broken: number;
}

/** What came back for one push: the text of the reply, empty where it was only acknowledged; null: no valid reply. */
export type Replied = string | null;

/** Pushes messages as the platform does, encrypted. */
export class Pusher {
  private readonly crypto: MessageCrypto;
  private readonly key: Buffer;
  private readonly agent: Agent;
  private ids = 0;

  constructor(
    private readonly address: string,
    private readonly target: Target,
    atOnce: number,
  ) {
    this.crypto = createMessageCrypto(target.appId, [target.aesKey]);
    this.key = aesKeyOf(target.aesKey);
    this.agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  end(): void {
    this.agent.destroy();
  }

  /** A message's body; pushed again, it is the same message. */
  message(openId: string, text: string): string {
    const seconds = Math.floor(Date.now() / 1000);
    const id = `${String(Date.now())}${String(this.ids++).padStart(6, '0')}`;
    return `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[${openId}]]></FromUserName><CreateTime>${String(seconds)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;
  }

  push(xml: string): Promise<Replied> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(this.ids++);
    const encrypted = this.crypto.seal(xml, this.key);
    const signature = signatureOf(this.target.token, timestamp, nonce, encrypted);
    const query = `timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes&msg_signature=${signature}`;
    return this.post(query, `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`);
  }

  private post(query: string, body: string): Promise<Replied> {
    return new Promise((resolve) => {
      const call = request(`${this.address}?${query}`, { method: 'POST', agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(response.statusCode === 200 ? this.read(Buffer.concat(chunks).toString()) : null);
        });
      });
      call.on('error', () => {
        resolve(null);
      });
      call.end(body);
    });
  }

  private read(body: string): Replied {
    if (body === 'success' || body === '') return '';
    const opened = this.crypto.open(readFields(body)?.['Encrypt'] ?? '');
    return opened ? (readFields(opened.text)?.['Content'] ?? null) : null;
  }
}

/** As many messages as `atOnce` people at a time get replies to, each person one message. */
export async function load(
  address: string,
  target: Target,
  questions: readonly string[],
  atOnce: number,
  seconds: number,
): Promise<LoadRow> {
  const pusher = new Pusher(address, target, atOnce);
  const times: number[] = [];
  let people = 0;
  let answered = 0;
  let broken = 0;
  const started = performance.now();
  const person = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      const number = people++;
      const xml = pusher.message(`oLoad${String(atOnce)}x${String(number)}`, questions[number % questions.length] ?? '');
      const before = performance.now();
      const replied = await pusher.push(xml);
      times.push(performance.now() - before);
      if (replied === null) broken++;
      else if (replied !== '') answered++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, person));
  const elapsed = (performance.now() - started) / 1000;
  pusher.end();
  times.sort((a, b) => a - b);
  const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
  const most = Number((times.at(-1) ?? 0).toFixed(1));
  return {
    atOnce,
    messages: times.length,
    perSecond: Math.round(times.length / elapsed),
    p50: at(0.5),
    p99: at(0.99),
    most,
    answered,
    broken,
  };
}

export interface StormRow {
  readonly messages: number;
  readonly attempts: number;
  readonly seconds: number;
  /** Messages that no attempt got a valid reply to. */
  readonly unanswered: number;
  /** Messages whose attempts got different answers. */
  readonly differing: number;
}

/** Each message three times, the later attempts while the earlier ones are open. */
export async function storm(address: string, target: Target, questions: readonly string[], messages: number): Promise<StormRow> {
  const people = 500;
  const pusher = new Pusher(address, target, 48);
  const started = performance.now();
  let next = 0;
  let unanswered = 0;
  let differing = 0;
  const worker = async (): Promise<void> => {
    while (next < messages) {
      const number = next++;
      const xml = pusher.message(
        `oStorm${String(number % people)}`,
        `第${String(number)}件事：${questions[number % questions.length] ?? ''}`,
      );
      const replies = await Promise.all(
        [0, 2, 4].map((ms) => new Promise((resolve) => setTimeout(resolve, ms)).then(() => pusher.push(xml))),
      );
      if (replies.every((reply) => reply === null)) unanswered++;
      if (new Set(replies.filter((reply) => reply !== null && reply !== '')).size > 1) differing++;
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  pusher.end();
  return { messages, attempts: messages * 3, seconds: Number(((performance.now() - started) / 1000).toFixed(1)), unanswered, differing };
}

import { describe, expect, it } from 'vitest';
import type { ChatView, DeliveriesView, ErrorView, MessageDelivery } from '../../src/domain/views.js';
import type { BrowserClient } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();
const lawyer = await server.lawyer();

interface Held {
  readonly citizen: BrowserClient;
  readonly number: string;
  /** The lawyer writes; gives the message's id. */
  says(text: string): Promise<number>;
  deliveries(): Promise<readonly MessageDelivery[]>;
  read(upTo: number): Promise<number>;
}

/** A conversation that a lawyer holds. */
async function held(question = '老板拖欠工资三个月'): Promise<Held> {
  const citizen = server.citizen();
  await citizen.ask(question);
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  const number = (await citizen.chat()).body.ticket?.number ?? '';
  await lawyer.act(number, 'claim');
  return {
    citizen,
    number,
    async says(text) {
      const { body: ticket } = await lawyer.act(number, 'reply', { id: crypto.randomUUID(), text, ask: false });
      return ticket.messages.at(-1)?.id ?? 0;
    },
    deliveries: async () => (await lawyer.send<DeliveriesView>('GET', `/api/desk/tickets/${number}/deliveries`)).body.deliveries,
    read: async (upTo) => (await citizen.send('POST', '/api/chat/read', { upTo })).status,
  };
}

const readIn = (deliveries: readonly MessageDelivery[]): number[] =>
  deliveries.filter(({ readAt }) => readAt !== null).map(({ messageId }) => messageId);

describe('what a citizen has seen on the page', () => {
  it('is shown at the desk: the lawyer’s words up to there, and not the machine’s', async () => {
    const { says, read, deliveries } = await held();
    const [first, second, third] = [await says('先留好工资条。'), await says('再去投诉。'), await says('还有别的吗？')];
    expect(readIn(await deliveries())).toEqual([]);
    expect(await read(second)).toBe(200);
    expect(readIn(await deliveries())).toEqual([first, second]);
    await read(third);
    expect(readIn(await deliveries())).toEqual([first, second, third]);
  });

  it('keeps the time at which it was seen first', async () => {
    const { says, read, deliveries } = await held();
    const id = await says('先留好工资条。');
    await read(id);
    const before = (await deliveries()).find(({ messageId }) => messageId === id)?.readAt;
    expect(before).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await read(id);
    expect((await deliveries()).find(({ messageId }) => messageId === id)?.readAt).toBe(before);
  });

  it('is a matter of one’s own conversation', async () => {
    const [mine, theirs] = [await held(), await held('被辞退了有没有补偿')];
    const [own, other] = [await mine.says('一'), await theirs.says('二')];
    await mine.read(Math.max(own, other));
    expect(readIn(await mine.deliveries())).toEqual([own]);
    expect(readIn(await theirs.deliveries())).toEqual([]);
  });

  it.each([0, -1, 1.5, '3', null, Number.MAX_SAFE_INTEGER + 1])('is refused where %s names no message', async (upTo) => {
    const { citizen } = await held();
    const { status, body } = await citizen.send<ErrorView>('POST', '/api/chat/read', { upTo });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('upTo')]);
  });

  it('opens no conversation for whoever has none', async () => {
    const nobody = server.citizen();
    expect((await nobody.send('POST', '/api/chat/read', { upTo: 1 })).status).toBe(200);
    expect((await nobody.send<ChatView>('GET', '/api/chat')).body.messages).toEqual([]);
  });
});

describe('what is seen with a pickup code', () => {
  it('is shown at the desk too, with the right code and digits only', async () => {
    const { citizen, says, deliveries } = await held('我电话13812345678，老板不发工资');
    const id = await says('先去劳动监察投诉。');
    const { code } = (await citizen.send<{ code: string }>('POST', '/api/chat/pickup')).body;
    const reader = server.citizen();
    const read = async (over: object): Promise<number> =>
      (await reader.send('POST', '/api/pickup/read', { code, digits: '5678', upTo: id, ...over })).status;
    expect(await read({ code: 'AAAA-AAAA' })).toBe(404);
    expect(await read({ digits: null })).toBe(401);
    expect(await read({ digits: '0000' })).toBe(401);
    expect(readIn(await deliveries())).toEqual([]);
    expect(await read({})).toBe(200);
    expect(readIn(await deliveries())).toEqual([id]);
  });
});

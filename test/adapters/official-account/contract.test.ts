import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOfficialAccount } from '../../../src/adapters/official-account/create-official-account.js';
import type { InboundContent } from '../../../src/domain/message.js';
import type { Sent } from '../../../src/messaging/channel.js';
import { channelContract, type ChannelHarness } from '../../contracts/channel.contract.js';
import type { Core } from '../../support/delivery-core.js';
import { FakeApi, FakePlatform, type ApiFault } from '../../support/fake-wechat.js';
import { ACCOUNT, AES_KEY, APP_ID, TOKEN } from '../../support/official-account.js';

const SEND = '/cgi-bin/message/custom/send';
const REFUSALS: Readonly<Record<Sent['kind'], ApiFault | null>> = { sent: null, closed: 45015, later: -1, failed: 43019 };

/** How a person's client sends it: the fields of the push. */
function fieldsOf(content: InboundContent, id: string): Readonly<Record<string, string>> {
  // an event has no id: its time is what tells it from another
  const event = { MsgType: 'event', CreateTime: String(1_700_000_000 + Number(id)) };
  switch (content.type) {
    case 'text':
      return { MsgType: 'text', MsgId: id, Content: content.text };
    case 'tap':
      return { MsgType: 'text', MsgId: id, Content: content.text, bizmsgmenuid: 'option' };
    case 'voice':
      return { MsgType: 'voice', MsgId: id, MediaId: content.media, Recognition: content.transcript ?? '' };
    case 'image':
      return { MsgType: 'image', MsgId: id, MediaId: content.media };
    case 'location':
      return {
        MsgType: 'location',
        MsgId: id,
        Location_X: String(content.latitude),
        Location_Y: String(content.longitude),
        Label: content.label,
      };
    case 'human-wanted':
      return { ...event, Event: 'CLICK', EventKey: 'BAIMI_HUMAN' };
    case 'join':
      return { ...event, Event: 'subscribe', EventKey: content.servicePoint === null ? '' : `qrscene_${content.servicePoint}` };
    default:
      return { MsgType: 'video', MsgId: id };
  }
}

async function open(core: Core, verified: boolean): Promise<ChannelHarness> {
  const api = await new FakeApi({ appId: APP_ID, secret: 's', now: core.now, verified }).listen();
  const account = createOfficialAccount(
    {
      token: TOKEN,
      appId: APP_ID,
      mode: 'secure',
      aesKeys: [AES_KEY],
      sender: verified ? { secret: 's', baseUrl: api.url } : null,
      replyWithinMs: 1500,
      pauseMs: 1,
    },
    { inbox: core.app.messenger, delivery: core.delivery, now: core.now, onError: (error) => core.errors.push(error) },
  );
  core.delivery.register(account.channel);
  const server = createServer(account.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const platform = new FakePlatform({
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    token: TOKEN,
    account: ACCOUNT,
    secure: { appId: APP_ID, aesKey: AES_KEY },
    seconds: () => Math.floor(core.now() / 1000),
  });
  api.onMessage = (openId, text) => {
    platform.transcripts.set(openId, [...platform.shown(openId), text]);
  };
  return {
    profile: account.channel.profile,
    conversationKey: (person) => person,
    async say(person, content, id) {
      api.person(person, content.type === 'human-wanted' || content.type === 'join' ? 'tap' : 'message');
      await platform.push(person, fieldsOf(content, id));
    },
    shown: (person) => Promise.resolve(platform.shown(person)),
    refuse(how) {
      const fault = REFUSALS[how];
      api.faults.set(SEND, fault === null ? [] : Array.from({ length: 50 }, () => fault));
      return Promise.resolve();
    },
    async close() {
      await account.channel.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

const recall = 'the platform does not tell of it';

channelContract('an Official Account that only replies', {
  open: (core) => open(core, false),
  cannot: {
    recall,
    split: 'a reply is one message, and the next part leaves with the next one: see conversation.test.ts',
    closed: 'is always closed; nothing is tried that could be refused',
    failed: 'nothing is pushed',
    later: 'nothing is pushed',
  },
});

channelContract('an Official Account that may send', {
  open: (core) => open(core, true),
  cannot: {
    recall,
    split: 'no more than five messages are allowed at once: see verified.test.ts',
    later: 'answers leave in the reply, which nobody refuses: see verified.test.ts',
  },
});

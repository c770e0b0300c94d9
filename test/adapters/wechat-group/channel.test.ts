import { createHash } from 'node:crypto';
import { describe, it } from 'vitest';
import { createWechatGroup } from '../../../src/adapters/wechat-group/create-wechat-group.js';
import { externalKeyOf } from '../../../src/adapters/wechat-group/to-inbound.js';
import type { InboundContent } from '../../../src/domain/message.js';
import type { Inbox } from '../../../src/messaging/channel.js';
import { channelContract, type ChannelHarness } from '../../contracts/channel.contract.js';
import type { Core } from '../../support/delivery-core.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { SCRIPTED_PUPPET, startPuppetDriver, wechatyInstalled } from './puppet-driver.js';

const ROOM = 'r1@chatroom';
const PEOPLE = ['wang', 'zhao'];
const BOT = { do: 'login', id: 'bot', name: '法律 助手' } as const;
const IMAGE = 6;
const PLACES = ['a WeChat group', 'a private chat with the WeChat account'] as const;

/** What a person writes, addressed where others read along. */
function wordsOf(content: InboundContent): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'human-wanted':
      return '找律师';
    // called by name and nothing more
    case 'join':
    case 'image':
      return '';
    default:
      throw new Error(`not sent by WeChat: ${content.type}`);
  }
}

/** The channel on the scripted puppet, in a process of its own; each person is a friend of the account. */
async function open(core: Core, place: (typeof PLACES)[number]): Promise<ChannelHarness> {
  const inGroup = place === 'a WeChat group';
  const driver = await startPuppetDriver();
  const taken = new Set<string>();
  const inbox: Inbox = {
    async receive(inbound) {
      const received = await core.app.messenger.receive(inbound);
      taken.add(inbound.externalKey);
      return received;
    },
    conversationId: (channel, key) => core.app.messenger.conversationId(channel, key),
  };
  const channel = createWechatGroup(inbox, {
    folder: temporaryFolder(),
    puppet: SCRIPTED_PUPPET,
    token: driver.port,
    aliases: [],
    officerPassword: null,
    pageUrl: null,
    perDay: 1000,
    knowsServicePoint: () => false,
    say: () => undefined,
    onEvent: () => undefined,
    onError: (error) => core.errors.push(error),
    now: core.now,
    pauseMs: [0, 0],
    againAfterMs: 200,
    restartAfterMs: [50, 400],
  });
  core.delivery.register(channel);
  await channel.start();
  await driver.until(() => driver.hellos.length > 0);
  driver.play(BOT);
  await driver.until(() => channel.health().ok);
  for (const id of PEOPLE) driver.play({ do: 'contact', id, name: id, friend: true });
  driver.play({ do: 'room', id: ROOM, topic: '普法群', members: ['bot', ...PEOPLE] });
  await driver.settle();
  const said = new Set<string>();
  return {
    profile: channel.profile,
    conversationKey: (person) =>
      createHash('sha256')
        .update(inGroup ? `room\n${ROOM}\n${person}` : `private\n${person}`)
        .digest('hex'),
    async say(person, content, id) {
      const words = wordsOf(content);
      const addressed = inGroup ? { room: ROOM, text: `@法律 助手\u2005${words}` } : { text: words };
      const type = content.type === 'image' ? { type: IMAGE } : {};
      driver.play(said.has(id) ? { do: 'again', id } : { do: 'say', id, from: person, ...addressed, ...type });
      said.add(id);
      await driver.until(() => taken.has(externalKeyOf({ id })));
    },
    async shown(person) {
      await driver.settle();
      return driver.sent.filter(({ to, mention }) => to === person || mention.includes(person)).map(({ text }) => text);
    },
    async refuse(how) {
      driver.play({ do: 'refuse', sends: how === 'later' });
      if (how !== 'closed') return;
      // whoever was known before another login is not known after it
      driver.play({ do: 'logout' });
      await driver.until(() => !channel.health().ok);
      await driver.settle();
      driver.play(BOT);
      await driver.until(() => channel.health().ok);
    },
    close: () => channel.stop(),
  };
}

if (!wechatyInstalled())
  describe.skip('WeChat as a channel (skipped: wechaty is not installed)', () => it('is not asked', () => undefined));
else {
  for (const place of PLACES) {
    const inGroup = place === 'a WeChat group';
    channelContract(place, {
      open: (core) => open(core, place),
      cannot: {
        tap: 'a person’s account sends no buttons',
        voice: 'the protocol does not say what was heard',
        location: 'the puppet tells of a place only that it is one: what is not read is answered as such',
        recall: 'the app’s own note of it is nobody’s words, and is not passed on',
        failed: 'only words for a stranger in a group can never be delivered: see groups.test.ts',
        ...(inGroup ? { image: 'a picture cannot be addressed to anyone, so that it is not listened to' } : {}),
        ...(inGroup ? {} : { join: 'nobody joins a private chat' }),
      },
    });
  }
}

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { chatRoutes } from '../../src/adapters/web/chat-routes.js';
import type { ChannelProfile, Sent } from '../../src/messaging/channel.js';
import { BrowserClient } from '../support/browser-client.js';
import { fakePushChannel } from '../support/fake-push-channel.js';
import { channelContract } from './channel.contract.js';

const RESULTS: Readonly<Record<Sent['kind'], Sent>> = {
  sent: { kind: 'sent' },
  closed: { kind: 'closed' },
  later: { kind: 'later', afterMs: 600, reason: '发得太快' },
  failed: { kind: 'failed', reason: '对方把账号拉黑了' },
};

/** A channel in memory that takes everything, in the two ways of counting a text's length. */
function inMemory(name: string, profile: Partial<ChannelProfile>): void {
  channelContract(name, {
    open: (core) => {
      const channel = fakePushChannel(profile);
      core.delivery.register(channel);
      const own = channel.profile.name;
      return Promise.resolve({
        profile: channel.profile,
        conversationKey: (person) => person,
        say: async (person, content, id) => {
          await core.app.messenger.receive({ channel: own, conversationKey: person, externalKey: id, content });
        },
        shown: (person) => Promise.resolve(channel.sent.filter(({ to }) => to === person).map(({ message }) => message.text)),
        refuse: (how) => {
          channel.answerAll(RESULTS[how]);
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      });
    },
  });
}

inMemory('a channel that may always push', { name: 'telegram', push: 'always', buttons: true });
inMemory('a channel with a window', { name: 'official-account', push: 'window', textLimit: { most: 2000, per: 'bytes' } });

channelContract('a channel that only collects', {
  open: (core) => {
    const profile: ChannelProfile = {
      name: 'official-account',
      textLimit: { most: 2000, per: 'bytes' },
      buttons: false,
      groups: false,
      push: 'never',
    };
    core.delivery.register({ profile });
    const shown = new Map<string, string[]>();
    // as a passive reply does: the person writes, and what is there is said
    const collect = async (person: string): Promise<void> => {
      const { parts, handedOver } = await core.delivery.collect('official-account', person, { waitMs: 4000 });
      shown.set(person, [...(shown.get(person) ?? []), ...parts.map((part) => part.text)]);
      await handedOver();
    };
    return Promise.resolve({
      profile,
      conversationKey: (person) => person,
      say: async (person, content, id) => {
        const { duplicate } = await core.app.messenger.receive({
          channel: 'official-account',
          conversationKey: person,
          externalKey: id,
          content,
        });
        if (!duplicate) await collect(person);
      },
      shown: (person) => Promise.resolve(shown.get(person) ?? []),
      close: () => Promise.resolve(),
    });
  },
  cannot: {
    closed: 'is always closed; nothing is tried that could be refused',
    failed: 'nothing is pushed',
    later: 'nothing is pushed',
  },
});

channelContract('the web page', {
  open: async (core) => {
    const app = express();
    app.use('/api', express.json());
    app.use(
      '/api/chat',
      chatRoutes({
        inbox: core.app.messenger,
        outbox: core.app.messenger,
        changes: core.app.changes,
        tickets: core.app.tickets,
        desk: core.app.desk,
        ready: () => Promise.resolve({ database: true, consultation: true, channels: [] }),
        pagesFolder: '',
        secureCookies: false,
        trustedProxies: 0,
        now: core.now,
        onError: (error) => core.errors.push(error),
      }),
    );
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const browsers = new Map<string, BrowserClient>();
    const browserOf = async (person: string): Promise<BrowserClient> => {
      const known = browsers.get(person);
      if (known) return known;
      const browser = new BrowserClient(url);
      browsers.set(person, browser);
      await browser.chat();
      return browser;
    };
    const tokenOf = (person: string): string => /baimi_chat=([\w-]+)/.exec(browsers.get(person)?.cookies ?? '')?.[1] ?? '';
    return {
      profile: { name: 'web', textLimit: { most: 1 << 20, per: 'units' }, buttons: true, groups: false, push: 'always' },
      conversationKey: (person) => createHash('sha256').update(tokenOf(person)).digest('hex'),
      say: async (person, content, id) => {
        const reply = await (await browserOf(person)).send('POST', '/api/chat/messages', { id: `message-${id}`, content });
        if (reply.status !== 202) throw new Error(`refused with ${String(reply.status)}`);
      },
      shown: async (person) =>
        (await (await browserOf(person)).chat()).body.messages.flatMap(({ author, staffName, body }) => {
          if (author === 'citizen') return [];
          if (body.type !== 'answer') return [`${staffName ?? ''} ${body.text}`];
          const { answer } = body;
          return [answer.kind === 'cited' || answer.kind === 'service' ? answer.headline : answer.text];
        }),
      close: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    };
  },
  cannot: {
    tap: 'the page sends the words of an option as text',
    voice: 'the page takes no voice',
    image: 'the page takes no pictures',
    location: 'the page takes no place',
    recall: 'the page takes nothing back',
    split: 'the page shows a message whole',
    closed: 'the page reads for itself',
    failed: 'the page reads for itself',
    later: 'the page reads for itself',
  },
});

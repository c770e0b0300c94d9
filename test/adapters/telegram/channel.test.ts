import { createTelegramStore } from '../../../src/adapters/database/telegram-store.js';
import { TELEGRAM_PROFILE, createTelegramChannel } from '../../../src/adapters/telegram/create-telegram-channel.js';
import type { InboundContent } from '../../../src/domain/message.js';
import { channelContract } from '../../contracts/channel.contract.js';
import { REFUSALS, TOKEN, startFakeTelegram, type FakeTelegram } from '../../support/fake-telegram.js';

/** What a person does in Telegram to say it. */
function fieldsOf(content: InboundContent): Readonly<Record<string, unknown>> | string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'human-wanted':
      return '/lawyer';
    case 'join':
      return '/start';
    case 'image':
      return { photo: [{ file_id: 'small' }, { file_id: content.media }] };
    case 'location': {
      const location = { latitude: content.latitude, longitude: content.longitude };
      return { location, venue: { location, title: content.label, address: '' } };
    }
    default:
      throw new Error(`not sent by Telegram: ${content.type}`);
  }
}

/** A message of the bot's with a button, sent by the bot, and the tap on it. */
async function tapOn(fake: FakeTelegram, person: ReturnType<FakeTelegram['person']>, words: string): Promise<void> {
  await fake.say(person, '你好');
  const keyboard = { inline_keyboard: [[{ text: words, callback_data: 'o:0' }]] };
  await fetch(`${fake.apiRoot}/bot${TOKEN}/sendMessage`, {
    method: 'POST',
    body: JSON.stringify({ chat_id: person.id, text: '你要什么？', reply_markup: keyboard }),
  });
  const asked = fake.said(person.id).find(({ text }) => text === '你要什么？');
  await fake.tap(person, person.id, asked?.message_id ?? 0, words);
}

channelContract('Telegram', {
  open: async (core) => {
    const fake = await startFakeTelegram();
    const channel = createTelegramChannel(
      { token: TOKEN, apiRoot: fake.apiRoot, staffChat: null, webhook: null },
      {
        inbox: core.app.messenger,
        changes: core.app.changes,
        tickets: core.app.tickets,
        reader: core.app.desk,
        store: createTelegramStore(core.db),
        delivery: core.delivery,
        now: core.now,
        onError: (error) => core.errors.push(error),
      },
    );
    core.delivery.register(channel);
    await channel.start();
    const people = new Map<string, ReturnType<FakeTelegram['person']>>();
    const personOf = (name: string): ReturnType<FakeTelegram['person']> => {
      const person = people.get(name) ?? fake.person(name);
      people.set(name, person);
      return person;
    };
    return {
      profile: TELEGRAM_PROFILE,
      conversationKey: (name) => `p:${String(personOf(name).id)}`,
      // between a person's messages there is room for the bot's
      say: async (name, content, id) => {
        if (content.type === 'tap') await tapOn(fake, personOf(name), content.text);
        else await fake.say(personOf(name), fieldsOf(content), { id: Number(id) * 100 });
      },
      shown: (name) => Promise.resolve(fake.said(personOf(name).id).map(({ text }) => text ?? '')),
      refuse: (how) => {
        fake.refuseAll(how === 'failed' ? REFUSALS.blocked : how === 'later' ? REFUSALS.tooMany(1) : null);
        return Promise.resolve();
      },
      close: async () => {
        await channel.stop();
        await fake.close();
      },
    };
  },
  cannot: {
    voice: 'the platform does not say what was heard',
    recall: 'the platform does not tell of it',
    closed: 'a private chat is open until it is blocked',
  },
});

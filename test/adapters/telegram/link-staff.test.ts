import { describe, expect, it } from 'vitest';
import { makeLinkCode } from '../../../src/adapters/telegram/link-staff.js';
import { LI, ZHOU, telegramForTests, type TelegramUnderTest } from '../../support/telegram-core.js';

const open = telegramForTests();

const says = async (telegram: TelegramUnderTest, chat: number, words: string): Promise<void> => {
  await expect.poll(() => telegram.fake.said(chat).at(-1)?.text).toContain(words);
};

describe('linking a lawyer’s Telegram', () => {
  it('takes a code once, in whatever case it is typed, and no citizen’s thread holds it', async () => {
    const telegram = await open();
    const { fake, store, core } = telegram;
    const [li, thief] = [fake.person('李'), fake.person('别人')];
    const code = await makeLinkCode(store, LI.id, core.now());
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{8}$/);
    await fake.say(li, `/link ${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`);
    await says(telegram, li.id, '绑定好了，李律师');
    expect(await store.staffOf(li.id)).toEqual(LI);
    await fake.say(thief, `/link ${code}`);
    await says(telegram, thief.id, '这个码不对');
    expect(await store.staffOf(thief.id)).toBeNull();
    expect(await core.app.messenger.conversationId('telegram', `p:${String(li.id)}`)).toBeNull();
  });

  it('refuses a code after 15 minutes, and one that a newer code has replaced', async () => {
    const telegram = await open();
    const { fake, store, core } = telegram;
    const li = fake.person('李');
    const late = await makeLinkCode(store, LI.id, core.now());
    core.pass(15 * 60_000);
    await fake.say(li, `/link ${late}`);
    await says(telegram, li.id, '这个码不对');
    const replaced = await makeLinkCode(store, LI.id, core.now());
    await makeLinkCode(store, LI.id, core.now());
    await fake.say(li, `/link ${replaced}`);
    await expect.poll(() => fake.said(li.id).length).toBe(2);
    expect(await store.staffOf(li.id)).toBeNull();
  });

  it('stops listening to whoever keeps guessing, right code or not', async () => {
    const telegram = await open();
    const { fake, store, core } = telegram;
    const guesser = fake.person('某');
    const code = await makeLinkCode(store, LI.id, core.now());
    for (let guess = 0; guess < 5; guess++) await fake.say(guesser, `/link AAAAAAA${String(guess)}`);
    await fake.say(guesser, `/link ${code}`);
    await says(telegram, guesser.id, '试的次数太多');
    expect(await store.staffOf(guesser.id)).toBeNull();
    core.pass(15 * 60_000);
    const next = await makeLinkCode(store, LI.id, core.now());
    await fake.say(guesser, `/link ${next}`);
    await says(telegram, guesser.id, '绑定好了');
  });

  it('spoils a code that was shown to a group', async () => {
    const telegram = await open({ lawyers: 'group' });
    const { fake, store, core, staffChat } = telegram;
    const li = fake.person('李');
    const code = await makeLinkCode(store, LI.id, core.now());
    await fake.say(li, `/link ${code}`, { chat: staffChat });
    await says(telegram, staffChat, '已经作废');
    await fake.say(li, `/link ${code}`);
    await says(telegram, li.id, '这个码不对');
  });

  it('moves with the account to another user, and with the user to another account; it can be undone', async () => {
    const telegram = await open();
    const { fake, store } = telegram;
    const first = await telegram.lawyer(LI);
    await expect.poll(() => store.staffOf(first.id)).toEqual(LI);
    const second = await telegram.lawyer(LI);
    await expect.poll(() => store.staffOf(second.id)).toEqual(LI);
    expect(await store.staffOf(first.id)).toBeNull();
    await fake.say(second, `/link ${await makeLinkCode(store, ZHOU.id, telegram.core.now())}`);
    await expect.poll(() => store.staffOf(second.id)).toEqual(ZHOU);
    expect(await store.unlink(ZHOU.id)).toBe(true);
    expect(await store.unlink(ZHOU.id)).toBe(false);
    expect(await store.staffOf(second.id)).toBeNull();
  });
});

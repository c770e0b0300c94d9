import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.js';
import { serve } from '../../../src/serve.js';
import { TOKEN, startFakeTelegram } from '../../support/fake-telegram.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const SECRET = 'a-secret_of-32-characters-abcdefg';

describe('Telegram in the running product', () => {
  it('is off unless it is configured, and says what is missing or wrong without the value', () => {
    expect(readConfig({}).telegram).toBeNull();
    expect(readConfig({ BAIMI_TELEGRAM_TOKEN: TOKEN, BAIMI_TELEGRAM_STAFF_CHAT: '-1001234' }).telegram).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      staffChat: -1001234,
      webhook: null,
    });
    const token = { BAIMI_TELEGRAM_TOKEN: TOKEN };
    for (const [set, named] of [
      [{ BAIMI_TELEGRAM_STAFF_CHAT: '-5' }, 'BAIMI_TELEGRAM_TOKEN'],
      [{ BAIMI_TELEGRAM_TOKEN: 'nonsense' }, 'BAIMI_TELEGRAM_TOKEN'],
      [{ ...token, BAIMI_TELEGRAM_STAFF_CHAT: '77' }, 'BAIMI_TELEGRAM_STAFF_CHAT'],
      [{ ...token, BAIMI_TELEGRAM_WEBHOOK_SECRET: SECRET }, 'BAIMI_TELEGRAM_WEBHOOK_URL'],
      [{ ...token, BAIMI_TELEGRAM_WEBHOOK_URL: 'https://a.example.cn/telegram' }, 'BAIMI_TELEGRAM_WEBHOOK_SECRET'],
      [
        { ...token, BAIMI_TELEGRAM_WEBHOOK_URL: 'http://a.example.cn/telegram', BAIMI_TELEGRAM_WEBHOOK_SECRET: SECRET },
        'BAIMI_TELEGRAM_WEBHOOK_URL',
      ],
      [
        { ...token, BAIMI_TELEGRAM_WEBHOOK_URL: 'https://a.example.cn/telegram', BAIMI_TELEGRAM_WEBHOOK_SECRET: 'short' },
        'BAIMI_TELEGRAM_WEBHOOK_SECRET',
      ],
    ] as const) {
      expect(() => readConfig(set)).toThrow(named);
      expect(() => readConfig(set)).toThrow('怎么改');
      for (const value of Object.values(set)) expect(() => readConfig(set)).not.toThrow(value);
    }
  });

  it('answers from the law through the webhook at /telegram', async () => {
    const fake = await startFakeTelegram();
    const config = readConfig({
      BAIMI_PORT: '0',
      BAIMI_DATA: join(temporaryFolder(), 'data'),
      BAIMI_LOG_LEVEL: 'silent',
      BAIMI_TELEGRAM_TOKEN: TOKEN,
      BAIMI_TELEGRAM_API: fake.apiRoot,
      BAIMI_TELEGRAM_WEBHOOK_URL: 'https://law.example.cn/telegram',
      BAIMI_TELEGRAM_WEBHOOK_SECRET: SECRET,
    });
    const running = await serve(config, () => undefined);
    afterAll(() => fake.close());
    afterAll(() => running.stop());
    fake.webhookTarget = `${running.url}/telegram`;
    const wang = fake.person('王');
    await fake.say(wang, '上班路上被车撞了，对方全责，算不算工伤？');
    await expect
      .poll(
        () =>
          fake
            .said(wang.id)
            .map(({ text }) => text)
            .join(),
        { timeout: 15_000 },
      )
      .toContain('《工伤保险条例》第十四条');
  });
});

import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.js';
import { serve } from '../../../src/serve.js';
import { FakePlatform } from '../../support/fake-wechat.js';
import { ACCOUNT, AES_KEY, APP_ID, TOKEN } from '../../support/official-account.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('the whole product with an Official Account', () => {
  const environment = { BAIMI_PORT: '0', BAIMI_DATA: join(temporaryFolder(), 'data'), BAIMI_LOG_LEVEL: 'silent' };
  const account = {
    BAIMI_OFFICIAL_ACCOUNT_TOKEN: TOKEN,
    BAIMI_OFFICIAL_ACCOUNT_APP_ID: APP_ID,
    BAIMI_OFFICIAL_ACCOUNT_AES_KEY: AES_KEY,
  };

  it('answers a citizen’s question with the provision it rests on, in the reply itself, also after a restart', async () => {
    for (const [MsgId, question] of [
      ['1', '上班路上被车撞了算工伤吗？'],
      ['2', '公司拖欠我三个月工资怎么办？'],
    ] as const) {
      const running = await serve(readConfig({ ...environment, ...account }), () => undefined);
      const platform = new FakePlatform({
        address: `${running.url}/wechat`,
        token: TOKEN,
        account: ACCOUNT,
        secure: { appId: APP_ID, aesKey: AES_KEY },
      });
      expect(await platform.text('oAnna', question, { MsgId })).toMatchObject({
        kind: 'text',
        text: expect.stringMatching(/《.+》第.+条/) as string,
      });
      await running.stop();
    }
  });

  it('has no such address where no account is configured', async () => {
    const running = await serve(readConfig(environment), () => undefined);
    afterAll(() => running.stop());
    expect((await fetch(`${running.url}/wechat`, { method: 'POST', body: '<xml/>' })).status).toBe(404);
  });
});

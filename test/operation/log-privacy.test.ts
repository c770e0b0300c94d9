import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-wechat.js';
import { BrowserClient } from '../support/browser-client.js';
import { ACCOUNT, AES_KEY, APP_ID, TOKEN } from '../support/official-account.js';
import { personalTexts } from '../support/personal-data.js';
import { startProcess } from '../support/product-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const TEXTS = personalTexts(20_261_124, 24);
const NAME = '欧阳建国';
const PHONE = '13980012345';
const ID_NUMBER = '510123198503076613';
const ADDRESS = '简阳市石桥镇青龙村三组十八号';

it(
  'writes nothing that people are called, live at, are reached by or have written into its log, at its most talkative',
  { timeout: 120_000 },
  async () => {
    const product = await startProcess({
      BAIMI_DATA: join(folder, 'data'),
      BAIMI_LOG_LEVEL: 'debug',
      BAIMI_METRICS_TOKEN: 'a-token-of-32-characters-for-tests',
      BAIMI_OFFICIAL_ACCOUNT_TOKEN: TOKEN,
      BAIMI_OFFICIAL_ACCOUNT_APP_ID: APP_ID,
      BAIMI_OFFICIAL_ACCOUNT_AES_KEY: AES_KEY,
    });
    const said: string[] = [];
    const citizen = new BrowserClient(product.url);
    const whole = `我叫${NAME}，电话${PHONE}，身份证${ID_NUMBER}，住在${ADDRESS}，老板拖欠工资`;
    for (const words of [whole, '取件码', '绑定', ...TEXTS.slice(0, 12).map(({ text }) => text)]) {
      said.push(words);
      await citizen.ask(words);
    }
    await citizen.answerAfter((await citizen.findLawyer()).body.message.id);

    const platform = new FakePlatform({
      address: `${product.url}/wechat`,
      token: TOKEN,
      account: ACCOUNT,
      secure: { appId: APP_ID, aesKey: AES_KEY },
    });
    for (const [index, { text }] of TEXTS.slice(12).entries()) {
      said.push(text);
      await platform.text('oOuyang-secret-open-id', text, { MsgId: String(index) });
    }

    const lawyer = new BrowserClient(product.url);
    await lawyer.signIn('admin', 'a wrong password for ouyang');
    await lawyer.signIn('admin', product.firstPassword);
    await lawyer.changePassword(product.firstPassword, 'another-password-1');
    const [ticket] = await lawyer.tickets();
    const number = ticket?.number ?? '';
    await lawyer.act(number, 'claim');
    const reply = `${NAME}您好，请打${PHONE}确认`;
    const note = `${NAME}已经在${ADDRESS}拿到工资`;
    await lawyer.act(number, 'reply', { id: 'reply-0001', text: reply, ask: false });
    await lawyer.act(number, 'close', { outcome: 'resolved', note });
    said.push(reply, note);
    // what does not work is written down too
    await citizen.send('GET', `/t/${encodeURIComponent(NAME)}`);
    await citizen.send('GET', `/api/${PHONE}?name=${encodeURIComponent(NAME)}`);
    await citizen.send('POST', '/api/chat/messages', `{"id": "${PHONE}`);
    await citizen.send('POST', '/api/chat/messages', { id: 'x', content: { type: 'text', text: whole } });
    await citizen.send('POST', '/api/pickup/open', { code: 'ABCD-2345', digits: PHONE.slice(-4) });
    await fetch(`${product.url}/wechat?signature=${PHONE}`, { method: 'POST', body: `<xml>${NAME}</xml>` });

    expect((await product.end()).code).toBe(0);
    const log = product.log();
    expect(log).toMatch(/"msg":"turn"/);
    expect(log).toMatch(/"msg":"stopped"/);
    expect(log.split('\n').length).toBeGreaterThan(20);
    const secrets = [
      ...[NAME, PHONE, ID_NUMBER, ADDRESS, 'oOuyang-secret-open-id', product.firstPassword, 'another-password-1'],
      ...TEXTS.flatMap(({ spans }) => spans.map(({ text }) => text).filter((text) => text.length > 1)),
      ...said,
    ];
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  },
);

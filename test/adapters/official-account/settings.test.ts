import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../../../src/config.js';
import { FakeApi } from '../../support/fake-wechat.js';
import { AES_KEY, APP_ID } from '../../support/official-account.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const run = promisify(execFile);
const SET = { BAIMI_OFFICIAL_ACCOUNT_TOKEN: 'token1', BAIMI_OFFICIAL_ACCOUNT_APP_ID: APP_ID, BAIMI_OFFICIAL_ACCOUNT_AES_KEY: AES_KEY };

describe('the configuration of the account', () => {
  it('is off where nothing is set, and encrypted where not asked otherwise', () => {
    expect(readConfig({}).officialAccount).toBeNull();
    expect(readConfig(SET).officialAccount).toEqual({
      token: 'token1',
      appId: APP_ID,
      mode: 'secure',
      aesKeys: [AES_KEY],
      secret: null,
      verified: false,
      apiUrl: null,
    });
    const before = { ...SET, BAIMI_OFFICIAL_ACCOUNT_AES_KEY_BEFORE: 'A'.repeat(43) };
    expect(readConfig(before).officialAccount?.aesKeys).toEqual([AES_KEY, 'A'.repeat(43)]);
  });

  it.each([
    ['BAIMI_OFFICIAL_ACCOUNT_AES_KEY', { ...SET, BAIMI_OFFICIAL_ACCOUNT_AES_KEY: '' }],
    ['BAIMI_OFFICIAL_ACCOUNT_AES_KEY', { ...SET, BAIMI_OFFICIAL_ACCOUNT_AES_KEY: 'tooshort' }],
    ['BAIMI_OFFICIAL_ACCOUNT_APP_ID', { BAIMI_OFFICIAL_ACCOUNT_TOKEN: 'token1', BAIMI_OFFICIAL_ACCOUNT_MODE: 'plain' }],
    ['BAIMI_OFFICIAL_ACCOUNT_SECRET', { ...SET, BAIMI_OFFICIAL_ACCOUNT_VERIFIED: '1' }],
    ['BAIMI_OFFICIAL_ACCOUNT_TOKEN', { ...SET, BAIMI_OFFICIAL_ACCOUNT_TOKEN: 'a b' }],
  ])('names %s and the remedy where it is missing or wrong', (name, environment) => {
    expect(() => readConfig(environment)).toThrow(name);
    expect(() => readConfig(environment)).toThrow('怎么改');
  });
});

describe('the commands', () => {
  const baimi = (environment: Readonly<Record<string, string>>, ...words: string[]): Promise<{ stdout: string; stderr: string }> =>
    run(process.execPath, ['--import', 'tsx', join(packageRoot(), 'src/cli.ts'), ...words], { env: { ...process.env, ...environment } });

  it('create the menu, and write the QR code of a service point as a PNG', async () => {
    const api = await new FakeApi({ appId: APP_ID, secret: 's', now: Date.now }).listen();
    const environment = { ...SET, BAIMI_OFFICIAL_ACCOUNT_SECRET: 's', BAIMI_OFFICIAL_ACCOUNT_API: api.url };
    expect(JSON.parse((await baimi(environment, 'official-account', 'menu', '--json')).stdout)).toEqual({ menu: 'created' });
    expect(api.menu).not.toBeNull();
    const file = join(temporaryFolder(), 'point.png');
    const { stdout } = await baimi(environment, 'qr', 'village_42', '--out', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ point: 'village_42', file });
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });

  it('say what to set where the account is not configured', async () => {
    await expect(baimi({}, 'qr', 'village_42')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('BAIMI_OFFICIAL_ACCOUNT_TOKEN') as string,
    });
  });
});

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.js';

describe('the configuration of WeChat groups', () => {
  it('is off by default', () => {
    expect(readConfig({}).wechatGroup).toBeNull();
  });

  it('needs the puppet alone', () => {
    expect(readConfig({ BAIMI_WECHAT_GROUP_PUPPET: 'wechaty-puppet-wechat4u' }).wechatGroup).toEqual({
      puppet: 'wechaty-puppet-wechat4u',
      token: null,
      aliases: ['百米问法'],
      officerPassword: null,
      pageUrl: null,
      perDay: 300,
      folder: resolve('data', 'wechat-group'),
    });
  });

  it('takes several names', () => {
    const names = { BAIMI_WECHAT_GROUP_PUPPET: '@juzi/wechaty-puppet-service', BAIMI_WECHAT_GROUP_NAMES: '百米问法, 法律 助手，小法' };
    expect(readConfig(names).wechatGroup?.aliases).toEqual(['百米问法', '法律 助手', '小法']);
  });

  it('is not half set', () => {
    expect(() => readConfig({ BAIMI_WECHAT_GROUP_TOKEN: 'secret-4711' })).toThrow(/却没设 BAIMI_WECHAT_GROUP_PUPPET。怎么改/);
    expect(() => readConfig({ BAIMI_WECHAT_GROUP_TOKEN: 'secret-4711' })).not.toThrow('4711');
  });

  it.each([
    ['BAIMI_WECHAT_GROUP_PUPPET', '../evil.js'],
    ['BAIMI_WECHAT_GROUP_PUPPET', 'left-pad'],
    ['BAIMI_WECHAT_GROUP_OFFICER_PASSWORD', 'short'],
    ['BAIMI_WECHAT_GROUP_PAGE_URL', 'somewhere.cn'],
    ['BAIMI_WECHAT_GROUP_PER_DAY', '0'],
  ])('names %s and the remedy, not the value, for %s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}.*怎么改`));
    expect(() => readConfig({ [name]: value })).not.toThrow(value);
  });
});

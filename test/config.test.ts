import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../src/config.js';

describe('configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      databaseFile: resolve('data', 'baimi.db'),
      knowledgeFolder: join(packageRoot(), 'knowledge'),
      lawsFolder: null,
      logLevel: 'info',
      secureCookies: false,
      trustedProxies: 0,
    });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ BAIMI_PORT: '', BAIMI_LAWS: '' })).toMatchObject({ port: 8080, lawsFolder: null });
  });

  for (const [name, value] of [
    ['BAIMI_PORT', 'eighty'],
    ['BAIMI_PORT', '70000'],
    ['BAIMI_LOG_LEVEL', 'chatty'],
    ['BAIMI_SECURE_COOKIES', 'yes'],
    ['BAIMI_TRUSTED_PROXIES', '-1'],
  ] as const) {
    it(`names ${name} and the remedy, not the value, for ${value}`, () => {
      expect(() => readConfig({ [name]: value })).toThrow(name);
      expect(() => readConfig({ [name]: value })).toThrow('怎么改');
      expect(() => readConfig({ [name]: value })).not.toThrow(value);
    });
  }
});

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
      languageModel: null,
      promptsFolder: join(packageRoot(), 'prompts'),
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
    ['BAIMI_LLM_URL', 'localhost'],
    ['BAIMI_LLM_TIMEOUT_MS', '50'],
    ['BAIMI_LLM_JSON', 'yaml'],
    ['BAIMI_LLM_PRICE_OUT', 'two'],
  ] as const) {
    it(`names ${name} and the remedy, not the value, for ${value}`, () => {
      expect(() => readConfig({ [name]: value })).toThrow(name);
      expect(() => readConfig({ [name]: value })).toThrow('怎么改');
      expect(() => readConfig({ [name]: value })).not.toThrow(value);
    });
  }

  describe('of a language model', () => {
    const three = { BAIMI_LLM_URL: 'http://127.0.0.1:8000/v1', BAIMI_LLM_KEY: 'sk-4711', BAIMI_LLM_MODEL: 'qwen' };

    it('needs address, key and model, and has a default for the rest', () => {
      expect(readConfig(three).languageModel).toEqual({
        baseUrl: 'http://127.0.0.1:8000/v1',
        apiKey: 'sk-4711',
        model: 'qwen',
        timeoutMs: 8000,
        json: 'json_object',
        priceIn: null,
        priceOut: null,
      });
    });

    it('takes time, way of asking and prices', () => {
      const more = { BAIMI_LLM_TIMEOUT_MS: '3000', BAIMI_LLM_JSON: 'tools', BAIMI_LLM_PRICE_IN: '0.5', BAIMI_LLM_PRICE_OUT: '0' };
      expect(readConfig({ ...three, ...more }).languageModel).toMatchObject({ timeoutMs: 3000, json: 'tools', priceIn: 0.5, priceOut: 0 });
    });

    it.each(['BAIMI_LLM_URL', 'BAIMI_LLM_KEY', 'BAIMI_LLM_MODEL'])('names %s where it alone is missing', (name) => {
      expect(() => readConfig({ ...three, [name]: '' })).toThrow(new RegExp(`却没设 ${name}。怎么改`));
      expect(() => readConfig({ ...three, [name]: '' })).not.toThrow('4711');
    });

    it('is not half set: a time limit alone is a mistake', () => {
      expect(() => readConfig({ BAIMI_LLM_TIMEOUT_MS: '3000' })).toThrow('BAIMI_LLM_URL、BAIMI_LLM_KEY、BAIMI_LLM_MODEL');
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { VerificationStore } from '../../src/consultation/ports.js';

/** What every database has to keep of what lawyers have verified and entered. */
export function verificationStoreContract(name: string, open: () => Promise<VerificationStore>): void {
  describe(`what lawyers have verified, on ${name}`, () => {
    const verified = { key: '某条例#第一条', digest: 'd', by: '李律师', on: '2026-11-23', against: '某文号' };
    const figure = { slot: 'minimum-wage', value: 2330.5, source: '某文号', sourceDate: '2026-01-01', by: '李律师' };

    it('keeps a verification by statement and digest; said again it is replaced', async () => {
      const store = await open();
      await store.verify(verified, 1);
      await store.verify({ ...verified, by: '赵律师' }, 2);
      await store.verify({ ...verified, digest: 'e' }, 3);
      expect(await store.verifications()).toEqual([
        { ...verified, by: '赵律师' },
        { ...verified, digest: 'e' },
      ]);
      expect(await store.withdraw(verified.key)).toBe(true);
      expect(await store.withdraw(verified.key)).toBe(false);
    });

    it('keeps every figure that was entered, in its order and to its decimals', async () => {
      const store = await open();
      await store.enter({ ...figure, value: 2100 }, 1);
      await store.enter(figure, 2);
      expect((await store.figures()).map(({ value }) => value)).toEqual([2100, 2330.5]);
    });

    it('has another version after each change', async () => {
      const store = await open();
      const versions = [await store.version()];
      await store.verify(verified, 1);
      versions.push(await store.version());
      await store.enter(figure, 2);
      versions.push(await store.version());
      await store.withdraw(verified.key);
      versions.push(await store.version());
      expect(new Set(versions).size).toBe(4);
      expect(await store.version()).toBe(versions[3]);
    });
  });
}

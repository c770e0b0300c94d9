import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/messaging/delivery/split-text.js';

const units = (most: number) => ({ most, per: 'units' }) as const;
const bytes = (most: number) => ({ most, per: 'bytes' }) as const;

describe('splitting a text', () => {
  it('leaves what fits as it is', () => {
    expect(splitText('一句话。两句话。', units(20))).toEqual(['一句话。两句话。']);
  });

  it('cuts behind the last sentence that fits, keeping closing quotes with it', () => {
    expect(splitText('他说：“不给钱。”我就走了。后来又去。', units(10))).toEqual(['他说：“不给钱。”', '我就走了。后来又去。']);
  });

  it('cuts behind a clause where no sentence fits, and anywhere where no clause does', () => {
    expect(splitText('老板不发工资，已经三个月了', units(9))).toEqual(['老板不发工资，', '已经三个月了']);
    expect(splitText('长'.repeat(7), units(3))).toEqual(['长长长', '长长长', '长']);
  });

  it('counts bytes of UTF-8 where the channel does', () => {
    for (const part of splitText('工资要按月发。'.repeat(300), bytes(2000))) {
      expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2000);
      expect(part).toMatch(/。$/);
    }
  });

  it('never cuts inside a character, and sends no half of one', () => {
    const parts = splitText('😀'.repeat(50), units(7));
    expect(parts.every((part) => part.length <= 7 && !/\p{Surrogate}/u.test(part))).toBe(true);
    expect(parts.join('')).toBe('😀'.repeat(50));
    expect(splitText('坏\ud83d字', units(10))).toEqual(['坏\uFFFD字']);
  });

  it('never cuts inside an address, unless it alone is too long', () => {
    const address = 'https://example.org/a/b?c=1.2,3;4!5';
    for (const parts of [12, 30, 40].map((lead) => splitText(`${'看'.repeat(lead)}${address}。再说。`, units(45)))) {
      expect(parts.some((part) => part.includes(address))).toBe(true);
    }
    expect(splitText(`https://example.org/${'a'.repeat(40)}`, units(30)).join('')).toBe(`https://example.org/${'a'.repeat(40)}`);
  });

  it('loses nothing but white space at the cuts, whatever the text and the limit', () => {
    const alphabet = ['工', '钱', '。', '！', '，', '\n', ' ', 'a', '1', '😀', '”', 'https://a.cn/x ', '.'];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)]).join('');
      const limit = round % 2 === 0 ? units(8 + random(60)) : bytes(24 + random(200));
      const parts = splitText(text, limit);
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      const size = (part: string): number => (limit.per === 'bytes' ? Buffer.byteLength(part) : part.length);
      expect(parts.every((part) => part !== '' && size(part) <= limit.most)).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { clip, splitText } from '../../../src/adapters/telegram/split-text.js';

describe('parting a text', () => {
  it('ends at a paragraph, else a line, else a sentence, and loses nothing', () => {
    expect(splitText('一二三四五\n\n六七八\n九十', 10)).toEqual(['一二三四五', '六七八\n九十']);
    expect(splitText('一二三四五\n六七八九十', 8)).toEqual(['一二三四五', '六七八九十']);
    expect(splitText('一二三四。五六七八。九十', 8)).toEqual(['一二三四。', '五六七八。九十']);
    const long = '这是一句话。'.repeat(2000);
    const parts = splitText(long);
    expect(parts.every((part) => part.length <= 4096 && part.endsWith('。'))).toBe(true);
    expect(parts.join('')).toBe(long);
  });

  it('never cuts a character in two', () => {
    const faces = '😀'.repeat(30);
    expect(splitText(faces, 11).join('')).toBe(faces);
    for (const part of splitText(faces, 11)) expect(part).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
    expect(clip('😀😀😀', 4)).toBe('😀…');
    expect(clip('短', 4)).toBe('短');
  });

  it('makes no message of nothing', () => {
    expect(splitText(' \n ')).toEqual([]);
  });
});

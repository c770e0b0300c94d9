import { beforeAll, describe, expect, it } from 'vitest';
import { createSegment, type Segment, type TermKind } from '../../src/retrieval/segment.js';

let segment: Segment;
beforeAll(() => {
  segment = createSegment();
});

const termsOf = (text: string, wanted: TermKind): string[] => {
  const terms: string[] = [];
  segment(text, (term, kind) => {
    if (kind === wanted) terms.push(term);
  });
  return terms;
};
const all = (text: string): string[] => [...termsOf(text, 'char'), ...termsOf(text, 'bigram'), ...termsOf(text, 'word')];

describe('Chinese text is split', () => {
  it('into characters, pairs and dictionary words', () => {
    expect(termsOf('工伤认定', 'char')).toEqual(['工', '伤', '认', '定']);
    expect(termsOf('工伤认定', 'bigram')).toEqual(['工伤', '伤认', '认定']);
    expect(termsOf('工伤认定', 'word')).toEqual(['=工伤', '=认定']);
  });

  it('at punctuation and white space: no pair goes across', () => {
    expect(termsOf('工伤，认 定', 'bigram')).toEqual(['工伤']);
  });

  it('with every occurrence, so that terms can be counted', () => {
    expect(termsOf('工伤工伤', 'char')).toEqual(['工', '伤', '工', '伤']);
  });

  it('with 〇 as a character', () => {
    expect(termsOf('二〇一〇', 'char')).toEqual(['二', '〇', '一', '〇']);
  });

  it('into words of two characters or more', () => {
    expect(termsOf('我在厂里上班', 'word')).toContain('=上班');
    expect(termsOf('我在厂里上班', 'word').every((word) => word.length >= 3)).toBe(true);
  });

  it('with a rare character beyond the basic plane as one character', () => {
    expect(termsOf('𠮷林', 'char')).toEqual(['𠮷', '林']);
  });
});

describe('Latin letters and digits', () => {
  it('are one word a run, in lower case, and no characters', () => {
    expect(termsOf('APP上打12348，WiFi', 'word').filter((word) => /[a-z0-9]/.test(word))).toEqual(['=app', '=12348', '=wifi']);
    expect(termsOf('APP上', 'char')).toEqual(['上']);
  });

  it('are the same in full width', () => {
    expect(all('ＡＰＰ４８小时')).toEqual(all('app48小时'));
  });

  it('never spell a term as a Chinese character or pair does: kinds do not mix', () => {
    const text = '上班48小时工伤认定APP上班';
    const kinds: TermKind[] = ['char', 'bigram', 'word'];
    const seen = kinds.map((kind) => new Set(termsOf(text, kind)));
    expect(seen.every((terms) => terms.size > 0)).toBe(true);
    expect(new Set(seen.flatMap((terms) => [...terms])).size).toBe(seen.reduce((sum, terms) => sum + terms.size, 0));
  });
});

it.each(['', '   ', '？！…。', '😀👍', 'Привет', 'สวัสดี', '\u0000\uFFFD', '\uD800'])('nothing comes out of %j', (text) => {
  expect(all(text)).toEqual([]);
});

it('the same text always gives the same terms', () => {
  const text = '老板拖欠我三个月工资，能不能要回来？';
  expect(all(text)).toEqual(all(text));
});

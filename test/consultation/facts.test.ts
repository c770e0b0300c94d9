import { describe, expect, it } from 'vitest';
import { readFacts, type Fact } from '../../src/consultation/facts/index.js';
import { DAY, PHRASES } from './facts-phrases.js';

const MONEY = new Set(['monthly-wage', 'daily-wage', 'owed']);

/** As the phrases write it. */
function written({ id, value, exact }: Fact): string {
  const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : MONEY.has(id) ? Number(value) / 100 : value;
  return `${id}=${String(said)}${exact ? '' : '~'}`;
}

/** What is not at issue in a phrase that does not name it. */
const BESIDE = ['relation=self', 'employer=company', 'place='];

function readingOf(text: string, expected: string): string {
  const found = readFacts(text, DAY).map(written);
  return found
    .filter((one) => !BESIDE.some((beside) => one.startsWith(beside) && !expected.includes(beside)))
    .sort()
    .join(' ');
}

const inOrder = (facts: string): string => facts.split(' ').sort().join(' ');

describe('what a message states', () => {
  it.each(PHRASES.filter(([, facts]) => facts !== ''))('%s', (text, facts) => {
    expect(readingOf(text, facts)).toBe(inOrder(facts));
  });
});

describe('nothing is read from', () => {
  it.each(PHRASES.filter(([, facts]) => facts === ''))('%s', (text) => {
    expect(readFacts(text, DAY).map(written)).toEqual([]);
  });
});

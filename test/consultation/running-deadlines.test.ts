import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chineseCalendar } from '../../src/adapters/calendar/chinese-calendar.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readFacts } from '../../src/consultation/facts/index.js';
import { knownOf, nearestDeadline, runningDeadlines } from '../../src/consultation/running-deadlines.js';

const { figures } = readPack(join(import.meta.dirname, '../../knowledge'));
const TODAY = '2026-11-24';
const reckoned = (words: string, today = TODAY) => runningDeadlines(readFacts(words, TODAY), words, figures, today, chineseCalendar);

describe('time limits that run', () => {
  it('are reckoned from the day of an injury: the person’s own limit, not the employer’s', () => {
    const [only, ...others] = reckoned('我2026年3月2日在工地受伤了');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ day: '2027-03-02', daysLeft: 98, source: '工伤保险条例第十七条', from: '受伤日期 2026-03-02' });
    expect(nearestDeadline(only ? [only] : [])).toBe('2027-03-02');
  });

  it('are reckoned from the day somebody left, where it is about wages', () => {
    expect(reckoned('我2026年1月15日离职，老板还欠我工资')).toMatchObject([
      { day: '2027-01-15', daysLeft: 52, source: '劳动争议调解仲裁法第二十七条' },
    ]);
  });

  it.each(['我去年受伤了', '我2026年3月受伤的', '老板不给钱怎么办', '我2026年3月2日受伤，已经认定工伤了'])(
    'are not invented for “%s”',
    (words) => {
      expect(reckoned(words)).toEqual([]);
    },
  );

  it('are told as over, and are then not the nearest', () => {
    const over = reckoned('我2025年3月3日在工地受伤了');
    expect(over[0]?.daysLeft).toBeLessThan(0);
    expect(nearestDeadline(over)).toBeNull();
  });

  it('need a state of a consultation', () => {
    expect(knownOf(null)).toEqual([]);
    expect(knownOf({})).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayText, daysBetween, isDay, monthsAndDays, weekday } from '../../src/calculators/dates.js';
import { multiply, scaled, yuan } from '../../src/calculators/money.js';
import { endOfPeriod, simpleCalendar, type WorkingCalendar } from '../../src/calculators/working-days.js';
import { random } from './support.js';

describe('a day', () => {
  it('is a real day of the calendar, written in full', () => {
    expect(['2024-02-29', '2025-12-31', '1900-01-01'].map(isDay)).toEqual([true, true, true]);
    expect(['2025-02-29', '2025-13-01', '2025-1-1', '20250101', '2025-04-31', '', '2025-01-01T00:00'].map(isDay)).toEqual(
      Array(7).fill(false),
    );
  });

  it('is named as a document names it', () => {
    expect(dayText('2026-03-09')).toBe('2026年3月9日');
  });

  it('falls on the weekday it falls on: 1970-01-01 was a Thursday, 2026-03-10 a Tuesday, 1969-12-28 a Sunday', () => {
    expect(['1970-01-01', '2026-03-10', '1969-12-28'].map(weekday)).toEqual([4, 2, 0]);
  });
});

describe('adding months', () => {
  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2025-08-31', 6, '2026-02-28'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});

describe('months and days between', () => {
  it.each([
    ['2025-01-01', '2025-12-31', 12, 0],
    ['2025-01-01', '2025-01-31', 1, 0],
    ['2025-01-31', '2025-02-27', 1, 0],
    ['2025-01-31', '2025-02-28', 1, 1],
    ['2025-03-01', '2025-08-30', 5, 30],
    ['2024-02-29', '2025-02-28', 12, 1],
    ['2025-05-05', '2025-05-05', 0, 1],
    ['2025-05-05', '2025-05-04', 0, 0],
    ['2025-05-05', '2024-01-01', 0, 0],
  ])('%s to %s, both counted, are %i months and %i days', (from, last, months, days) => {
    expect(monthsAndDays(from, last)).toEqual({ months, days });
  });

  it('add up again, whatever the days (300 seeded pairs)', () => {
    const next = random(7);
    for (let round = 0; round < 300; round++) {
      const from = addDays('1995-01-01', Math.floor(next() * 12_000));
      const last = addDays(from, Math.floor(next() * 4_000));
      const { months, days } = monthsAndDays(from, last);
      expect(addDays(addMonths(from, months), days)).toBe(addDays(last, 1));
      expect(addMonths(from, months + 1) > addDays(last, 1)).toBe(true);
      expect(addDays(from, daysBetween(from, last))).toBe(last);
    }
  });
});

/** A calendar that knows 2026: National Day to the 8th; Saturday the 10th is worked. */
const known: WorkingCalendar = {
  knows: (year) => year === 2026,
  isWorkingDay: (day) => (day >= '2026-10-01' && day <= '2026-10-08' ? false : day === '2026-10-10' ? true : weekday(day) % 6 !== 0),
};

describe('the end of a period', () => {
  it('does not count the first day: 2026-03-02 and 15 days end on 2026-03-17', () => {
    expect(endOfPeriod('2026-03-02', 15, '日', known)).toEqual({
      counted: '2026-03-17',
      last: '2026-03-17',
      exact: true,
      onHoliday: false,
    });
  });

  it('ends on the corresponding day, or the last of a shorter month', () => {
    expect(endOfPeriod('2026-01-15', 1, '年', simpleCalendar).counted).toBe('2027-01-15');
    expect(endOfPeriod('2025-08-31', 6, '个月', simpleCalendar).counted).toBe('2026-02-28');
  });

  it('moves from a holiday to the first working day after it: 2026-09-18 and 15 days is 10-03, so 10-09', () => {
    expect(endOfPeriod('2026-09-18', 15, '日', known)).toEqual({ counted: '2026-10-03', last: '2026-10-09', exact: true, onHoliday: true });
  });

  it('does not move from a Saturday that is worked: 2026-09-25 and 15 days is 10-10', () => {
    expect(endOfPeriod('2026-09-25', 15, '日', known).last).toBe('2026-10-10');
  });

  it('never moves where the year is not known, and says so: the citizen is never told a day that is too late', () => {
    expect(endOfPeriod('2027-01-01', 15, '日', known)).toEqual({
      counted: '2027-01-16',
      last: '2027-01-16',
      exact: false,
      onHoliday: true,
    });
    expect(endOfPeriod('2026-01-16', 15, '日', simpleCalendar)).toMatchObject({
      counted: '2026-01-31',
      last: '2026-01-31',
      exact: false,
      onHoliday: true,
    });
  });

  it('refuses a unit that no article counts in', () => {
    expect(() => endOfPeriod('2026-01-01', 1, '周', simpleCalendar)).toThrow(RangeError);
  });
});

describe('money', () => {
  it('is multiplied exactly and rounded half up to the fen', () => {
    expect([multiply(1, 1, 2), multiply(3, 1, 2), multiply(100, 1, 3), multiply(200, 1, 3), multiply(500_000, 13)]).toEqual([
      1, 2, 33, 67, 6_500_000,
    ]);
  });

  it('has no binary fractions: 1.005 yuan times 100 days over 21.75, done in whole numbers', () => {
    // 101 fen × 10000 ÷ 2175 = 464.36… → 464
    expect(multiply(101, 10_000, scaled(21.75, 2))).toBe(464);
  });

  it('refuses what is no whole number or negative', () => {
    for (const bad of [
      () => multiply(1.5, 1),
      () => multiply(-1, 1),
      () => multiply(1, 1, 0),
      () => multiply(Number.NaN, 1),
      () => multiply(9e15, 9),
    ]) {
      expect(bad).toThrow(RangeError);
    }
  });

  it('is written with its thousands, and fen only where there are some', () => {
    expect([0, 5, 100, 123_456_700, 123_456_789].map(yuan)).toEqual(['0元', '0.05元', '1元', '1,234,567元', '1,234,567.89元']);
  });
});

import { describe, expect, it } from 'vitest';
import { dutyCalendar } from '../../src/adapters/calendar/duty-calendar.js';
import { DEFAULT_HOURS, hoursText, parseHours, weekHours } from '../../src/handoff/opening-hours.js';
import { isoDay, workingTime } from '../../src/handoff/working-time.js';
import type { DutyCalendar } from '../../src/handoff/organisation/ports.js';
import { randomFrom } from '../support/random.js';

const MINUTE = 60_000;
/** An instant by the clock in China. */
const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);
const usual = workingTime('', dutyCalendar);

describe('opening hours', () => {
  it('reads days of the week and hours, full-width marks as well', () => {
    expect(parseHours('1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00')).toEqual(
      parseHours('１－５ 09:00－12:00，13:30－17:00； 6 9:00-12:00'),
    );
    expect(hoursText('1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00')).toBe('星期一到星期五 9:00-12:00、13:30-17:00；星期六 9:00-12:00');
    expect(hoursText('')).toBe(hoursText(DEFAULT_HOURS));
  });

  it.each([
    '',
    '9:00-12:00',
    '1-5',
    '5-1 09:00-12:00',
    '8 09:00-12:00',
    '1 12:00-09:00',
    '1 09:00-25:00',
    '1 09:60-10:00',
    '1 09:00-12:00 11:00-13:00',
  ])('says what is wrong with “%s”', (text) => {
    expect(parseHours(text)).toMatchObject({ problem: expect.stringMatching(/[一-龥]/) as unknown });
  });
});

describe('working time', () => {
  it('knows holidays, 调休 and the noon break', () => {
    expect(usual.isOpen(at('2026-02-13', '09:00'))).toBe(true); // an ordinary Friday
    expect(usual.isOpen(at('2026-02-13', '12:30'))).toBe(false);
    expect(usual.isOpen(at('2026-02-13', '17:00'))).toBe(false);
    expect(usual.isOpen(at('2026-02-14', '10:00'))).toBe(true); // a Saturday that is worked
    expect(usual.isOpen(at('2026-02-17', '10:00'))).toBe(false); // Spring Festival, a Tuesday
    const saturdays = workingTime('1-5 09:00-17:00; 6 09:00-12:00', dutyCalendar);
    expect(saturdays.isOpen(at('2026-03-07', '10:00'))).toBe(true); // an ordinary Saturday
    expect(saturdays.isOpen(at('2026-02-21', '10:00'))).toBe(false); // a Saturday of the holiday
    expect(saturdays.isOpen(at('2026-02-14', '15:00'))).toBe(true); // worked: hours of a weekday
  });

  it('goes over evenings, weekends and holidays', () => {
    expect(usual.nextOpening(at('2026-11-20', '18:00'))).toBe(at('2026-11-23', '09:00')); // Friday evening
    expect(usual.after(at('2026-11-20', '16:00'), 240)).toBe(at('2026-11-23', '12:00'));
    expect(usual.minutesBetween(at('2026-11-20', '16:30'), at('2026-11-23', '09:30'))).toBe(60);
    expect(usual.minutesBetween(at('2026-11-20', '16:30'), at('2026-11-20', '16:00'))).toBe(0);
    expect(usual.nextOpening(at('2026-11-23', '10:10'))).toBe(at('2026-11-23', '10:10'));
    expect(usual.nextDay(at('2026-11-23', '08:00'))).toBe(at('2026-11-24', '09:00'));
    expect(usual.closesAt(at('2026-11-23', '10:00'))).toBe(at('2026-11-23', '12:00'));
  });

  it('agrees with a count of every minute, over made-up hours and calendars', () => {
    const random = randomFrom(20261124);
    const pick = (n: number): number => Math.floor(random() * n);
    for (let round = 0; round < 60; round++) {
      const hours = madeUpHours(pick);
      const calendar = madeUpCalendar(pick(1000));
      const time = workingTime(hours, calendar);
      const from = at('2026-09-01', '00:00') + pick(60 * 1440) * MINUTE;
      const open = (instant: number): boolean => openByMinute(instant, hours, calendar);
      const length = pick(9 * 1440);
      let counted = 0;
      for (let minute = 0; minute < length; minute++) if (open(from + minute * MINUTE)) counted++;
      expect(time.minutesBetween(from, from + length * MINUTE)).toBe(counted);

      const wanted = 1 + pick(600);
      let left = wanted;
      let instant = from;
      for (; left > 0 && instant < from + 60 * 1440 * MINUTE; instant += MINUTE) if (open(instant)) left--;
      if (left === 0) expect(time.after(from, wanted)).toBe(instant);

      let next = from;
      while (!open(next) && next < from + 60 * 1440 * MINUTE) next += MINUTE;
      expect(time.nextOpening(from)).toBe(next);
    }
  });

  it('does not wait for ever for a point that never opens', () => {
    const never: DutyCalendar = { isWorkingDay: () => false, isHoliday: () => true };
    expect(workingTime('', never).after(at('2026-11-20', '16:00'), 10)).toBeNull();
    expect(workingTime('', never).nextOpening(at('2026-11-20', '16:00'))).toBeNull();
  });
});

function madeUpHours(pick: (n: number) => number): string {
  const morning = 420 + pick(180);
  const noon = morning + 30 + pick(180);
  const afternoon = noon + pick(90);
  const evening = afternoon + 30 + pick(240);
  const text = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const weekend = pick(2) === 0 ? `; 6 ${text(morning)}-${text(noon)}` : '';
  return `1-5 ${text(morning)}-${text(noon)} ${text(afternoon)}-${text(evening)}${weekend}`;
}

function madeUpCalendar(seed: number): DutyCalendar {
  const number = (day: string): number => Math.round(Date.parse(day) / 86_400_000);
  const weekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
  const holiday = (day: string): boolean => (number(day) * 7919 + seed) % 11 === 0;
  return {
    isHoliday: holiday,
    isWorkingDay: (day) => !holiday(day) && (!weekend(day) || (number(day) * 104_729 + seed) % 5 === 0),
  };
}

/** Written anew from the rule, without the code under test but for reading the hours. */
function openByMinute(instant: number, hours: string, calendar: DutyCalendar): boolean {
  const day = isoDay(instant);
  const local = new Date(instant + 8 * 3600_000);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const working = calendar.isWorkingDay(day);
  if (!working && (weekday <= 5 || calendar.isHoliday(day))) return false;
  const row = working && weekday > 5 ? 1 : weekday;
  return (weekHours(hours)[row] ?? []).some(({ from, to }) => from <= minute && minute < to);
}

import { describe, expect, it } from 'vitest';
import { weekday } from '../../src/calculators/dates.js';
import type { Inputs, WorkingCalendar } from '../../src/calculators/index.js';
import { askedIds, lineOf, resultOf, run } from './support.js';

/** Knows 2025 to 2027: weekends only. */
const weekends: WorkingCalendar = { knows: (year) => year >= 2025 && year <= 2027, isWorkingDay: (day) => weekday(day) % 6 !== 0 };
const dates = (inputs: Inputs, calendar?: WorkingCalendar) =>
  resultOf('deadlines', inputs, undefined, '2026-03-10', calendar).lines.map(({ id, date }) => [id, date]);

describe('期限', () => {
  it('工伤认定: injured on 2026-01-20, the employer has to 2026-02-19 (30 days), the worker to 2027-01-20 (a year)', () => {
    expect(dates({ matter: 'injury-recognition', accidentDate: '2026-01-20' })).toEqual([
      ['recognition-employer', '2026-02-19'],
      ['recognition-worker', '2027-01-20'],
    ]);
  });

  it('仲裁: a year from the day one knew; 2026-02-28 for one who knew on 2025-02-28', () => {
    expect(dates({ matter: 'arbitration-other', knownDate: '2025-02-28', demandDate: null })).toEqual([['arbitration', '2026-02-28']]);
  });

  it('仲裁: a demand in time begins the year anew: asked on 2025-12-01, to 2026-12-01', () => {
    expect(dates({ matter: 'arbitration-other', knownDate: '2025-02-28', demandDate: '2025-12-01' })).toEqual([
      ['arbitration', '2026-12-01'],
    ]);
  });

  it('仲裁: a demand when the year was over does not, and a human looks', () => {
    const result = resultOf('deadlines', { matter: 'arbitration-other', knownDate: '2024-02-28', demandDate: '2025-12-01' });
    expect(lineOf(result, 'arbitration').date).toBe('2025-02-28');
    expect(result.needsHuman.length).toBeGreaterThan(0);
  });

  it('仲裁: for wages, none while the employment lasts; a year from its end', () => {
    const during = resultOf('deadlines', { matter: 'arbitration-wages-employed' });
    expect(lineOf(during, 'arbitration')).toMatchObject({ date: null, cites: [{ law: '劳动争议调解仲裁法', article: '第二十七条' }] });
    expect(dates({ matter: 'arbitration-wages-left', leftDate: '2025-12-31', demandDate: null })).toEqual([['arbitration', '2026-12-31']]);
  });

  it('起诉: 15 days from the award: received on 2026-03-02, to 2026-03-17', () => {
    expect(dates({ matter: 'sue-after-award', receivedDate: '2026-03-02' })).toEqual([['sue-award', '2026-03-17']]);
  });

  it('复议 60 days and 行政诉讼 6 months: known on 2026-02-01, to 2026-04-02 and 2026-08-01', () => {
    expect(dates({ matter: 'compensation-decision', knownDate: '2026-02-01', informed: 'yes' })).toEqual([
      ['reconsideration', '2026-04-02'],
      ['administrative-suit', '2026-08-01'],
    ]);
  });

  it('after a reconsideration 15 days: received on 2026-03-05, to 2026-03-20', () => {
    expect(dates({ matter: 'after-reconsideration', receivedDate: '2026-03-05' })).toEqual([['suit-after-reconsideration', '2026-03-20']]);
  });

  it('上诉 15 days, 再次鉴定 15 days, 执行 2 years, 民事 3 years, 监察 2 years', () => {
    expect(dates({ matter: 'appeal-judgment', receivedDate: '2026-03-02' })).toEqual([['appeal', '2026-03-17']]);
    expect(dates({ matter: 'appraisal-again', receivedDate: '2026-03-02' })).toEqual([['appraisal-again', '2026-03-17']]);
    expect(dates({ matter: 'enforce', dueDate: '2026-03-01', demandDate: null })).toEqual([['enforce', '2028-03-01']]);
    expect(dates({ matter: 'civil', knownDate: '2024-02-29', demandDate: null })).toEqual([['civil', '2027-02-28']]);
    expect(dates({ matter: 'labour-inspection', endedDate: '2026-03-01' })).toEqual([['inspection', '2028-03-01']]);
  });

  it('moves past a weekend where the year’s calendar is known: 2026-03-06 and 15 days is Saturday 03-21, so Monday 03-23', () => {
    const inputs = { matter: 'sue-after-award', receivedDate: '2026-03-06' };
    expect(dates(inputs, weekends)).toEqual([['sue-award', '2026-03-23']]);
    const exact = resultOf('deadlines', inputs, undefined, '2026-03-10', weekends);
    expect(exact.lines[0]?.formula).toContain('最后一天是2026年3月21日，这天放假，推到2026年3月23日');
    expect(exact.notes.map(({ text }) => text).join()).not.toContain('放假安排');
  });

  it('does not move where it is not known, and says that the arrangement of holidays is missing', () => {
    const result = resultOf('deadlines', { matter: 'sue-after-award', receivedDate: '2026-03-06' });
    expect(lineOf(result, 'sue-award').date).toBe('2026-03-21');
    expect(result.notes.map(({ text }) => text).join()).toContain('放假安排');
  });

  it('that have passed go to a human', () => {
    const reasons = (receivedDate: string) =>
      resultOf('deadlines', { matter: 'sue-after-award', receivedDate }, undefined, '2026-03-18').needsHuman.length;
    expect([reasons('2026-03-02'), reasons('2026-03-03')]).toEqual([1, 0]);
  });

  it('of which no one was told keep the early day, name the year at most, and go to a human', () => {
    const result = resultOf('deadlines', { matter: 'administrative-act', knownDate: '2026-02-01', informed: 'no' });
    expect(lineOf(result, 'reconsideration').date).toBe('2026-04-02');
    expect(result.notes.map(({ text }) => text).join()).toContain('最长不超过一年');
    expect(result.needsHuman.map(({ reason }) => reason)).toEqual(['case-strategy']);
  });

  it('counted under an older law go to a human: a decision known in 2023, a wrong of 2020', () => {
    expect(run('deadlines', { matter: 'administrative-act', knownDate: '2023-12-31', informed: 'yes' })).toMatchObject({
      kind: 'refused',
      human: true,
    });
    expect(run('deadlines', { matter: 'civil', knownDate: '2020-12-31', demandDate: null })).toMatchObject({
      kind: 'refused',
      human: true,
    });
  });

  it('cite how the days are counted, and only name what the pack has no gist of', () => {
    const award = lineOf(resultOf('deadlines', { matter: 'sue-after-award', receivedDate: '2026-03-02' }), 'sue-award');
    expect(award.cites).toEqual([
      { law: '劳动争议调解仲裁法', article: '第五十条' },
      { law: '劳动争议调解仲裁法', article: '第四十八条' },
      { law: '民事诉讼法', article: '第八十五条' },
    ]);
    const civil = lineOf(resultOf('deadlines', { matter: 'civil', knownDate: '2026-03-02', demandDate: null }), 'civil');
    expect(civil.cites).toEqual([{ law: '民法典', article: '第一百八十八条' }]);
    expect(civil.alsoUnder.map(({ article }) => article)).toEqual(['第二百零一条', '第二百零二条', '第二百零三条']);
  });

  it('ask for the day that this matter is counted from', () => {
    expect(askedIds(run('deadlines', {}))).toEqual(['matter']);
    expect(askedIds(run('deadlines', { matter: 'civil' }))).toEqual(['knownDate', 'demandDate']);
    expect(askedIds(run('deadlines', { matter: 'injury-decision' }))).toEqual(['knownDate', 'informed']);
  });

  it('refuse a day to come, of the beginning or of a demand', () => {
    expect(run('deadlines', { matter: 'sue-after-award', receivedDate: '2026-03-11' })).toMatchObject({ kind: 'refused', human: false });
    expect(run('deadlines', { matter: 'civil', knownDate: '2026-03-01', demandDate: '2026-03-11' })).toMatchObject({
      kind: 'refused',
      human: false,
    });
  });
});

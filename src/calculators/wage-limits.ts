import type { Region } from '../domain/law.js';
import { endOfYear, yearOf } from './dates.js';
import { multiply, slotFen, yuan } from './money.js';
import type { Figures, Given, HumanReason, Input, LawFigure, Slot } from './types.js';
import { lawFigure, note, type Working } from './working.js';

/** Where the employer is; it decides the minimum wage and the city's average wage. */
export const placeInput: Input = {
  id: 'place',
  kind: 'choice',
  label: '单位在哪里',
  ask: '单位在哪里？',
  options: [
    { value: '简阳', label: '简阳市' },
    { value: '成都', label: '成都东部新区，或者成都城区、近郊' },
    { value: '四川', label: '四川其他地方' },
    { value: 'other', label: '外省' },
  ],
  optional: true,
};

/** Said where an amount is reckoned from a monthly wage that is taken as it was given. */
export const minimumWageNote = note('正常上满班的工资不能低于当地最低工资；你的月工资比它低的，这里就算少了，请律师一起看。', [
  '劳动法',
  '第四十八条',
]);

export interface Place {
  /** Region whose own minimum wage holds; null outside of what the pack covers. */
  readonly minimumWage: Region | null;
  readonly inChengdu: boolean;
  readonly inSichuan: boolean;
  /** Said with the result where the citizen did not say where it was. */
  readonly assumed: string | null;
  readonly human: HumanReason | null;
}

export function readPlace(given: Given): Place {
  const place = given.choice('place');
  return {
    minimumWage: place === null || place === '简阳' ? '简阳' : place === '成都' ? '成都' : null,
    inChengdu: place === null || place === '简阳' || place === '成都',
    inSichuan: place !== 'other',
    assumed: place === null ? '没有说单位在哪里，这里按简阳市算。' : null,
    human: place === '四川' || place === 'other' ? { reason: 'other-region', text: '单位不在成都，当地的标准要另外查' } : null,
  };
}

export interface OwnWage {
  /** Fen a month; null where the citizen does not know it. */
  readonly fen: number | null;
  /** For the formula: what the wage is and how it was reached. */
  readonly text: string;
  /** It has been held against the average wage, so that an amount may be stated. */
  readonly certain: boolean;
}

/**
 * 本人工资 (工伤保险条例第六十四条): the wage on which contributions were paid, not above 300 % and not below 60 % of the
 * average wage of the pooling area. Where that average is not known the wage stands as it was given and is not certain.
 * @param wage fen a month @param day of the accident; the average is that of the year before, which the article leaves open
 */
export function ownWage(working: Working, figures: Figures, place: Place, wage: number | null, day: string): OwnWage {
  const ceiling = lawFigure(figures, 'own-wage', 'ceiling', day);
  const floor = lawFigure(figures, 'own-wage', 'floor', day);
  const slot = poolingAverage(figures, place, day);
  working.cite(floor.law, floor.article);
  if (wage === null) return { fen: null, text: '本人工资（受伤前一年的平均月缴费工资，还不知道）', certain: false };
  const average = slotFen(slot);
  if (average === null) {
    const name = working.slot(slot, poolingName(day));
    return {
      fen: wage,
      text: `本人工资${working.money(wage)}（低于${name}的${working.law(floor)}的按${working.law(floor)}、高于${working.law(ceiling)}的按${working.law(ceiling)}，这个平均数还没有查到）`,
      certain: false,
    };
  }
  const low = percent(average, floor);
  const high = percent(average, ceiling);
  const averageText = working.slot(slot, poolingName(day), yuan(average));
  if (wage < low) {
    return {
      fen: low,
      text: `本人工资${working.money(wage)}，低于平均工资${averageText}的${working.law(floor)}，按${working.computed(yuan(low))}`,
      certain: true,
    };
  }
  if (wage > high) {
    return {
      fen: high,
      text: `本人工资${working.money(wage)}，高于平均工资${averageText}的${working.law(ceiling)}，按${working.computed(yuan(high))}`,
      certain: true,
    };
  }
  return { fen: wage, text: `本人工资${working.money(wage)}`, certain: true };
}

/** The average wage of the work-injury pooling area in the year before `day`; only that of Chengdu is in the pack. */
export function poolingAverage(figures: Figures, place: Place, day: string): Slot | null {
  if (!place.inChengdu) return null;
  return figures.slot('pooling-average-wage-month', '简阳', endOfYear(yearOf(day) - 1));
}

export function poolingName(day: string): string {
  return `统筹地区${String(yearOf(day) - 1)}年职工月平均工资`;
}

/** “＝65,000元” where the own wage is certain; otherwise what it comes to if it needs no adjusting; nothing where it is unknown. */
export function reckoned(working: Working, wage: OwnWage, amount: number | null): string {
  if (amount === null) return '';
  return `${wage.certain ? '＝' : '；本人工资不用调整的话，是'}${working.computed(yuan(amount))}`;
}

/** “统筹地区2025年职工月平均工资9,000元”, or its name alone where it is not known. */
export function averageOf(working: Working, slot: Slot | null, day: string): string {
  const fen = slotFen(slot);
  if (fen === null) return `${working.slot(slot, poolingName(day))}（还没有查到）`;
  return `${working.computed(poolingName(day))}${working.slot(slot, poolingName(day), yuan(fen))}`;
}

export function percent(fen: number, figure: LawFigure): number {
  return multiply(fen, figure.value, 100);
}

export interface MinimumWage {
  /** The slot of the place itself. */
  readonly own: Slot | null;
  /** Slots between which every minimum wage of the province lies on that day; null where there are none. */
  readonly lowest: Slot | null;
  readonly highest: Slot | null;
}

/** The monthly minimum wage of a place on a day, or the province's tiers between which it must lie. */
export function minimumWageOn(figures: Figures, place: Place, day: string): MinimumWage {
  const known = (slot: Slot | null): Slot | null => (slotFen(slot) === null ? null : slot);
  const tier = (number: number): Slot | null =>
    known(place.inSichuan ? figures.slot(`minimum-wage-month-tier-${String(number)}`, '四川', day) : null);
  const own = place.minimumWage === null ? null : figures.slot('minimum-wage-month', place.minimumWage, day);
  return { own, lowest: known(own) ?? tier(3) ?? tier(2), highest: known(own) ?? tier(1) };
}

/**
 * Raises a monthly amount to the local minimum wage. Where the place's own figure is not known but the province's highest
 * tier is, an amount that reaches it needs no raising.
 * @returns certain: false where neither tells
 */
export function raiseToMinimum(
  working: Working,
  fen: number,
  minimum: MinimumWage,
): { readonly fen: number; readonly text: string; readonly certain: boolean } {
  const { own, highest } = minimum;
  const floor = slotFen(own);
  if (floor !== null) {
    const text = working.slot(own, '当地最低工资', yuan(floor));
    return fen < floor ? { fen: floor, text: `，低于当地最低工资${text}，按最低工资算`, certain: true } : { fen, text: '', certain: true };
  }
  const ceiling = slotFen(highest);
  if (ceiling !== null && fen >= ceiling) {
    working.slot(highest, '全省最高一档的最低工资', yuan(ceiling));
    return { fen, text: '', certain: true };
  }
  const name = working.slot(own, own?.title ?? '当地最低工资');
  return { fen, text: `；低于当地最低工资的按最低工资算（${name}还没有查到）`, certain: false };
}

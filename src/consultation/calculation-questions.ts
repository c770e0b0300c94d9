import type { Input, InputKind } from '../calculators/index.js';
import type { ClarifyingQuestion } from '../domain/answer.js';
import { dateText } from './facts/fact.js';

/** Offered where the calculator can do without. */
export const UNKNOWN_OPTION = '不知道';

/** Kinds whose answers can be told apart in one reply; a date among numbers, money among dates. */
const FREE: Partial<Readonly<Record<InputKind, string>>> = {
  date: 'date',
  money: 'number',
  months: 'number',
  integer: 'number',
  days: 'number',
  hours: 'number',
};

/**
 * What is asked at one time: two questions only where one reply can answer both and be understood. A question with options
 * stands alone, since tapping one answers it alone; so do two that ask for the same kind of thing.
 */
export function togetherWith(missing: readonly Input[]): readonly Input[] {
  const [first, second] = missing;
  if (!first || !second) return missing;
  const [a, b] = [kindOf(first), kindOf(second)];
  return a !== null && b !== null && a !== b ? [first, second] : [first];
}

function kindOf(input: Input): string | null {
  return input.options === undefined && input.mayBeUnknown !== true ? (FREE[input.kind] ?? null) : null;
}

/** The question as the person reads it. @param month the month already known of a date */
export function questionFor(input: Input, month: string | null): ClarifyingQuestion {
  const text = month !== null && input.kind === 'date' ? `${input.ask}（你说过是${dateText(month)}，要具体到哪一天。）` : input.ask;
  return { id: input.id, text, options: firstOptions(input) };
}

/** More options than a telephone shows well: the commonest, and a way to the others. */
const COMMON: Readonly<Record<string, readonly string[]>> = {
  reason: ['unlawful', 'agreed-employer', 'article-38', 'article-40', 'layoff', 'expired-employer', 'closed', 'misconduct', 'resigned'],
  matter: [
    'injury-recognition',
    'arbitration-wages-employed',
    'arbitration-wages-left',
    'arbitration-other',
    'sue-after-award',
    'appraisal-again',
    'enforce',
  ],
};

/** Tapped, it brings the question again with all its options. */
const OTHER_OPTION = '都不是';

function firstOptions(input: Input): string[] {
  const common = COMMON[input.id];
  if (common === undefined) return optionsOf(input);
  const labels = common.flatMap((value) => input.options?.find((option) => option.value === value)?.label ?? []);
  return [...labels, OTHER_OPTION];
}

function optionsOf(input: Input): string[] {
  const own = input.options?.map(({ label }) => label) ?? (input.kind === 'yes-no' ? ['是', '不是'] : []);
  return input.mayBeUnknown === true && !own.includes(UNKNOWN_OPTION) ? [...own, UNKNOWN_OPTION] : own;
}

/** The same thing asked in other words, with an example. */
export function askAgain(input: Input, month: string | null): ClarifyingQuestion {
  const options = optionsOf(input);
  const text =
    options.length > 0 && input.kind !== 'money' && input.kind !== 'date' && input.kind !== 'months'
      ? `“${input.label}”我没看懂，请点下面的一个，或者照着写。`
      : `“${input.label}”${month !== null && input.kind === 'date' ? `知道是${dateText(month)}了，还差哪一天` : '我没看懂'}，请这样写：${exampleOf(input)}。`;
  return { id: input.id, text, options };
}

function exampleOf(input: Input): string {
  switch (input.kind) {
    case 'date':
      return '2025年3月5日';
    case 'money':
      return '5500元';
    case 'months':
      return '3个月';
    case 'hours':
      return '20小时；按天算的写“3天，每天8小时”';
    case 'days':
      return '2天；没有就写0';
    case 'integer':
      return input.id === 'grade' ? '8级' : input.id === 'year' ? '2025年' : input.id === 'workedMonths' ? '5年，或者60个月' : '2';
    case 'yes-no':
    case 'choice':
      return input.options?.[0]?.label ?? '是';
  }
}

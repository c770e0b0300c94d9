import type { InputValue } from '../calculators/index.js';
import { isDay } from '../calculators/dates.js';
import { deadlineMatterOf } from './calculation-choose.js';
import { factOf, type Fact, type FactId } from './facts/index.js';

/** What a conversation already tells a calculator. */
export interface KnownInputs {
  readonly inputs: Readonly<Record<string, InputValue>>;
  /** Dates that are known as far as the month: the day has to be asked. */
  readonly months: Readonly<Record<string, string>>;
}

/** Inputs that take a fact's value as it is, where it is exact. */
const SAME: Readonly<Record<string, Readonly<Record<string, FactId>>>> = {
  'work-injury': {
    injuryDate: 'injury-date',
    deathDate: 'death-date',
    grade: 'grade',
    stopWorkMonths: 'stop-work-months',
    usualWage: 'monthly-wage',
    place: 'place',
  },
  severance: { startDate: 'start-date', endDate: 'end-date', averageWage: 'monthly-wage', place: 'place' },
  'double-wage': { startDate: 'start-date', endDate: 'end-date', monthlyWage: 'monthly-wage' },
  overtime: { monthlyWage: 'monthly-wage' },
  'annual-leave': { joinDate: 'start-date', leaveDate: 'end-date', monthlyWage: 'monthly-wage' },
  'wage-arrears': { owed: 'owed', place: 'place' },
  deadlines: { accidentDate: 'injury-date', leftDate: 'end-date' },
};

/**
 * The inputs of a calculator that the facts and the question already tell. What was said roughly ("六千多") or only as far
 * as the year is not taken: it is asked.
 */
export function inputsFrom(id: string, facts: readonly Fact[], question: string, day: string): KnownInputs {
  const inputs: Record<string, InputValue> = {};
  const months: Record<string, string> = {};
  for (const [input, factId] of Object.entries(SAME[id] ?? {})) {
    const fact = factOf(facts, factId);
    if (!fact) continue;
    const { value } = fact;
    if (typeof value === 'string' && /^\d{4}/.test(value)) {
      if (isDay(value) && fact.exact) inputs[input] = value;
      else if (/^\d{4}-\d{2}$/.test(value)) months[input] = value;
    } else if (fact.exact && fitsHalves(input, value)) inputs[input] = value;
  }
  return { inputs: { ...inputs, ...told(id, facts, question.normalize('NFKC'), inputs, day) }, months };
}

function fitsHalves(input: string, value: InputValue): boolean {
  return input !== 'stopWorkMonths' || (typeof value === 'number' && Number.isInteger(value * 2));
}

type Told = Readonly<Record<string, InputValue>>;

function told(id: string, facts: readonly Fact[], question: string, same: Told, day: string): Told {
  const value = (fact: FactId): InputValue => factOf(facts, fact)?.value ?? null;
  const given = (pairs: Readonly<Record<string, InputValue>>): Told =>
    Object.fromEntries(Object.entries(pairs).filter(([, one]) => one !== null));
  switch (id) {
    case 'work-injury': {
      const outcome =
        value('death') === true ? 'death' : value('grade') !== null ? 'grade' : value('appraised') === false ? 'ungraded' : null;
      return given({ outcome, insured: yesNo(value('insured')), leaving: leaving(value('employment'), value('ending')) });
    }
    case 'severance':
      return given({
        reason: reason(value('ending')),
        notice: value('notice') === true ? 'noticed' : value('notice') === false ? 'none' : null,
      });
    case 'double-wage':
      return given({ signed: value('contract') === false ? 'never' : null, left: left(value('employment'), same['endDate']) });
    case 'annual-leave':
      return given({ year: yearAsked(question, day) });
    case 'wage-arrears':
      return given({
        kind: /最低工资/.test(question) ? null : same['owed'] === undefined && !/欠|没发|不发|没给/.test(question) ? null : 'unpaid',
        construction: /工地|建筑|农民工/.test(question) && /农民工|工地/.test(question) ? true : null,
      });
    case 'deadlines':
      return given({ matter: question === '' ? null : deadlineMatterOf(question, facts) });
    default:
      return {};
  }
}

function yesNo(value: InputValue): string | null {
  return value === null ? null : value === true ? 'yes' : 'no';
}

function leaving(employment: InputValue, ending: InputValue): string | null {
  if (ending === 'quit') return 'resigned';
  if (ending === 'expired' || ending === 'expired-employer') return 'expired';
  if (ending === 'dismissed' || ending === 'laid-off') return 'dismissed';
  return employment === 'still' ? 'stays' : null;
}

/** Only what the words settle: why someone was dismissed, or quit, has to be asked. */
function reason(ending: InputValue): string | null {
  const settled: Readonly<Record<string, string>> = {
    'laid-off': 'layoff',
    'expired-employer': 'expired-employer',
    closed: 'closed',
    'quit-forced': 'article-38',
  };
  return typeof ending === 'string' ? (settled[ending] ?? null) : null;
}

function left(employment: InputValue, end: InputValue | undefined): boolean | null {
  if (employment === 'left' || end !== undefined) return true;
  return employment === 'still' ? false : null;
}

/** "今年的年休假", "2025年没休年假". Null where no year, or more than one, is named. */
function yearAsked(question: string, day: string): number | null {
  const named = new Set([
    ...[...question.matchAll(/(20\d{2})年?(?:度)?的?(?:[^,，。\d]{0,8})(?:年休假|年假)/g)].map(([, year]) => Number(year)),
    ...(/今年[^,，。]{0,8}(?:年休假|年假)/.test(question) ? [Number(day.slice(0, 4))] : []),
    ...(/去年[^,，。]{0,8}(?:年休假|年假)/.test(question) ? [Number(day.slice(0, 4)) - 1] : []),
  ]);
  const [year = null] = named;
  return named.size === 1 ? year : null;
}

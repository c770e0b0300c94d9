import { BaimiError } from '../domain/errors.js';
import { annualLeave } from './annual-leave.js';
import { deadlines } from './deadlines.js';
import { doubleWage } from './double-wage.js';
import { overtime } from './overtime.js';
import { severance } from './severance.js';
import type { Calculation, Calculator, Figures, Inputs } from './types.js';
import { wageArrears } from './wage-arrears.js';
import { workInjury } from './work-injury.js';
import type { WorkingCalendar } from './working-days.js';

export type * from './types.js';
export { simpleCalendar, type WorkingCalendar } from './working-days.js';

export const CALCULATORS: readonly Calculator[] = [workInjury, severance, doubleWage, overtime, annualLeave, wageArrears, deadlines];

/**
 * Runs one calculator.
 * @param today ISO day in China
 * @param calendar working days, for periods that end on a holiday; a simple one that moves nothing stands in for it
 * @throws BaimiError `not-found` for an unknown id, `bad-knowledge` where the pack lacks a figure of law
 */
export function runCalculator(id: string, inputs: Inputs, figures: Figures, today: string, calendar?: WorkingCalendar): Calculation {
  const calculator = CALCULATORS.find((candidate) => candidate.id === id);
  if (!calculator) {
    throw new BaimiError('not-found', `没有叫“${id}”的计算器。怎么改：用 ${CALCULATORS.map((one) => one.id).join('、')} 之一`);
  }
  return calculator.run(inputs, figures, today, calendar);
}

import { isDay } from './dates.js';
import type { Calculation, Given, Input, InputQuestion, Inputs, InputValue } from './types.js';

/** A thousand million yuan; beyond it a figure was mistyped. */
const MOST_MONEY = 100_000_000_000;
/** Questions put at one time. */
const MOST_QUESTIONS = 2;

type Checked = { readonly kind: 'ready'; readonly given: Given } | Exclude<Calculation, { kind: 'result' }>;

/**
 * Checks what was given against what the calculator declares: the wrong form is refused with what to do, and what is
 * needed and absent is asked for, in the order in which the inputs stand, at most two at a time. Who does not know what
 * nothing can be reckoned without is asked nothing more.
 */
export function checkInputs(declared: readonly Input[], inputs: Inputs): Checked {
  for (const input of declared) {
    const value = inputs[input.id];
    if (value === undefined || value === null) continue;
    const wrong = whatIsWrong(input, value);
    if (wrong !== null) return { kind: 'refused', reason: `“${input.label}”${wrong}`, remedy: '核对以后重新填。', human: false };
  }
  const given = read(declared, inputs);
  const needed = declared.filter((input) => input.optional !== true && (input.neededWhen?.(given) ?? true));
  const unknown = needed.find((input) => inputs[input.id] === null && input.mayBeUnknown !== true);
  if (unknown) {
    return {
      kind: 'refused',
      reason: `不知道“${unknown.label}”，就算不出来`,
      remedy: '先查一查合同、工资条、银行流水或者文书上的日子；查不到的，找律师帮你核实。',
      human: true,
    };
  }
  // a later question may depend on an earlier answer, so only those whose condition is already known are put
  const absent = needed.filter((input) => inputs[input.id] === undefined);
  if (absent.length > 0) return { kind: 'missing', ask: absent.slice(0, MOST_QUESTIONS).map(question) };
  return { kind: 'ready', given };
}

function question({ id, kind, ask, options }: Input): InputQuestion {
  return options === undefined ? { id, kind, ask } : { id, kind, ask, options };
}

function read(declared: readonly Input[], inputs: Inputs): Given {
  const kinds = new Map(declared.map((input) => [input.id, input.kind]));
  const value = <T>(id: string, of: readonly string[], is: (value: InputValue) => value is T & InputValue): T | null => {
    const kind = kinds.get(id);
    if (kind === undefined || !of.includes(kind)) throw new Error(`the calculator declares no input “${id}” of kind ${of.join(', ')}`);
    const found = inputs[id] ?? null;
    return found !== null && is(found) ? found : null;
  };
  const isNumber = (found: InputValue): found is number => typeof found === 'number';
  const isText = (found: InputValue): found is string => typeof found === 'string';
  const isBoolean = (found: InputValue): found is boolean => typeof found === 'boolean';
  return {
    money: (id) => value(id, ['money'], isNumber),
    date: (id) => value(id, ['date'], isText),
    number: (id) => value(id, ['months', 'integer', 'days', 'hours'], isNumber),
    choice: (id) => value(id, ['choice'], isText),
    yes: (id) => value(id, ['yes-no'], isBoolean),
  };
}

/** Smallest part of each kind of number. */
const PARTS = { money: 1, integer: 1, months: 2, days: 2, hours: 100 } as const;

function whatIsWrong(input: Input, value: Exclude<InputValue, null>): string | null {
  switch (input.kind) {
    case 'date':
      return typeof value === 'string' && isDay(value) ? null : '不是一个真实的日子';
    case 'choice':
      return input.options?.some((option) => option.value === value) === true ? null : '不在可选的答案里';
    case 'yes-no':
      return typeof value === 'boolean' ? null : '只能答是或者不是';
    case 'money':
    case 'integer':
    case 'months':
    case 'days':
    case 'hours': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return '不是一个数';
      if (value < 0) return '不能是负数';
      const parts = value * PARTS[input.kind];
      if (Math.abs(parts - Math.round(parts)) > 1e-6) return '写得太细了，金额写到分，天数和月数写到一半，小时写到小数点后两位';
      if (value < (input.min ?? 0)) return input.kind === 'money' ? '不能是零' : `不能小于${String(input.min)}`;
      if (value > (input.max ?? (input.kind === 'money' ? MOST_MONEY : 100_000)))
        return input.max === undefined ? '太大了，多半是写错了' : `不能大于${String(input.max)}`;
      return null;
    }
  }
}

import { useId } from 'react';
import type { CalculatorInputView } from '../../../domain/desk-views.js';

type Value = string | number | boolean | null | undefined;

const UNITS: Readonly<Partial<Record<CalculatorInputView['kind'], string>>> = { money: '元', months: '个月', days: '天', hours: '小时' };

interface Props {
  readonly input: CalculatorInputView;
  readonly value: Value;
  /** Undefined: not filled in; null: not known. */
  readonly onValue: (value: Value) => void;
}

/** One thing that a calculator asks for. */
export function CalculatorField({ input, value, onValue }: Props) {
  const id = useId();
  const { kind, label, ask, options } = input;
  const unit = UNITS[kind];
  const choices: readonly (readonly [string, string])[] =
    kind === 'yes-no'
      ? [
          ['yes', '是'],
          ['no', '不是'],
        ]
      : options.map((option) => [option.value, option.label] as const);
  const common = { id, 'data-testid': `input-${input.id}`, 'aria-describedby': `${id}-ask` };
  const field =
    kind === 'choice' || kind === 'yes-no' ? (
      <select
        {...common}
        value={value === undefined ? '' : value === null ? 'unknown' : value === true ? 'yes' : value === false ? 'no' : String(value)}
        onChange={({ target }) => {
          if (target.value === '') onValue(undefined);
          else if (target.value === 'unknown') onValue(null);
          else onValue(kind === 'yes-no' ? target.value === 'yes' : target.value);
        }}
      >
        <option value="">请选</option>
        {choices.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
        <option value="unknown">不知道</option>
      </select>
    ) : (
      <input
        {...common}
        type={kind === 'date' ? 'date' : 'number'}
        inputMode={kind === 'date' ? undefined : 'decimal'}
        step="any"
        min={0}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={({ target }) => {
          onValue(target.value === '' ? undefined : kind === 'date' ? target.value : Number(target.value));
        }}
      />
    );
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {unit !== undefined && `（${unit}）`}
      </label>
      {field}
      <p id={`${id}-ask`}>
        {ask}
        {kind !== 'choice' && kind !== 'yes-no' && (
          <button
            type="button"
            className="text-button unknown"
            aria-pressed={value === null}
            onClick={() => {
              onValue(value === null ? undefined : null);
            }}
          >
            {value === null ? '已选“不知道”' : '不知道'}
          </button>
        )}
      </p>
    </div>
  );
}

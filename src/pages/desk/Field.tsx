import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: string;
  readonly testId: string;
  readonly hint?: string;
  /** It takes the cursor when it appears. */
  readonly autoFocus?: boolean;
}

/** A labelled input. */
export function Field({ label, type, value, onChange, autoComplete, testId, hint, autoFocus = false }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        required
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        data-testid={testId}
        autoFocus={autoFocus}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

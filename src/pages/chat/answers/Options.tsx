import { useState } from 'react';

interface Props {
  readonly options: readonly string[];
  /** One tap answers the question: the others are then off. */
  readonly onlyOne: boolean;
  readonly label: string;
  readonly onSay: (text: string) => void;
}

/** More, or longer ones, stand one below the other. */
const MOST_IN_A_ROW = 4;
const LONGEST_IN_A_ROW = 10;

function inAColumn(options: readonly string[]): boolean {
  return options.length > MOST_IN_A_ROW || options.some((option) => Array.from(option).length > LONGEST_IN_A_ROW);
}

/** Tappable replies; each is sent as it reads. */
export function Options({ options, onlyOne, label, onSay }: Props) {
  const [tapped, setTapped] = useState<readonly string[]>([]);
  if (options.length === 0) return null;
  return (
    <div className={`options ${inAColumn(options) ? 'options-column' : ''}`} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className="button button-quiet option"
          data-testid="option"
          aria-pressed={tapped.includes(option)}
          disabled={onlyOne ? tapped.length > 0 : tapped.includes(option)}
          onClick={() => {
            setTapped([...tapped, option]);
            onSay(option);
          }}
        >
          {option}
        </button>
      ))}
    </div>
  );
}

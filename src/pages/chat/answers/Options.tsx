import { useState } from 'react';

interface Props {
  readonly options: readonly string[];
  /** One tap answers the question: the others are then off. */
  readonly onlyOne: boolean;
  readonly label: string;
  readonly onSay: (text: string) => void;
}

/** Tappable replies; each is sent as it reads. */
export function Options({ options, onlyOne, label, onSay }: Props) {
  const [tapped, setTapped] = useState<readonly string[]>([]);
  if (options.length === 0) return null;
  return (
    <div className="options" role="group" aria-label={label}>
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

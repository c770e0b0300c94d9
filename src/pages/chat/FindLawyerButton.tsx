import { PersonIcon } from './icons.js';

interface Props {
  readonly testId: string;
  readonly kind: 'primary' | 'quiet';
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

/** 找律师: asks for a human. */
export function FindLawyerButton({ testId, kind, onClick, disabled = false }: Props) {
  return (
    <button type="button" className={`button button-${kind} find-lawyer`} data-testid={testId} onClick={onClick} disabled={disabled}>
      <PersonIcon />
      找律师
    </button>
  );
}

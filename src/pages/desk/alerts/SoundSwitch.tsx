interface Props {
  readonly sound: boolean;
  readonly onSound: (on: boolean) => void;
}

/** Whether a tone tells of new work; remembered on this device. */
export function SoundSwitch({ sound, onSound }: Props) {
  return (
    <button
      type="button"
      className="chip"
      data-testid="sound"
      aria-pressed={sound}
      onClick={() => {
        onSound(!sound);
      }}
    >
      {sound ? '提示音：开' : '提示音：关'}
    </button>
  );
}

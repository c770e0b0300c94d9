const STROKE = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** A person with a speech bubble: a human to talk to. */
export function PersonIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" {...STROKE}>
      <circle cx="9" cy="9" r="3.500" />
      <path d="M2.500 20c.6-3.600 3.200-5.500 6.500-5.500s5.900 1.900 6.500 5.500" />
      <path d="M15 3.500h5A1.500 1.500 0 0 1 21.500 5v3.500A1.500 1.500 0 0 1 20 10h-1l-2 2v-2" />
    </svg>
  );
}

/** A paper clip: a file to go with it. */
export function ClipIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" {...STROKE}>
      <path d="m20 11.500-8.200 8.200a5 5 0 0 1-7.100-7.100l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700l-8.400 8.400a1.700 1.700 0 0 1-2.400-2.400l7.600-7.600" />
    </svg>
  );
}

/** An arrow upwards: send. */
export function SendIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" {...STROKE} strokeWidth={2.4}>
      <path d="M12 19V5.500M5.500 11.500 12 5l6.500 6.500" />
    </svg>
  );
}

/** An arrow to the right: this goes on. */
export function NextIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" {...STROKE}>
      <path d="m9 5.500 6.500 6.500L9 18.500" />
    </svg>
  );
}

import { momentText } from '../shared/times.js';

const SHOW_AFTER_MS = 10 * 60_000;

interface Props {
  readonly at: number;
  /** When the message before it came; null where it is the first. */
  readonly previous: number | null;
}

/** The time, where a while has passed. */
export function TimeLine({ at, previous }: Props) {
  if (previous !== null && at - previous < SHOW_AFTER_MS) return null;
  return (
    <p className="time-line">
      <time dateTime={new Date(at).toISOString()}>{momentText(at, Date.now())}</time>
    </p>
  );
}

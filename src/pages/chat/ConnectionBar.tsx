import { useLasting } from '../shared/use-lasting.js';

/** A short break mends itself unseen. */
const SHOW_AFTER_MS = 2_000;

/** Says that the line is down and that nothing needs doing. */
export function ConnectionBar({ lost }: { readonly lost: boolean }) {
  const shown = useLasting(lost, SHOW_AFTER_MS);
  return (
    <div role="status">
      {shown && (
        <p className="bar bar-lost" data-testid="connection-lost">
          网络断了，正在重连…
        </p>
      )}
    </div>
  );
}

import { useLasting } from '../shared/use-lasting.js';

const SLOW_MS = 10_000;
const VERY_SLOW_MS = 30_000;

function waitingWords(toLawyer: boolean, slow: boolean, verySlow: boolean): string {
  if (toLawyer) return '正在送到律师那里';
  if (verySlow) return '这次有点久。您可以再等等，也可以点“找律师”。';
  return slow ? '还在查，请再等一下' : '正在查法律条文';
}

/** Shown from sending until somebody says something. */
export function WaitingLine({ toLawyer }: { readonly toLawyer: boolean }) {
  const slow = useLasting(true, SLOW_MS);
  const verySlow = useLasting(true, VERY_SLOW_MS);
  return (
    <p className="waiting" data-testid="waiting">
      <span className="waiting-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {waitingWords(toLawyer, slow, verySlow)}
    </p>
  );
}

import { StatementList } from './StatementList.js';

/** What limits the answer. */
export function Caveats({ caveats }: { readonly caveats: readonly string[] }) {
  return <StatementList title="请注意" lines={caveats} className="caveats" testId="caveats" />;
}

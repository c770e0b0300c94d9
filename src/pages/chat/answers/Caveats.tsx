import { Rest } from './Rest.js';
import { StatementList } from './StatementList.js';

/** Caveats at first sight, most important first. */
const FIRST_CAVEATS = 3;

/** What limits the answer. */
export function Caveats({ caveats }: { readonly caveats: readonly string[] }) {
  if (caveats.length === 0) return null;
  return (
    <div className="caveats" data-testid="caveats">
      <StatementList title="请注意" lines={caveats.slice(0, FIRST_CAVEATS)} />
      <Rest name="还有" count={caveats.length - FIRST_CAVEATS}>
        <StatementList title={null} lines={caveats.slice(FIRST_CAVEATS)} />
      </Rest>
    </div>
  );
}

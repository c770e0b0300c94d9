import type { Citation } from '../../../domain/answer.js';
import { CitationItem } from './CitationItem.js';

/** The provisions an answer rests on, best first. */
export function Citations({ citations }: { readonly citations: readonly Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <section className="citations">
      <h3>
        法律依据<span className="section-hint">点开看内容</span>
      </h3>
      {citations.map((citation) => (
        <CitationItem key={`${citation.law}${citation.article}`} citation={citation} />
      ))}
    </section>
  );
}

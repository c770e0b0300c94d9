import type { Citation } from '../../../domain/answer.js';
import { CitationItem } from './CitationItem.js';

interface Props {
  readonly title: string;
  readonly citations: readonly Citation[];
  /** Only the title is seen until it is tapped. */
  readonly folded: boolean;
}

/** Provisions, best first; each is tapped to be read. */
export function Citations({ title, citations, folded }: Props) {
  if (citations.length === 0) return null;
  const list = (
    <div className="fold-list">
      {citations.map((citation) => (
        <CitationItem key={`${citation.law}${citation.article}`} citation={citation} />
      ))}
    </div>
  );
  if (folded) {
    return (
      <details className="citation-group" data-testid="citation-group">
        <summary>
          <h3>
            {title}
            <span className="section-hint">{citations.length}条</span>
          </h3>
          <span className="fold-chevron" aria-hidden="true" />
        </summary>
        {list}
      </details>
    );
  }
  return (
    <section className="citations">
      <h3>
        {title}
        <span className="section-hint">点开看内容</span>
      </h3>
      {list}
    </section>
  );
}

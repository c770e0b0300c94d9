import type { Citation } from '../../../domain/answer.js';
import { dayText } from '../../shared/times.js';

/** What kind of text it is, where it holds and since when. */
function citationFacts({ level, region, published, inForceFrom }: Citation): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [];
  if (level !== null) facts.push(['级别', level]);
  facts.push(['适用', region]);
  if (published !== null) facts.push(['公布', dayText(published)]);
  if (inForceFrom !== null) facts.push(['施行', dayText(inForceFrom)]);
  return facts;
}

/** One provision; a tap shows what it says. */
export function CitationItem({ citation }: { readonly citation: Citation }) {
  const { law, article, plain, rule, official, verified, source } = citation;
  return (
    <details className="fold citation" data-testid="citation">
      <summary>
        <span className="fold-name citation-name">
          《{law}》<b>{article}</b>
          {!verified && <span className="badge badge-amber">待核实</span>}
        </span>
        <span className="fold-chevron" aria-hidden="true" />
      </summary>
      <div className="fold-body">
        {plain !== '' && <p className="citation-plain lines">{plain}</p>}
        {rule !== '' && <p className="lines">{rule}</p>}
        {official !== null && (
          <blockquote className="citation-official">
            <h4>条文原文</h4>
            <p className="lines">{official}</p>
          </blockquote>
        )}
        {!verified && (
          <p className="citation-unverified lines">这一条还没有核实，不能单独作依据。{source !== null && <>来源：{source}</>}</p>
        )}
        <dl className="citation-facts">
          {citationFacts(citation).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

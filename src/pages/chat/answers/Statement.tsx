import { sourceNames, splitSource } from '../../shared/source-names.js';

const UNVERIFIED = '待核实：';

/**
 * A sentence whose source stands at its end in 〔 〕: the source is set small, below it. What a sum takes from a figure that no
 * lawyer has verified yet stands there too, and is marked.
 */
export function Statement({ text }: { readonly text: string }) {
  const { sentence, source } = splitSource(text);
  if (source === null) return <>{text}</>;
  return (
    <>
      {sentence}
      {source.startsWith(UNVERIFIED) ? (
        <small className="source">
          <span className="badge badge-amber">待核实</span> {source.slice(UNVERIFIED.length)}
        </small>
      ) : (
        <small className="source">{sourceNames(source)}</small>
      )}
    </>
  );
}

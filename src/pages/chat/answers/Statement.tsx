/** A sentence whose source stands at its end in 〔 〕: the source is set small, below it. */
export function Statement({ text }: { readonly text: string }) {
  const [, sentence, source] = /^([\s\S]*)〔([^〔〕]+)〕$/.exec(text) ?? [];
  if (sentence === undefined || source === undefined) return <>{text}</>;
  return (
    <>
      {sentence}
      <small className="source">{source}</small>
    </>
  );
}

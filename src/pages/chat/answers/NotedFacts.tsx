interface Props {
  readonly noted: readonly string[];
  readonly onCorrect: (fact: string) => void;
}

/** What the machine has understood of the person's case; a tap begins its correction. */
export function NotedFacts({ noted, onCorrect }: Props) {
  if (noted.length === 0) return null;
  return (
    <section className="noted" aria-label="我记下的" data-testid="noted">
      <p>我记下的：</p>
      <ul>
        {noted.map((fact) => (
          <li key={fact}>
            <button
              type="button"
              className="noted-fact"
              data-testid="noted-fact"
              aria-label={`${fact}，不对就点这里改`}
              onClick={() => {
                onCorrect(fact);
              }}
            >
              {fact}
            </button>
          </li>
        ))}
      </ul>
      <p className="noted-hint">不对就直接告诉我，比如“不是5000，是5500”；点一下也能改。</p>
    </section>
  );
}

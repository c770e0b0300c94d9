import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly count: number;
  readonly children: ReactNode;
}

/** The rest of a list, to be opened; nothing where there is none. */
export function Rest({ name, count, children }: Props) {
  if (count <= 0) return null;
  return (
    <details className="rest" data-testid="rest">
      <summary>
        {name}
        {count}条
        <span className="fold-chevron" aria-hidden="true" />
      </summary>
      {children}
    </details>
  );
}

import type { ReactNode } from 'react';
import { Logo } from '../shared/Logo.js';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** The frame of the forms before the desk. */
export function EntranceCard({ title, hint, children }: Props) {
  return (
    <main className="entrance">
      <div className="entrance-card">
        <div className="entrance-name">
          <Logo />
          <span>百米问法</span>
        </div>
        <h1>{title}</h1>
        {hint !== undefined && <p className="entrance-hint">{hint}</p>}
        {children}
      </div>
    </main>
  );
}

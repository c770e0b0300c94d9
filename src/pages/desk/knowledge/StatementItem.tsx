import { useState } from 'react';
import type { StatementView } from '../../../domain/knowledge-views.js';
import { Field } from '../Field.js';

interface Props {
  readonly statement: StatementView;
  readonly busy: boolean;
  readonly onVerify: (against: string) => void;
  readonly onWithdraw: () => void;
}

/** A statement known at second hand: what it says, where it was read, and who has compared it. */
export function StatementItem({ statement, busy, onVerify, onWithdraw }: Props) {
  const { law, article, says, source, conflict, verified } = statement;
  const [against, setAgainst] = useState<string | null>(null);
  return (
    <li className="knowledge-item" data-testid="statement">
      <h3>
        《{law}》{article}
      </h3>
      <p>{says}</p>
      <p className="section-about">来源：{source}</p>
      {conflict !== null && <p>几个来源说法不一（{conflict}），不用，也不能核实。查到原文后改知识库。</p>}
      {verified !== null && (
        <p>
          {verified.by} {verified.on} 已核实，对照：{verified.against}{' '}
          <button type="button" className="button button-quiet" disabled={busy} onClick={onWithdraw}>
            撤回核实
          </button>
        </p>
      )}
      {conflict === null && verified === null && against === null && (
        <button
          type="button"
          className="button button-quiet"
          data-testid="statement-begin"
          onClick={() => {
            setAgainst('');
          }}
        >
          我对照过原文，来核实
        </button>
      )}
      {verified === null && against !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onVerify(against);
          }}
        >
          <Field
            label="对照的是什么"
            hint="发文机关、文号或者网址"
            type="text"
            autoComplete="off"
            testId="statement-against"
            value={against}
            onChange={setAgainst}
          />
          <button type="submit" className="button button-primary" disabled={busy} data-testid="statement-verify">
            一字不差，核实
          </button>
        </form>
      )}
    </li>
  );
}

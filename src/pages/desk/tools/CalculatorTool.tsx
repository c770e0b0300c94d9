import { useCallback, useState } from 'react';
import type { CalculationView, CalculatorView } from '../../../domain/desk-views.js';
import { failureText } from '../../shared/request.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { CalculatorField } from './CalculatorField.js';
import type { ToolProps } from './tool.js';
import { toolRequests, type Inputs } from './tool-requests.js';

/** Reckons a sum or a time limit, each line with its articles. */
export function CalculatorTool({ client, insert }: ToolProps) {
  const { value, failure } = useLoaded(useCallback(() => toolRequests.calculators(client), [client]));
  const [id, setId] = useState('');
  const chosen = value?.find((one) => one.id === id) ?? null;
  return (
    <div className="calculator">
      <FormFailure text={failure} />
      <label className="visually-hidden" htmlFor="calculator-choice">
        算什么
      </label>
      <select
        id="calculator-choice"
        className="tool-search"
        data-testid="calculator-choice"
        value={id}
        onChange={(event) => {
          setId(event.target.value);
        }}
      >
        <option value="">算什么？</option>
        {value?.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
      {chosen !== null && <Calculate key={chosen.id} client={client} calculator={chosen} insert={insert} />}
    </div>
  );
}

interface CalculateProps extends Pick<ToolProps, 'client' | 'insert'> {
  readonly calculator: CalculatorView;
}

/** Asks for what is missing a step at a time: what was asked so far stays to be changed. */
function Calculate({ client, calculator, insert }: CalculateProps) {
  const [inputs, setInputs] = useState<Inputs>({});
  const [asked, setAsked] = useState<readonly string[]>(() =>
    calculator.inputs
      .filter(({ optional }) => !optional)
      .slice(0, 2)
      .map(({ id }) => id),
  );
  const [result, setResult] = useState<CalculationView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const next = await toolRequests.calculate(client, calculator.id, inputs);
      setResult(next);
      if (next.kind === 'missing') setAsked([...new Set([...asked, ...next.inputs])]);
    } catch (error) {
      setFailure(failureText(error));
    }
    setBusy(false);
  };
  const shown = calculator.inputs.filter(({ id }) => asked.includes(id));
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {shown.map((input) => (
          <CalculatorField
            key={input.id}
            input={input}
            value={inputs[input.id]}
            onValue={(value) => {
              setInputs(
                Object.fromEntries(
                  Object.entries({ ...inputs, [input.id]: value }).flatMap(([key, one]) => (one === undefined ? [] : [[key, one]])),
                ),
              );
              setResult(null);
            }}
          />
        ))}
        {result?.kind === 'missing' && <p className="reply-hint">还差几项，请接着填。</p>}
        <FormFailure text={failure ?? (result?.kind === 'refused' ? result.text : null)} />
        <button type="submit" className="button button-quiet" data-testid="calculate" disabled={busy}>
          算一算
        </button>
      </form>
      {result?.kind === 'result' && <Result result={result} insert={insert} />}
    </>
  );
}

function Result({
  result,
  insert,
}: {
  readonly result: Extract<CalculationView, { kind: 'result' }>;
  readonly insert: ToolProps['insert'];
}) {
  return (
    <div className="calculation" data-testid="calculation-result" role="status">
      {result.total !== '' && <p className="calculation-total">{result.total}</p>}
      <ol>
        {result.lines.map((line) => (
          <li key={`${line.label}${line.formula}`}>
            <p className="calculation-line">
              <b>{line.label}</b> <span>{line.amount}</span>
            </p>
            <p className="lines">{line.formula}</p>
            {line.articles.length > 0 && <p className="calculation-articles">{line.articles.join('；')}</p>}
          </li>
        ))}
      </ol>
      {result.notes.map((note) => (
        <p key={note} className="calculation-note lines">
          {note}
        </p>
      ))}
      {insert !== null && (
        <button
          type="button"
          className="button button-quiet"
          data-testid="calculation-insert"
          onClick={() => {
            insert(result.insert);
          }}
        >
          放进回复
        </button>
      )}
    </div>
  );
}

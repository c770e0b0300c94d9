import { useId, useRef, useState } from 'react';
import type { PaperState } from '../../../domain/desk-views.js';
import { newId } from '../../shared/new-id.js';
import { FormFailure } from '../FormFailure.js';
import { toolRequests } from '../tools/tool-requests.js';
import type { OpenTicket } from '../use-ticket.js';
import { Dialog } from './Dialog.js';

interface Props {
  readonly number: string;
  readonly papers: readonly PaperState[];
  readonly act: OpenTicket['act'];
  readonly onDone: () => void;
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n、]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Papers that the citizen is asked for: ticked from what the case needs, or written in. */
export function PapersDialog({ number, papers, act, onDone }: Props) {
  const id = useId();
  const [ticked, setTicked] = useState<readonly string[]>(() => papers.filter(({ held }) => held === false).map(({ name }) => name));
  const [others, setOthers] = useState('');
  const [words, setWords] = useState('');
  const [objection, setObjection] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useRef(newId());
  const ask = async (): Promise<void> => {
    const asked = [...ticked, ...linesOf(others)];
    if (asked.length === 0) {
      setObjection('请至少选一样，或者自己写一样。');
      return;
    }
    setBusy(true);
    const { current: key } = attempt;
    await act((client) => toolRequests.askPapers(client, number, { id: key, papers: asked, words: words.trim() }));
    onDone(); // a refusal is told above the ticket
  };
  return (
    <Dialog title="请当事人补材料" onClose={onDone} look="sheet" testId="papers-dialog">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        {papers.length > 0 && (
          <fieldset className="ticks">
            <legend>要哪些</legend>
            {papers.map(({ name, held }) => (
              <label key={name} className="check">
                <input
                  type="checkbox"
                  data-testid="paper"
                  checked={ticked.includes(name)}
                  onChange={(event) => {
                    setTicked(event.target.checked ? [...ticked, name] : ticked.filter((one) => one !== name));
                  }}
                />
                {name}
                {held === true && <span className="badge badge-grey">说过手里有</span>}
              </label>
            ))}
          </fieldset>
        )}
        <div className="field">
          <label htmlFor={`${id}-others`}>别的材料（一行一样）</label>
          <textarea
            id={`${id}-others`}
            rows={2}
            data-testid="papers-others"
            value={others}
            onChange={(event) => {
              setOthers(event.target.value);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-words`}>对当事人说的话（可以不写）</label>
          <textarea
            id={`${id}-words`}
            rows={2}
            data-testid="papers-words"
            placeholder="例如：拍照发过来就行，不用跑一趟。"
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
            }}
          />
        </div>
        <FormFailure text={objection} />
        <div className="dialog-row">
          <button type="submit" className="button button-primary" data-testid="papers-send" disabled={busy}>
            发给当事人
          </button>
        </div>
      </form>
    </Dialog>
  );
}

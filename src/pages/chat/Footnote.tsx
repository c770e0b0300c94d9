import type { Footnote as Note } from '../../domain/message.js';
import { Options } from './answers/Options.js';

interface Props {
  readonly footnote: Note;
  /** Something was said after it. */
  readonly over: boolean;
  readonly onSay: (text: string) => void;
}

/** What stands under an answer besides: a form that waits, what is kept. */
export function Footnote({ footnote, over, onSay }: Props) {
  return (
    <aside className="footnote" data-testid="footnote">
      <p className="card-hint lines">{footnote.text}</p>
      {!over && <Options options={footnote.options} onlyOne label="可以点一个" onSay={onSay} />}
    </aside>
  );
}

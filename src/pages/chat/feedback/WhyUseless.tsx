import { useId, useState } from 'react';
import { FEEDBACK_REASONS, FEEDBACK_REASON_NAMES, FEEDBACK_TEXT_LENGTH } from '../../../domain/feedback.js';
import type { FeedbackReason } from '../../../domain/feedback.js';
import { GrowingTextarea } from '../../shared/GrowingTextarea.js';

interface Props {
  readonly busy: boolean;
  readonly onSay: (reasons: readonly FeedbackReason[], text: string) => void;
  readonly onSkip: () => void;
}

/** What was wrong with an answer: some taps, and a few words where none of them fits. */
export function WhyUseless({ busy, onSay, onSkip }: Props) {
  const id = useId();
  const [reasons, setReasons] = useState<readonly FeedbackReason[]>([]);
  const [text, setText] = useState('');
  const other = reasons.includes('other');

  return (
    <form
      className="why"
      data-testid="rating-why"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(reasons, other ? text.trim() : '');
      }}
    >
      <p id={`${id}-title`} className="why-title">
        哪里不好？<span>可以点几个</span>
      </p>
      <div className="options" role="group" aria-labelledby={`${id}-title`}>
        {FEEDBACK_REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            className="button button-plain why-reason"
            data-testid={`reason-${reason}`}
            aria-pressed={reasons.includes(reason)}
            onClick={() => {
              setReasons(reasons.includes(reason) ? reasons.filter((one) => one !== reason) : [...reasons, reason]);
            }}
          >
            {FEEDBACK_REASON_NAMES[reason]}
          </button>
        ))}
      </div>
      {other && (
        <>
          <label htmlFor={`${id}-text`}>您说说看（不用写姓名、电话）</label>
          <GrowingTextarea
            id={`${id}-text`}
            className="why-text"
            data-testid="rating-text"
            value={text}
            maxLength={FEEDBACK_TEXT_LENGTH}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </>
      )}
      <div className="why-row">
        <button type="submit" className="button button-quiet" data-testid="rating-submit" disabled={busy || reasons.length === 0}>
          提交
        </button>
        <button type="button" className="rating-again" data-testid="rating-skip" onClick={onSkip}>
          不说了
        </button>
      </div>
    </form>
  );
}

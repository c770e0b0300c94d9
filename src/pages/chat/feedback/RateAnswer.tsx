import { useState } from 'react';
import { VERDICTS, VERDICT_NAMES } from '../../../domain/feedback.js';
import type { FeedbackReason, Verdict } from '../../../domain/feedback.js';
import { FindLawyerButton } from '../FindLawyerButton.js';
import { ThumbIcon } from './ThumbIcon.js';
import { WhyUseless } from './WhyUseless.js';
import type { Ratings } from './use-ratings.js';

interface Props {
  readonly messageId: number;
  readonly ratings: Ratings;
  /** A lawyer is already on the way. */
  readonly ticketOpen: boolean;
  readonly onFindLawyer: () => void;
}

type Step = 'verdict' | 'why' | 'thanks';

/** Below an answer: was it useful, and if not, why; with the way to a human at once. */
export function RateAnswer({ messageId, ratings, ticketOpen, onFindLawyer }: Props) {
  const rating = ratings.of(messageId);
  const [chosen, setChosen] = useState<Step | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const step = chosen ?? (rating === null ? 'verdict' : 'thanks');

  const say = async (verdict: Verdict, next: Step, reasons: readonly FeedbackReason[] = [], text = ''): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const failed = await ratings.rate({ messageId, verdict, reasons, text });
    setBusy(false);
    setFailure(failed);
    if (failed === null) setChosen(next);
  };

  const useless = rating?.verdict === 'useless';
  return (
    <section className="rating" aria-label="评价这条答复" data-testid="rating">
      {step === 'verdict' && (
        <div className="rating-row">
          <p>这条答复有用吗？</p>
          <div className="rating-verdicts" role="group" aria-label="这条答复有用吗">
            {VERDICTS.map((verdict) => (
              <button
                key={verdict}
                type="button"
                className="button button-plain rating-verdict"
                data-testid={`rate-${verdict}`}
                aria-pressed={rating?.verdict === verdict}
                disabled={busy}
                onClick={() => void say(verdict, verdict === 'useless' ? 'why' : 'thanks')}
              >
                <ThumbIcon down={verdict === 'useless'} />
                {VERDICT_NAMES[verdict]}
              </button>
            ))}
          </div>
        </div>
      )}
      {step === 'why' && (
        <WhyUseless
          busy={busy}
          onSay={(reasons, text) => void say('useless', 'thanks', reasons, text)}
          onSkip={() => {
            setChosen('thanks');
          }}
        />
      )}
      {step === 'thanks' && (
        <p className="rating-thanks" role="status" data-testid="rating-thanks">
          {useless ? '谢谢，我们会改。' : '谢谢，记下了。'}
          <button
            type="button"
            className="rating-again"
            data-testid="rate-again"
            onClick={() => {
              setChosen('verdict');
            }}
          >
            改一下
          </button>
        </p>
      )}
      {failure !== null && (
        <p className="rating-failure" role="alert">
          没记上，请再点一次。{failure}
        </p>
      )}
      {useless && (
        <div className="rating-human">
          {ticketOpen ? (
            <p>已经转给律师了，律师会在这里回复您。</p>
          ) : (
            <>
              <p>想直接问律师？点一下就行。</p>
              <FindLawyerButton testId="rating-find-lawyer" kind="primary" onClick={onFindLawyer} />
            </>
          )}
        </div>
      )}
    </section>
  );
}

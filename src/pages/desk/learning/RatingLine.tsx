import { FEEDBACK_REASON_NAMES, VERDICT_NAMES } from '../../../domain/feedback.js';
import type { Rating } from '../../../domain/feedback.js';

/** What the citizen said of an answer. */
export function RatingLine({ rating }: { readonly rating: Rating }) {
  const { verdict, reasons, text } = rating;
  return (
    <p className="rating-line" data-testid="rating-line">
      <span className={`badge ${verdict === 'useless' ? 'badge-amber' : ''}`}>当事人说{VERDICT_NAMES[verdict]}</span>
      {reasons.length > 0 && <span>{reasons.map((reason) => FEEDBACK_REASON_NAMES[reason]).join('、')}</span>}
      {text !== '' && <span className="lines">“{text}”</span>}
    </p>
  );
}

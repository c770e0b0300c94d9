import { HANDOFF_REASON_NAMES } from '../../../domain/answer.js';
import type { HandoffReason } from '../../../domain/answer.js';
import { TicketNumber } from './TicketNumber.js';

interface Props {
  readonly reason: HandoffReason;
  readonly ticketNumber: string;
}

/** A lawyer has been asked as well, although the question is answered. */
export function AlsoLawyer({ reason, ticketNumber }: Props) {
  return (
    <section className="also-lawyer" data-testid="also-lawyer">
      <p>这件事也转给了律师（{HANDOFF_REASON_NAMES[reason]}）。律师看到后，就在这里回复您。</p>
      <TicketNumber number={ticketNumber} />
    </section>
  );
}

import type { HandoffAnswer } from '../../../domain/answer.js';
import { Steps } from './Steps.js';
import { TicketNumber } from './TicketNumber.js';

const NEXT_STEPS = [
  '律师看到后，就在这里回复您。',
  '您可以接着写：什么时候的事、对方是谁、手里有什么材料。',
  '可以先关掉网页。以后用这个手机、这个浏览器再打开，就能看到回复。',
];

interface Props {
  readonly answer: HandoffAnswer;
  readonly ticketNumber: string | null;
}

/** A human will answer: the number to keep and what happens next. */
export function HandoffContent({ answer, ticketNumber }: Props) {
  return (
    <>
      <p className={`card-text lines ${answer.reason === 'danger' ? 'card-danger' : ''}`}>{answer.text}</p>
      {ticketNumber !== null && <TicketNumber number={ticketNumber} />}
      <Steps title="接下来" steps={NEXT_STEPS} />
    </>
  );
}

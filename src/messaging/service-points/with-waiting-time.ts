import type { Answer } from '../../domain/answer.js';
import type { StoredTicket } from '../../handoff/ports.js';
import type { MessagingWork } from '../ports.js';

/** An answer that says when somebody will look at the ticket that waits behind it. */
export async function withWaitingTime(stores: MessagingWork, answer: Answer, ticket: StoredTicket | null, at: number): Promise<Answer> {
  if (ticket?.state !== 'queued' || !stores.router) return answer;
  const text = await stores.router.waitingText(stores, ticket, at);
  if (text === '') return answer;
  switch (answer.kind) {
    case 'handoff':
      return { ...answer, text: `${answer.text}\n${text}` };
    case 'cited':
      return { ...answer, caveats: [`这件事也转给了律师。${text}`, ...answer.caveats] };
    case 'service':
      return { ...answer, sections: [...answer.sections, { title: '律师什么时候看', asked: true, lines: [text] }] };
    case 'clarify':
      return answer;
  }
}

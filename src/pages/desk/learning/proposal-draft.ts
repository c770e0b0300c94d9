import { CONSULTATION_TOPICS, TOPIC_NAMES } from '../../../domain/answer.js';
import type { ConsultationTopic } from '../../../domain/answer.js';
import type { TicketView } from '../../../domain/views.js';
import type { Proposal } from '../desk-client.js';

/** The dialog's fields; lists are a line each. */
export interface ProposalDraft {
  readonly topic: ConsultationTopic;
  readonly asks: string;
  readonly headline: string;
  readonly points: string;
  readonly cites: string;
}

/** The longest wording that is offered: a story has to be shortened by hand. */
const ASK_LENGTH = 100;

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the ticket offers: the question as it was asked, the lawyer's last answer sentence by sentence. */
export function draftFrom(ticket: TicketView): ProposalDraft {
  const question = linesOf(ticket.brief.question).at(-1) ?? '';
  const replies = ticket.messages.flatMap(({ author, body }) => (author === 'staff' && body.type === 'text' ? [body.text] : []));
  const sentences = linesOf((replies.at(-1) ?? '').replace(/([。！？；])/g, '$1\n'));
  return {
    topic: CONSULTATION_TOPICS.find((topic) => topic === ticket.brief.topic || TOPIC_NAMES[topic] === ticket.brief.topic) ?? 'wages',
    asks: question.length <= ASK_LENGTH ? question : '',
    headline: sentences[0] ?? '',
    points: sentences.slice(1).join('\n'),
    cites: '',
  };
}

/** Adds a line to a list, once. */
export function withLine(text: string, line: string): string {
  return linesOf(text).includes(line) ? text : [...linesOf(text), line].join('\n');
}

export function proposalOf(ticketNumber: string, draft: ProposalDraft): Proposal {
  const { topic, asks, headline, points, cites } = draft;
  return { ticketNumber, topic, asks: linesOf(asks), headline: headline.trim(), points: linesOf(points), cites: linesOf(cites) };
}

/** What is missing, before the server is asked; null: nothing. */
export function objectionTo({ asks, headline, cites }: Proposal): string | null {
  if (asks.length === 0) return '请至少写一种问法。';
  if (asks.some((ask) => ask.length < 4 || ask.length > ASK_LENGTH)) return `每种问法写 4 到 ${String(ASK_LENGTH)} 个字，一行一种。`;
  if (headline.length < 4) return '请写一句话答复。';
  return cites.length === 0 ? '请至少写一条依据，比如“工伤保险条例第十四条”。' : null;
}

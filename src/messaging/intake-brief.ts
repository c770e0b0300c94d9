import { CHANNEL_NAMES, type MessageBody } from '../domain/message.js';
import { TOPIC_NAMES, type Answer } from '../domain/answer.js';
import { answerText } from '../domain/answer-text.js';
import { maskPersonalData } from '../domain/mask.js';
import type { IntakeBrief } from '../domain/views.js';
import type { ConsultationResult } from '../consultation/consult.js';
import type { HandoffWork } from '../handoff/ports.js';
import type { Conversation } from './ports.js';

/** How many earlier words of the citizen, and how much of the bot's last answer, a brief repeats. */
const EARLIER_MESSAGES = 5;
const BOT_SAID_LENGTH = 400;

/** What the lawyer sees first: the person's words (personal data masked), the facts, what the bot found and said. */
export async function intakeBrief(
  stores: HandoffWork,
  conversation: Conversation,
  result: Pick<ConsultationResult, 'state' | 'trace'>,
): Promise<IntakeBrief> {
  const thread = await stores.thread.messages(conversation.id);
  const said = thread.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text.trim()] : []));
  const words = said.filter((text) => text !== '' && text !== '找律师').slice(-EARLIER_MESSAGES);
  const lastAnswer = thread.map(({ body }) => answerOf(body)).findLast((answer) => answer !== null && answer.kind !== 'handoff');
  return {
    question: maskPersonalData(words.length > 0 ? words.join('\n') : '（没有写问题，直接找律师）'),
    topic: result.trace.topic === null ? null : TOPIC_NAMES[result.trace.topic],
    facts: [...result.state.facts, ...result.state.known.map(({ label, display }) => ({ label, value: display }))].map(
      ({ label, value }) => ({
        label,
        value: maskPersonalData(value),
      }),
    ),
    botSaid: lastAnswer ? answerText(lastAnswer).slice(0, BOT_SAID_LENGTH) : '',
    provisions: result.trace.found.map((key) => key.replace('#', ' ')),
    channel: CHANNEL_NAMES[conversation.channel],
  };
}

function answerOf(body: MessageBody): Answer | null {
  return body.type === 'answer' ? body.answer : null;
}

import type { Answer } from '../../domain/answer.js';
import { answerText, type AnswerForm } from '../../domain/answer-text.js';
import type { Message, MessageBody } from '../../domain/message.js';
import type { ChannelProfile, Outgoing } from '../channel.js';
import { splitText } from './split-text.js';

export interface RenderTarget {
  readonly profile: ChannelProfile;
  /** Others read along. */
  readonly group: boolean;
}

/** A message as the parts that a channel sends; the tappable replies stand under the last one. */
export function renderMessage(message: Message, inReplyTo: string | null, { profile, group }: RenderTarget): Outgoing[] {
  const { text, options, privately } = wordsOf(message, group ? 'group' : 'chat');
  const listed = profile.buttons || options.length === 0 ? text : `${text}\n${optionLine(options)}`;
  const parts = splitText(listed, profile.textLimit);
  return parts.map((part, index) => ({
    text: part,
    options: profile.buttons && index === parts.length - 1 ? options : [],
    inReplyTo: index === 0 ? inReplyTo : null,
    ...(privately ? { privately: true as const } : {}),
  }));
}

interface Words {
  readonly text: string;
  readonly options: readonly string[];
  readonly privately: boolean;
}

function wordsOf({ author, staffName, body }: Message, form: Exclude<AnswerForm, 'full'>): Words {
  switch (body.type) {
    case 'event':
      return { text: body.text, options: body.options ?? [], privately: true };
    case 'text':
      if (author !== 'staff') {
        return withFootnote({ text: body.text, options: body.options ?? [], privately: author === 'system' || body.aside === true }, body);
      }
      return { text: `${staffName ?? '值班人员'}（律师）：${body.text}`, options: [], privately: true };
    case 'answer':
      // what is to be known besides stands with the answer, not after it in a message of its own
      return withFootnote(answerWords(body.answer, body.ticketNumber, form, footnoteOf(body).length), body);
  }
}

type Footnoted = Pick<Extract<MessageBody, { type: 'text' }>, 'footnote'>;

const footnoteOf = ({ footnote }: Footnoted): string => (footnote ? `\n\n${footnote.text}` : '');

function withFootnote(words: Words, body: Footnoted): Words {
  return { ...words, text: words.text + footnoteOf(body), options: [...words.options, ...(body.footnote?.options ?? [])] };
}

function answerWords(answer: Answer, ticketNumber: string | null, form: Exclude<AnswerForm, 'full'>, taken: number): Words {
  // what asks for, or is worked out from, a person's own affairs is not said before others
  const said = form === 'group' && answer.kind === 'cited' ? { ...answer, ask: null, calculation: null } : answer;
  const options = optionsOf(said);
  const sum = answer.kind === 'service' && answer.service === 'calculator';
  const aside = answer.kind === 'clarify' || answer.kind === 'handoff' || (form === 'group' && sum);
  // the options follow as buttons or as a numbered line
  const text = answerText(said, form, taken).replace(`（${options.join(' / ')}）`, '');
  const numbered = ticketNumber !== null && (form === 'chat' || aside) ? `${text}\n工单编号：${ticketNumber}` : text;
  return { text: numbered, options, privately: aside };
}

/** What can be tapped under an answer: nothing where two questions are asked at once, for one tap answers one. */
export function optionsOf(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case 'cited':
      return answer.ask?.options ?? [];
    case 'clarify':
      return answer.questions.length === 1 ? (answer.questions[0]?.options ?? []) : [];
    case 'service':
      return answer.options;
    case 'handoff':
      return [];
  }
}

/** What can be tapped under a message. */
export function optionsIn(body: MessageBody): readonly string[] {
  if (body.type === 'event') return body.options ?? [];
  const own = body.type === 'answer' ? optionsOf(body.answer) : (body.options ?? []);
  return [...own, ...(body.footnote?.options ?? [])];
}

/** Numbers would be mistaken for figures where the options hold some. */
const hasDigit = (options: readonly string[]): boolean => options.some((option) => /\d/.test(option));

function optionLine(options: readonly string[]): string {
  if (options.length > 9 || hasDigit(options)) return `可以回复：${options.join(' / ')}`;
  return `回复：${options.map((option, index) => `${String(index + 1)} ${option}`).join('  ')}`;
}

/** The option that a number stands for under this answer; null where it is no number, or none was offered. */
export function optionByNumber(answer: Answer, text: string): string | null {
  return numberedOption(optionsOf(answer), text);
}

/** The option that a number stands for; null where it is no number, or the options were not numbered. */
export function numberedOption(options: readonly string[], text: string): string | null {
  const [, digit] = /^\s*([1-9１-９])\s*[.．、。]?\s*$/u.exec(text) ?? [];
  if (digit === undefined || options.length > 9 || hasDigit(options)) return null;
  return options[Number(digit.normalize('NFKC')) - 1] ?? null;
}

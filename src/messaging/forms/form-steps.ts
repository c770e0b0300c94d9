import { NEW_CONSULTATION } from '../../consultation/continue-consultation.js';
import type { Consult } from '../../consultation/consult.js';
import { wordsOf } from '../../domain/message.js';
import { namedPoint } from '../../handoff/routing/find-point.js';
import type { Middleware } from '../compose.js';
import { mayBeReadByOthers } from '../read-by-others.js';
import { say } from '../say.js';
import type { Turn } from '../turn.js';
import type { FormDefinition, FormQuestion } from './definition.js';
import { formById, formStartedBy, nextQuestion, questionBefore, questionsOf } from './forms.js';
import { lawyerNamed, lawyersToPick } from './lawyers.js';
import type { FormSources, OpenForm } from './ports.js';
import { concealed, questionText, summaryText } from './form-text.js';
import { readAnswer } from './read-answer.js';
import { submit } from './submit-form.js';

export const CANCEL = '取消';
export const BACK = '上一步';
export const SKIP = '跳过';
export const CONFIRM = '确认提交';
export const GO_ON = '接着填';

const HOUR_MS = 3600_000;
/** After so long, words may be meant for something else. */
const STALE_MS = 2 * HOUR_MS;
/** After so long, a form that nobody goes on with is dropped. */
const LAPSED_MS = 7 * 24 * HOUR_MS;
/** A wish for a human longer than this is part of a story. */
const SHORT = 8;

const NOT_HERE = '这件事要写您的个人情况，群里别人也看得到。请打开网页，或者私下找我，再说一遍。';

export interface FormDeps {
  /** The consultation without a language model: hears danger and other questions. */
  readonly listen: Consult;
  readonly sources: FormSources;
}

/** Begins a form, and goes on with the one that is open. */
export const serviceForms =
  (deps: FormDeps): Middleware<Turn> =>
  async (turn, next) => {
    const { stores, conversation, message, at } = turn;
    const words = wordsOf(message.content).trim();
    const speaks = words !== '' || message.content.type === 'human-wanted';
    const stored = conversation.filling && speaks ? await stores.forms.of(conversation.id) : null;
    const open = stored && at - stored.at <= LAPSED_MS ? stored : null;
    if (stored && !open) await stores.forms.drop(conversation.id);
    const started = formStartedBy(words);
    if (started) {
      if (mayBeReadByOthers(conversation)) return say(turn, NOT_HERE);
      if (open?.form !== started.id) return begin(turn, deps, started);
    }
    const form = open && formById(open.form);
    if (!form) return next();
    return goOn(turn, deps, form, open, started ? GO_ON : words, next);
  };

async function begin(turn: Turn, deps: FormDeps, form: FormDefinition): Promise<void> {
  const { stores, conversation } = turn;
  if (form.questions.some(({ lawyers }) => lawyers) && (await lawyersToPick(turn)).length === 0) {
    return say(turn, '现在没有可以选的律师。发“找律师”，会转给值班的人。', { options: ['找律师'] });
  }
  const profile = await stores.profiles.of(conversation.id);
  // what the person has told before is shown in the summary, and can be changed there
  const known = form.questions.flatMap(({ id, personal }) => (personal && profile?.[personal] ? [[id, profile[personal]] as const] : []));
  return ask(turn, deps, form, Object.fromEntries(known), `${form.intro}\n随时可以说“上一步”“取消”。\n\n`);
}

async function goOn(
  turn: Turn,
  deps: FormDeps,
  form: FormDefinition,
  open: OpenForm,
  words: string,
  next: () => Promise<void>,
): Promise<void> {
  const { stores, conversation, at } = turn;
  const question = questionsOf(form, open.answers).find(({ id }) => id === open.step) ?? null;
  const besides = (): Promise<void> => {
    turn.notes.push({ text: `您的${form.title}还没填完。要接着填，请回复“${GO_ON}”；不填了，回复“${CANCEL}”。`, options: [GO_ON, CANCEL] });
    return next();
  };

  switch (words.replace(/[。.！!]+$/u, '')) {
    case CANCEL:
      await stores.forms.drop(conversation.id);
      return say(turn, `好的，${form.title}已经取消，什么都没有交出去。您可以接着问别的。`);
    case GO_ON:
      return ask(turn, deps, form, open.answers, '', open.step);
    case BACK: {
      const before = questionBefore(form, open.answers, open.step);
      if (!before) return ask(turn, deps, form, open.answers, '这已经是第一步了。\n\n');
      return ask(turn, deps, form, without(open.answers, before.id));
    }
    case SKIP: {
      if (question?.optional) return ask(turn, deps, form, { ...open.answers, [question.id]: '' });
      if (question) return ask(turn, deps, form, open.answers, '这一项要写，跳不过。不想写了，可以“取消”。\n\n', open.step);
    }
  }
  const options = question ? await optionsOf(turn, question) : [CONFIRM];
  const tapped = options.includes(words);
  if (!tapped && (isForOthers(turn, deps, question, words) || at - open.at > STALE_MS)) return besides();

  if (!question) {
    if (words === CONFIRM) return submit(turn, deps.sources, form, open.answers);
    const changed = questionsOf(form, open.answers).find(({ label }) => words.replace(/^(?:更?改|修改)/u, '').trim() === label);
    if (changed) return ask(turn, deps, form, without(open.answers, changed.id));
    return ask(turn, deps, form, open.answers, `我没看懂。对了就回复“${CONFIRM}”。\n\n`);
  }
  if (question.lawyers && !lawyerNamed(await lawyersToPick(turn), words)) {
    return ask(turn, deps, form, open.answers, '请从下面选一位。\n\n', question.id);
  }
  const read = readAnswer(question, words);
  if (!read.ok) return ask(turn, deps, form, open.answers, `${read.problem}\n\n`, question.id);
  const instead = concealed(question, read.value);
  if (instead !== null) {
    const last = await stores.personal.lastSaid(conversation.id);
    await stores.personal.conceal(conversation.id, last?.id ?? 0, instead);
  }
  if (question.personal === 'village') {
    const point = namedPoint(await stores.routing.points(), read.value);
    if (point) await stores.routing.bind(conversation.id, point.code);
  }
  return ask(turn, deps, form, { ...open.answers, [question.id]: read.value });
}

/** Danger, the wish for a human, or another question: not an answer to this question. */
function isForOthers({ message, day }: Turn, { listen }: FormDeps, question: FormQuestion | null, words: string): boolean {
  if (message.content.type === 'human-wanted') return true;
  const { answer } = listen(words, NEW_CONSULTATION, day);
  if (answer.kind === 'handoff' && answer.reason === 'danger') return true;
  if (answer.kind === 'handoff' && answer.reason === 'human-wanted') return !question?.story || Array.from(words).length <= SHORT;
  if (!ASKS.test(words) || Array.from(words).length < 6) return false;
  // a story may end in "怎么办": it is told all the same
  if (question?.story && Array.from(words).length > 24) return false;
  return answer.kind === 'cited' || answer.kind === 'handoff' || (answer.kind === 'service' && answer.service !== 'chat');
}

const ASKS = /[?？]\s*$|(?:怎么办|咋办|怎么赔|怎么算|吗|多少钱|赔多少|多久|合法不|违法不)[。.！!]*$/u;

/** Asks the next question, or a named one, or shows the summary. */
async function ask(
  turn: Turn,
  deps: FormDeps,
  form: FormDefinition,
  answers: OpenForm['answers'],
  before = '',
  step: string | null = null,
): Promise<void> {
  const { stores, conversation, at, day } = turn;
  const asked = questionsOf(form, answers);
  const question = asked.find(({ id }) => id === step) ?? nextQuestion(form, answers);
  await stores.forms.save(conversation.id, { form: form.id, answers, step: question?.id ?? 'confirm', at });
  if (!question) {
    return say(turn, before + summaryText(form, answers, deps.sources, day), { options: [CONFIRM, BACK, CANCEL] });
  }
  const ways = [...(question.optional ? [SKIP] : []), ...(questionBefore(form, answers, question.id) ? [BACK] : []), CANCEL];
  return say(turn, before + questionText(question, asked), { options: [...(await optionsOf(turn, question)), ...ways] });
}

async function optionsOf(turn: Turn, { options = [], lawyers }: FormQuestion): Promise<readonly string[]> {
  return lawyers ? (await lawyersToPick(turn)).map(({ shown }) => shown) : options;
}

function without(answers: OpenForm['answers'], id: string): OpenForm['answers'] {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== id));
}

import type { FormDefinition, FormQuestion, Answers } from './definition.js';
import { LEGAL_AID } from './legal-aid.js';
import { MEDIATION } from './mediation.js';
import { NOTARY } from './notary.js';
import { APPOINTMENT, CHOOSE_LAWYER, HOME_VISIT } from './visits.js';

/** The services that can be applied for. */
export const FORMS: readonly FormDefinition[] = [MEDIATION, LEGAL_AID, NOTARY, HOME_VISIT, APPOINTMENT, CHOOSE_LAWYER];

export function formById(id: string): FormDefinition | null {
  return FORMS.find((form) => form.id === id) ?? null;
}

/** The form that words begin: said as a wish, not asked about. Null: none. */
export function formStartedBy(words: string): FormDefinition | null {
  const said = words
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[。.！!~～]+$/u, '');
  return FORMS.find(({ starts }) => starts.test(said)) ?? null;
}

/** The questions that are asked, by what was answered. */
export function questionsOf(form: FormDefinition, answers: Answers): readonly FormQuestion[] {
  return form.questions.filter(({ when }) => when?.(answers) ?? true);
}

/** The first question without an answer; null: all are answered or skipped. */
export function nextQuestion(form: FormDefinition, answers: Answers): FormQuestion | null {
  return questionsOf(form, answers).find(({ id }) => answers[id] === undefined) ?? null;
}

/** The question before one, or before the summary; null: it is the first. */
export function questionBefore(form: FormDefinition, answers: Answers, step: string): FormQuestion | null {
  const asked = questionsOf(form, answers);
  const at = asked.findIndex(({ id }) => id === step);
  return (at === -1 ? asked.at(-1) : asked[at - 1]) ?? null;
}

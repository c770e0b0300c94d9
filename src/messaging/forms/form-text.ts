import type { Profile } from '../my-data/ports.js';
import type { Answers, FormDefinition, FormQuestion } from './definition.js';
import { questionsOf } from './forms.js';
import type { FormSources } from './ports.js';
import { maskedName, maskedPhone } from './read-answer.js';

/** What a question says, with how far one is. */
export function questionText(question: FormQuestion, asked: readonly FormQuestion[]): string {
  const at = asked.indexOf(question) + 1;
  return `（${String(at)}/${String(asked.length)}）${question.text}${question.optional ? '（不想写可以跳过）' : ''}`;
}

/** What stands in the thread in the place of one's own data; null: the words stay. */
export function concealed({ personal }: FormQuestion, value: string): string | null {
  switch (personal) {
    case 'phone':
      return `〔电话已记下：${maskedPhone(value)}〕`;
    case 'name':
      return '〔姓名已记下〕';
    case 'address':
      return '〔住址已记下〕';
    default:
      return null;
  }
}

/** One's own data as it is repeated in the thread: enough to see whether it is right. */
export function shownBack(part: keyof Profile, value: string): string {
  switch (part) {
    case 'phone':
      return maskedPhone(value);
    case 'name':
      return maskedName(value);
    case 'address':
      return '已记下';
    case 'village':
      return value;
  }
}

/** Sentences of the pre-check; what rests on a provision that may not be cited today is left to the lawyer. */
export function findingLines(form: FormDefinition, answers: Answers, sources: FormSources, day: string): string[] {
  return form.findings(answers).flatMap(({ text, cites }) => {
    if (!cites.every((ref) => sources.citable(ref, day))) return [];
    return [cites.length === 0 ? text : `${text}〔${cites.map(({ law, article }) => `${law}${article}`).join('；')}〕`];
  });
}

export function papersOf(form: FormDefinition, answers: Answers, sources: FormSources): readonly string[] {
  const title = form.guide(answers);
  return title === null ? [] : sources.papers(title);
}

/** Everything as it will be sent, to be looked over. */
export function summaryText(form: FormDefinition, answers: Answers, sources: FormSources, day: string): string {
  const lines = questionsOf(form, answers).flatMap(({ id, label, personal }) => {
    const value = answers[id] ?? '';
    return value === '' ? [] : [`${label}：${personal ? shownBack(personal, value) : value}`];
  });
  const findings = findingLines(form, answers, sources, day);
  const papers = papersOf(form, answers, sources);
  return [
    `请看一遍您的${form.title}，对了就发出去：`,
    ...lines,
    ...(findings.length > 0 ? ['', '要知道的：', ...findings.map((line) => `· ${line}`)] : []),
    ...(papers.length > 0 ? ['', '办的时候带上：', ...papers.map((line) => `· ${line}`)] : []),
    '',
    '要改哪一项，就发“改”加这一项的名字，比如“改电话”。',
  ].join('\n');
}

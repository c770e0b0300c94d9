import { Converter } from 'opencc-js/t2cn';

/** What kind of text a message is, before anything is looked up. */
export type QuestionForm = 'question' | 'empty' | 'no-words' | 'foreign' | 'too-long';

export interface ReadQuestion {
  readonly form: QuestionForm;
  /** Simplified characters, half-width forms, white space folded. */
  readonly text: string;
}

/** Longest message that is answered by itself; a longer one is a story that a person has to read. */
export const QUESTION_MAX_LENGTH = 2000;

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[a-z]{2,}/gi;
const OTHER_LETTERS = /(?![\p{Script=Han}\p{Script=Latin}])\p{L}/gu;
let converter: ReturnType<typeof Converter> | null = null;

/** Traditional to simplified characters. The table is built at first use (some 10 ms). */
function toSimplified(text: string): string {
  const convert = (converter ??= Converter({ from: 'tw', to: 'cn' }));
  return convert(text);
}

/** Brings a message into one form: traditional to simplified characters, full to half width, white space folded. */
export function readQuestion(raw: string): ReadQuestion {
  const folded = raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{C}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (folded === '') return { form: 'empty', text: '' };
  if (folded.length > QUESTION_MAX_LENGTH) return { form: 'too-long', text: folded };
  const text = toSimplified(folded);
  const han = text.match(HAN)?.length ?? 0;
  if (han >= 2) return { form: 'question', text };
  const words = text.match(LATIN_WORD)?.length ?? 0;
  if (words >= 2 || (text.match(OTHER_LETTERS)?.length ?? 0) >= 2) return { form: 'foreign', text };
  return { form: han > 0 || words > 0 || /\d/.test(text) ? 'question' : 'no-words', text };
}

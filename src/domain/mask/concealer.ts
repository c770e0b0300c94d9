import { findPersonalData, type KnownValue } from './find-personal-data.js';
import { PERSONAL_DATA_LABELS, type PersonalDataKind, type PersonalDataSpan } from './kinds.js';
import { plainForm } from './plain-form.js';

export interface FoundPersonalData extends PersonalDataSpan {
  /** What stands in its place: 〔姓名1〕. */
  readonly placeholder: string;
}

export interface ConcealedText {
  readonly text: string;
  /** Places in the text that was given, in order. */
  readonly found: readonly FoundPersonalData[];
  /** As `Concealer.restore`; the concealed text itself comes back letter for letter. */
  restore(text: string): string;
  /** As `Concealer.leftover`. */
  leftover(text: string): string[];
}

/** The citizen's own words where they look like a placeholder of ours. */
const LITERAL = '原文';
const LABELS = [...new Set(Object.values(PERSONAL_DATA_LABELS).flatMap(({ numbered, masked }) => [numbered, masked])), LITERAL].sort(
  (one, other) => other.length - one.length,
);
const OPEN = '[〔［\\[【〖〘({｛「『<＜《（]';
const CLOSE = '[〕］\\]】〗〙)}｝」』>＞》）]';
const GAP = '[\\s\\u200b-\\u200d_\\-－:：#*]{0,3}';
/** A placeholder in whatever brackets, widths and spaces a model gives it; without its number it tells nothing. */
const ANY_PLACEHOLDER = new RegExp(
  `${OPEN}{1,2}${GAP}(?<label>${LABELS.join('|')})${GAP}(?<number>[0-9０-９]{0,4})${GAP}${CLOSE}{1,2}`,
  'g',
);

/**
 * Puts numbered placeholders in the place of personal data in the texts of one conversation, for a third party's eyes,
 * and puts the data back into what comes from there. The same value has the same placeholder in every text, however its
 * digits are grouped; it comes back as it was first written. A value that was found once is found in later texts.
 */
export class Concealer {
  /** Placeholder without brackets ("姓名1") → the value as first written. */
  private readonly values = new Map<string, string>();
  /** Kind and value in one spelling → placeholder. */
  private readonly placeholders = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly known: KnownValue[];
  /** Placeholders without a number that a citizen's text brought along (it was masked before): none of ours, none of the model's. */
  private readonly foreign = new Set<string>();

  constructor(known: readonly KnownValue[] = []) {
    this.known = [...known];
  }

  conceal(text: string): ConcealedText {
    const literal = this.lookAlikes(text);
    const inLiteral = (at: number): boolean => literal.some(({ index, length }) => at >= index && at < index + length);
    const found = findPersonalData(text, this.known)
      .filter(({ index, length }) => !inLiteral(index) && !inLiteral(index + length - 1))
      .map((span) => ({ ...span, placeholder: this.issue(span.kind, text.slice(span.index, span.index + span.length)) }));
    const concealed = replaceAt(
      text,
      [...found, ...literal].sort((one, other) => one.index - other.index),
    );
    return {
      text: concealed,
      found,
      restore: (answer) => (answer === concealed ? text : this.restore(answer)),
      leftover: (answer) => this.leftover(answer),
    };
  }

  /** The text with every placeholder that was issued replaced by its value, once: what comes back is not read again. */
  restore(text: string): string {
    return text.replace(ANY_PLACEHOLDER, (whole, label: string, number: string) => this.values.get(label + halfWidth(number)) ?? whole);
  }

  /** Placeholders in the text that were never issued: a model invented them, or lost their number. */
  leftover(text: string): string[] {
    return [...text.matchAll(ANY_PLACEHOLDER)].flatMap(([whole, label = '', number = '']) =>
      this.values.has(label + halfWidth(number)) || (number === '' && (this.foreign.has(whole) || !/^[〔［[【]/.test(whole)))
        ? []
        : [whole],
    );
  }

  private issue(kind: PersonalDataKind, value: string): string {
    const label = PERSONAL_DATA_LABELS[kind].numbered;
    const one = label + '\0' + oneSpelling(value);
    const known = this.placeholders.get(one);
    if (known !== undefined) return known;
    if ((kind === 'name' || kind === 'employer') && value.length >= 2) this.known.push({ kind, value });
    return this.register(label, one, value);
  }

  private register(label: string, key: string, value: string): string {
    const number = (this.counts.get(label) ?? 0) + 1;
    this.counts.set(label, number);
    const name = label + String(number);
    this.values.set(name, value);
    this.placeholders.set(key, `〔${name}〕`);
    return `〔${name}〕`;
  }

  /** What in a citizen's text would be taken for a placeholder is put away like a value. */
  private lookAlikes(text: string): { index: number; length: number; placeholder: string }[] {
    return [...text.matchAll(ANY_PLACEHOLDER)].flatMap((match) => {
      if (match.groups?.['number'] === '') {
        this.foreign.add(match[0]);
        return [];
      }
      const key = LITERAL + '\0' + match[0];
      return [
        { index: match.index, length: match[0].length, placeholder: this.placeholders.get(key) ?? this.register(LITERAL, key, match[0]) },
      ];
    });
  }
}

/** Puts personal data of one text out of sight, with the way back. Several texts of one conversation: use one `Concealer`. */
export function concealPersonalData(text: string, known: readonly KnownValue[] = []): ConcealedText {
  return new Concealer(known).conceal(text);
}

/** Text with the spans, which are in order and do not overlap, replaced. */
export function replaceAt(text: string, spans: readonly { index: number; length: number; placeholder: string }[]): string {
  let out = '';
  let at = 0;
  for (const { index, length, placeholder } of spans) {
    out += text.slice(at, index) + placeholder;
    at = index + length;
  }
  return out + text.slice(at);
}

const halfWidth = (digits: string): string => plainForm(digits);
const oneSpelling = (value: string): string =>
  plainForm(value)
    .replace(/[\s.()-]/g, '')
    .toUpperCase();

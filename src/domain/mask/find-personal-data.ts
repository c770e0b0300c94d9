import { findAddresses } from './find-addresses.js';
import { findEmployers } from './find-employers.js';
import { findNames } from './find-names.js';
import { findNumbers } from './find-numbers.js';
import { PERSONAL_DATA_LABELS, type PersonalDataKind, type PersonalDataSpan } from './kinds.js';
import { plainForm, withSpokenDigits } from './plain-form.js';

/** A value that is known to be personal, from a form or an earlier text. */
export interface KnownValue {
  readonly kind: PersonalDataKind;
  readonly value: string;
}

const LABELS = Object.values(PERSONAL_DATA_LABELS).flatMap(({ masked, numbered }) => [masked, numbered]);
/** A placeholder of ours, numbered or not; what stands in one is never masked again. */
const PLACEHOLDER = new RegExp(`〔(?:${LABELS.join('|')}|原文)\\d*〕`, 'g');

/**
 * The personal data of a text, in order, without overlaps. A name or an employer that is found at one place (or known)
 * is found wherever it stands.
 */
export function findPersonalData(text: string, known: readonly KnownValue[] = []): PersonalDataSpan[] {
  const plain = plainForm(text);
  const spans = new Claims(plain.length);
  for (const match of plain.matchAll(PLACEHOLDER)) spans.close(match.index, match[0].length);
  const claim = (span: PersonalDataSpan): void => {
    spans.claim(span);
  };
  for (const value of known) findAgain(plain, value, claim);
  findNumbers(withSpokenDigits(plain), claim);
  findAddresses(plain, claim);
  findEmployers(plain, claim);
  findNames(plain, claim);
  const repeated = new Map<string, PersonalDataKind>();
  for (const { kind, index, length } of spans.found) {
    if ((kind === 'name' || kind === 'employer') && length >= 2) repeated.set(plain.slice(index, index + length), kind);
  }
  for (const [value, kind] of repeated) findAgain(plain, { kind, value }, claim);
  return spans.found.sort((one, other) => one.index - other.index);
}

/** Every place where a value stands, letter by letter; digits and Latin letters only as a whole run. */
function findAgain(plain: string, { kind, value }: KnownValue, claim: (span: PersonalDataSpan) => void): void {
  const wanted = plainForm(value).trim();
  if (wanted.length < 2) return;
  const isRun = (char: string | undefined): boolean => char !== undefined && /[0-9A-Za-z]/.test(char);
  for (let index = plain.indexOf(wanted); index >= 0; index = plain.indexOf(wanted, index + wanted.length)) {
    const end = index + wanted.length;
    if ((isRun(wanted[0]) && isRun(plain[index - 1])) || (isRun(wanted.at(-1)) && isRun(plain[end]))) continue;
    claim({ kind, index, length: wanted.length });
  }
}

/** First come, first served: text that one span has claimed no other gets. */
class Claims {
  readonly found: PersonalDataSpan[] = [];
  private readonly taken: Uint8Array;

  constructor(length: number) {
    this.taken = new Uint8Array(length);
  }

  claim(span: PersonalDataSpan): void {
    if (span.length === 0 || this.taken.subarray(span.index, span.index + span.length).includes(1)) return;
    this.found.push(span);
    this.close(span.index, span.length);
  }

  close(index: number, length: number): void {
    this.taken.fill(1, index, index + length);
  }
}

/** A line that only the lawyers' group sees; the full-width form is what a Chinese keyboard gives. */
const INTERNAL = /^\s*(?:\/\/|／／)/;

/** What of a lawyer's message goes to the citizen: every line that is not marked as internal. Empty: nothing does. */
export function wordsForCitizen(text: string): string {
  return text
    .split('\n')
    .filter((line) => !INTERNAL.test(line))
    .join('\n')
    .trim();
}

/** Shortest run of equal characters, punctuation and white space aside, that counts as copied. */
export const COPIED_RUN_LENGTH = 28;

const strip = (text: string): string => text.replace(/[\p{P}\p{S}\s]/gu, '');

/**
 * The runs of `length` or more characters that `own` shares with `official`.
 * Names that have to stand as they are (titles of laws) can be passed in `allowed`: a run is reported only if
 * it is still long enough without them.
 */
export function copiedRuns(own: string, official: string, allowed: readonly string[] = [], length = COPIED_RUN_LENGTH): string[] {
  let text = strip(own);
  for (const name of allowed) text = text.split(strip(name)).join('\u0000');
  const source = strip(official);
  const grams = new Set<string>();
  for (let index = 0; index + length <= source.length; index++) grams.add(source.slice(index, index + length));
  const runs: string[] = [];
  for (let start = 0; start + length <= text.length; start++) {
    if (!grams.has(text.slice(start, start + length))) continue;
    let end = start;
    while (end + length <= text.length && grams.has(text.slice(end, end + length))) end++;
    runs.push(text.slice(start, end + length - 1));
    start = end + length - 1;
  }
  return runs;
}

/** Longest text of a message, in UTF-16 units, after its mark-up is read. */
export const TEXT_LIMIT = 4096;

/** Where a text is best parted, best first. */
const ENDS = [/\n\n/g, /\n/g, /[。！？；]/g, /[，、,\s]/g];

/** Parts a text into messages: at paragraphs, lines, sentences; never inside a character. */
export function splitText(text: string, most = TEXT_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const end = endWithin(rest, most);
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** The beginning of a text, with a mark where something is left out. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeCharacter(text, most - 1))}…`;
}

function endWithin(text: string, most: number): number {
  const head = text.slice(0, most);
  for (const end of ENDS) {
    const last = [...head.matchAll(end)].at(-1);
    // a very short first part would be no help to whoever reads
    if (last && last.index + last[0].length > most / 3) return last.index + last[0].length;
  }
  return wholeCharacter(text, most);
}

/** `at`, or one less where that would cut a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

/** `words` on lines of their own at a place of a text. */
export function inserted(text: string, at: number, words: string): string {
  const head = text.slice(0, at).replace(/\s+$/, '');
  const tail = text.slice(at).replace(/^\s+/, '');
  return [head, words.trim(), tail].filter((part) => part !== '').join('\n');
}

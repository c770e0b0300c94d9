/** A sentence with what closes it, its source in brackets too, where something else follows. */
const WHOLE = /^\s*[^。！？!?\n]*[。！？!?]+[”’』」）)》]*(?:\s*[〔[［][^〔〕[\]［］]*[〕\]］])*(?=[^。！？!?”’』」）)》〔[［\s])/u;
const LINE = /^[^\n]*\n/;

export interface SentenceSplitter {
  /** The sentences that this piece completes; empty where it completes none. */
  add(piece: string): string[];
  /** What is left, once the text has come to its proper end. */
  end(): string[];
}

/**
 * Splits a text that arrives in pieces into whole sentences, without white space around them. A sentence is given as soon
 * as the next one begins, since a closing quotation mark or a source may still follow its full stop.
 */
export function createSentenceSplitter(): SentenceSplitter {
  let rest = '';
  const take = (): string | null => {
    // a line's end ends the sentence, unless one ends before
    const found = WHOLE.exec(rest)?.[0] ?? LINE.exec(rest)?.[0];
    if (found === undefined) return null;
    rest = rest.slice(found.length);
    return found.trim();
  };
  return {
    add(piece) {
      rest += piece;
      const whole: string[] = [];
      for (let found = take(); found !== null; found = take()) if (found !== '') whole.push(found);
      return whole;
    },
    end() {
      const last = rest.trim();
      rest = '';
      return last === '' ? [] : [last];
    },
  };
}

/**
 * The whole sentences of a streamed text, as they arrive.
 * @throws what the stream throws; the sentence that was broken off is not given
 */
export async function* sentences(stream: AsyncIterable<string>): AsyncGenerator<string, void> {
  const splitter = createSentenceSplitter();
  for await (const piece of stream) yield* splitter.add(piece);
  yield* splitter.end();
}

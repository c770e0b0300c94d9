/** Text in GBK, which Node can read but not write. @throws RangeError for a character that GBK lacks */
export function encodeGbk(text: string): Buffer {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table().get(char) ?? missing(char)));
  }
  return Buffer.from(bytes);
}

function missing(char: string): never {
  throw new RangeError(`GBK has no ${char}`);
}

let known: Map<string, readonly [number, number]> | null = null;

function table(): Map<string, readonly [number, number]> {
  if (known) return known;
  known = new Map();
  const decoder = new TextDecoder('gbk');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (char.length === 1 && char !== '\uFFFD') known.set(char, [lead, trail]);
    }
  }
  return known;
}

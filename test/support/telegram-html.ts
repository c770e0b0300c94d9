const TAGS = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a', 'blockquote']);
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Reads parse mode HTML as the Bot API does: what a person sees, or its refusal. */
export function plainOfHtml(html: string, refuse: (description: string) => Error): string {
  const open: string[] = [];
  let plain = '';
  for (let at = 0; at < html.length;) {
    const rest = html.slice(at);
    const tag = /^<(\/?)([a-z]+)(?: href="[^"]*")?>/.exec(rest);
    const entity = /^&(lt|gt|amp|quot);/.exec(rest);
    if (tag) {
      const [whole, closing, name = ''] = tag;
      if (!TAGS.has(name)) throw refuse(`can't parse entities: Unsupported start tag "${name}" at byte offset ${String(at)}`);
      if (closing === '') open.push(name);
      else if (open.pop() !== name) throw refuse(`can't parse entities: Unmatched end tag at byte offset ${String(at)}`);
      at += whole.length;
    } else if (html[at] === '<') {
      throw refuse(`can't parse entities: Unsupported start tag "" at byte offset ${String(at)}`);
    } else {
      plain += entity ? (ENTITIES[entity[1] ?? ''] ?? '') : (html[at] ?? '');
      at += entity ? entity[0].length : 1;
    }
  }
  if (open.length > 0) throw refuse(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1) ?? ''}"`);
  return plain;
}

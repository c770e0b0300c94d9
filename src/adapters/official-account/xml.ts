import { XMLParser, XMLValidator } from 'fast-xml-parser';

// values stay as they were written: "007" is no number, "&lt;" stays what it is
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, processEntities: false });

/** The fields of a push: one level, text only. */
export type Fields = Readonly<Record<string, string>>;

/** Reads a push in XML, or in JSON, as the account is set to. Null: it is neither, or not of this form. */
export function readFields(body: string): Fields | null {
  const text = body.trim();
  if (text.startsWith('{')) return fieldsOf(parsedJson(text));
  // entities and document types have no place in a push
  if (!text.startsWith('<') || /<!(?:DOCTYPE|ENTITY)/i.test(text) || !isWellFormed(text)) return null;
  try {
    return fieldsOf((parser.parse(text) as { xml?: unknown }).xml);
  } catch {
    return null;
  }
}

/** The parser alone takes what is not closed. */
function isWellFormed(text: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the same code in a package of its own
  return XMLValidator.validate(text) === true;
}

function parsedJson(text: string): unknown {
  try {
    // ids have 64 bits, more than a number keeps
    return JSON.parse(text.replace(/("MsgId"\s*:\s*)(\d+)/gi, '$1"$2"'));
  } catch {
    return null;
  }
}

/** Of a field that stands twice, the first; fields with fields inside are none that we read. */
function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, content] of Object.entries(value)) {
    const first: unknown = Array.isArray(content) ? content[0] : content;
    if (typeof first === 'string') fields[name] = first;
    else if (typeof first === 'number') fields[name] = String(first);
  }
  return fields;
}

/** A text as a CDATA section, which it cannot leave, without the characters that XML 1.0 forbids. */
export function cdata(text: string): string {
  const legal = text.replace(/[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
  return `<![CDATA[${legal.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

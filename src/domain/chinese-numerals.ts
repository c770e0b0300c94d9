const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Characters that may stand in a Chinese whole number, for use inside a regular expression's class. */
export const CHINESE_NUMERAL_CHARS = '〇零一二两三四五六七八九十百千';

/**
 * Reads a whole number below 10,000,000 written in Chinese numerals ("一千一百七十九", "二十", "二〇二五", "三万").
 * Returns null where the text is no such number.
 */
export function parseChineseInteger(text: string): number | null {
  const [head = '', tail, ...rest] = text.split('万');
  if (rest.length > 0) return null;
  if (tail !== undefined) {
    const high = parseBelowTenThousand(head);
    const low = tail === '' ? 0 : parseBelowTenThousand(tail);
    return high === null || low === null ? null : high * 10_000 + low;
  }
  return parseBelowTenThousand(head);
}

function parseBelowTenThousand(text: string): number | null {
  if (text === '') return null;
  if (/^[〇零一二三四五六七八九]{2,}$/.test(text)) {
    return Number(Array.from(text, (char) => DIGITS[char]).join(''));
  }
  let total = 0;
  let digit: number | null = null;
  let lastUnit = Infinity;
  for (const char of text) {
    const unit = UNITS[char];
    if (unit !== undefined) {
      if (unit >= lastUnit) return null;
      total += (digit ?? 1) * unit;
      digit = null;
      lastUnit = unit;
      continue;
    }
    const value = DIGITS[char];
    if (value === undefined) return null;
    if (digit !== null && digit !== 0) return null;
    digit = value;
  }
  return total + (digit ?? 0);
}

/**
 * Writes a whole number from 0 to 9,999 in the numerals that statutes use for article numbers
 * (10 → "十", 105 → "一百零五", 1179 → "一千一百七十九").
 * @throws RangeError outside that range.
 */
export function toChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) {
    throw new RangeError(`toChineseNumeral takes a whole number from 0 to 9999, not ${String(value)}`);
  }
  if (value === 0) return '零';
  const names = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  let out = '';
  let pendingZero = false;
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      pendingZero = out !== '';
      continue;
    }
    if (pendingZero) out += '零';
    pendingZero = false;
    out += (digit === 1 && unit === 10 && out === '' ? '' : (names[digit] ?? '')) + name;
  }
  return out;
}

const ARTICLE = new RegExp(
  `^第?\\s*([${CHINESE_NUMERAL_CHARS}]+|[0-9０-９]{1,4})\\s*条(?:\\s*之\\s*([${CHINESE_NUMERAL_CHARS}]+|[0-9０-９]{1,2}))?$`,
);

/**
 * The one spelling of an article number used as a key: "第14条", "14条", "第 十四 条" → "第十四条";
 * "第276条之1" → "第二百七十六条之一". Null where the text is no article number (第0条 is none).
 */
export function normaliseArticleNumber(text: string): string | null {
  const match = ARTICLE.exec(text.trim());
  if (!match) return null;
  const number = parseNumeral(match[1] ?? '');
  if (number === null || number < 1 || number > 9999) return null;
  if (match[2] === undefined) return `第${toChineseNumeral(number)}条`;
  const branch = parseNumeral(match[2]);
  if (branch === null || branch < 1 || branch > 99) return null;
  return `第${toChineseNumeral(number)}条之${toChineseNumeral(branch)}`;
}

/** Reads a whole number in Arabic (full width too) or Chinese numerals; null where it is neither. */
export function parseNumeral(text: string): number | null {
  const ascii = text.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  if (/^\d+$/.test(ascii)) return Number(ascii);
  return parseChineseInteger(text);
}

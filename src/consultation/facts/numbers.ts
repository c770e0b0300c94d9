/** Numbers, money and lengths of time as people say them: 五千五, 1万2, 三年半. */

const HAN_DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const HAN = '零〇一二两三四五六七八九十百千';
const ARABIC = '\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';

/** A whole or decimal number in digits or characters, for use inside a regular expression; no groups that capture. */
export const NUMBER = `(?:${ARABIC}|[${HAN}]+)`;
/** The same with 万, 千, 百 written after digits. */
export const AMOUNT = `(?:(?:${ARABIC}|[${HAN}]+)(?:[千kK](?![a-zA-Z])(?:\\d百?|[${HAN}]+)?|百)?(?:[万wW](?![a-zA-Z])(?:\\d+千?(?:\\d百?)?|[${HAN}]+)?)?)`;

const ABOUT = '(?:大概|大约|约|差不多|将近|接近|不到|至少|最少|起码|最多|平均)';
const AFTER = '(?:左右|上下|以上|多|的样子)';
const CURRENCY = '(?:元|块钱?|圆|rmb|RMB)';
/** What is counted in something else, or goes on as a range. */
const NOT_MONEY = `(?![\\d.年月日号天岁级个人次点楼平米亩%倍小分周斤吨公户间套条:期层栋单组辆份名位]|\\s*[-~—–到至](?=\\s*(?:${NUMBER})))`;
const NO_RANGE_BEFORE = '(?<!\\d,|[\\d.万千百]|[零〇一二两三四五六七八九十百千]|\\d[-~—–到至])';

/** An amount that says 元 or 块. */
export const MONEY = `(?:${ABOUT}?\\s*${NO_RANGE_BEFORE}${AMOUNT}[多来几]?\\s*${CURRENCY}${AFTER}?)`;
/** An amount where the words around it say that it is money; small bare numbers are none. */
export const LOOSE_MONEY = `(?:${MONEY}|${ABOUT}?\\s*${NO_RANGE_BEFORE}${AMOUNT}${AFTER}?${NOT_MONEY})`;

export interface SpokenNumber {
  readonly value: number;
  readonly exact: boolean;
}

/** Reads a number as it is spoken: "五千五" is 5500, "一百二" 120, "1万2" 12000. Null where it is none. */
export function parseAmount(text: string): number | null {
  const folded = text.replace(/,/g, '').replace(/[kK]/g, '千').replace(/[wW]/g, '万');
  const [head = '', tail, ...rest] = folded.split('万');
  if (rest.length > 0) return null;
  if (tail === undefined) return belowTenThousand(head);
  const high = belowTenThousand(head);
  const low = tail === '' ? 0 : /^[\d一二两三四五六七八九]$/.test(tail) ? (digit(tail) ?? 0) * 1000 : belowTenThousand(tail);
  return high === null || low === null ? null : Number((high * 10_000 + low).toPrecision(12));
}

function digit(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  return HAN_DIGITS[text] ?? (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null);
}

const SMALL =
  /^(?:(\d+(?:\.\d+)?|[一二两三四五六七八九])千)?(零)?(?:(\d+(?:\.\d+)?|[一二两三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?(十))?([\d.]+|[一二两三四五六七八九])?$/;

function belowTenThousand(text: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (text === '零' || text === '〇') return 0;
  const match = SMALL.exec(text.replace(/〇/g, '零'));
  if (!match || text === '') return null;
  const [, thousands, zeroA, hundreds, zeroB, tens, ten, last] = match;
  const end = digit(last) ?? 0;
  // 五千五, 两百六: the last digit counts the next lower unit, unless a zero stands before it
  const unit =
    ten !== undefined || zeroA !== undefined || zeroB !== undefined ? 1 : hundreds !== undefined ? 10 : thousands !== undefined ? 100 : 1;
  const sum = (digit(thousands) ?? 0) * 1000 + (digit(hundreds) ?? 0) * 100 + (ten === undefined ? 0 : (digit(tens) ?? 1) * 10);
  return Number((sum + end * unit).toPrecision(12));
}

/** Reads an amount matched by `MONEY` or `LOOSE_MONEY`, in fen. */
export function parseMoney(text: string): SpokenNumber | null {
  const found = new RegExp(AMOUNT).exec(text)?.[0];
  const yuan = found === undefined ? null : parseAmount(found);
  if (yuan === null || yuan <= 0) return null;
  const exact = !/大概|大约|约|差不多|将近|接近|不到|至少|最少|起码|最多|左右|上下|以上|的样子|[多来几]/.test(text);
  return { value: Math.round(yuan * 100), exact };
}

/** A length of time in months or years, for use inside a regular expression. */
export const DURATION = `(?:${ABOUT}?(?:${NUMBER}年半|${NUMBER}个半月|半年多?|${NUMBER}年零?(?:${NUMBER}个月)|${NUMBER}(?:多年|年多|年)|${NUMBER}(?:个多月|个月))(?![前后内以之])(?:左右)?)`;

/** Reads a length matched by `DURATION`, in months. */
export function parseDuration(text: string): SpokenNumber | null {
  const exact = !/大概|大约|约|差不多|将近|接近|不到|左右|多/.test(text);
  const numbers = [...text.matchAll(new RegExp(NUMBER, 'g'))].map(([found]) => parseAmount(found));
  const [first = null, second = null] = numbers;
  if (/半年/.test(text)) return { value: 6, exact };
  if (first === null || numbers.includes(null)) return null;
  if (/年半/.test(text)) return { value: first * 12 + 6, exact };
  if (/个半月/.test(text)) return { value: first + 0.5, exact };
  if (/年/.test(text)) return { value: Number((first * 12 + (second ?? 0)).toPrecision(8)), exact };
  return { value: first, exact };
}

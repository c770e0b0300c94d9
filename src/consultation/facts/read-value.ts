import { DURATION, LOOSE_MONEY, NUMBER, parseAmount, parseDuration, parseMoney } from './numbers.js';
import { dayOfMonth, readTimes } from './times.js';

/** What a few words say when it is known what kind of thing they are about. */
export interface SaidValue<T> {
  readonly value: T;
  readonly exact: boolean;
}

const ABOUT = /大概|大约|差不多|左右|上下|好像|可能|应该是|记不太?清|多(?:块|元|$)|[^\d]来(?:块|元)/;

/** Fen. "5500", "五千五一个月", "六千多". */
export function sayMoney(text: string): SaidValue<number> | null {
  const found = [...text.matchAll(new RegExp(LOOSE_MONEY, 'g'))].flatMap((match) => parseMoney(match[0]) ?? []);
  const [first] = found;
  if (!first || found.length > 1 || /一天|每天|日薪|小时|一年|年薪|[-~—–到至]\s*\d/.test(text)) return null;
  return { value: first.value, exact: first.exact && !ABOUT.test(text) };
}

/** As far as the words tell it: `2025-03-05`, `2025-03`, `2025`. @param month the month already known, for "5号" */
export function sayDate(text: string, day: string, month: string | null = null): SaidValue<string> | null {
  const times = readTimes(text, day);
  const [time] = times;
  // "3月1号" after "去年三月" is a day of that month, not of the latest March
  const inMonth = time && month !== null && time.date.length === 10 && time.date.slice(5, 7) === month.slice(5) && !/年/.test(time.text);
  if (inMonth && times.length === 1) return { value: `${month}${time.date.slice(7)}`, exact: !ABOUT.test(text) };
  if (time && times.length === 1) return { value: time.date, exact: !ABOUT.test(text) };
  const date = time || month === null ? null : dayOfMonth(text, month);
  return date === null ? null : { value: date, exact: !ABOUT.test(text) };
}

/** Months, in halves. "半年", "三年半", "两个月", and a bare number, which counts months. */
export function sayMonths(text: string): SaidValue<number> | null {
  const said = new RegExp(DURATION).exec(text)?.[0];
  const length = said === undefined ? null : parseDuration(said);
  if (length) return { value: length.value, exact: length.exact };
  return /天|周|星期|年|号|日/.test(text) ? null : sayNumber(text);
}

/** The one number of a few words. */
export function sayNumber(text: string): SaidValue<number> | null {
  const found = [...text.matchAll(new RegExp(NUMBER, 'g'))].map(([number]) => parseAmount(number));
  const [first = null] = found;
  return first === null || found.length > 1 ? null : { value: first, exact: !ABOUT.test(text) };
}

const NO = /没得|没有|没买|没交|没签|没写|没上|未|不是|并不|不曾|从来没|^(?:没|不|否|无|莫得|冇)|没(?:有)?$/;
const YES = /^(?:是|对|有|嗯|要得|对头|确实|当然|已经|买|交|签|写|肯定)|(?:是的|对的|有的|买了|交了|签了|走了|离职了|是哦|对头|是这样)/;

/** Yes or no; null where neither or both are said. */
export function sayYesNo(text: string): boolean | null {
  const words = text.trim();
  if (/有没有|是不是/.test(words)) return null;
  if (NO.test(words)) return false;
  return YES.test(words) ? true : null;
}

const UNKNOWN =
  /不(?:太|大)?(?:知道|晓得|清楚|记得|确定|懂)|记不(?:得|清|到|起)|忘(?:了|记)|说不(?:清|准)|没(?:注意|印象)|搞不(?:懂|清)|不明白|莫法晓得|^(?:不知|不详|未知|没数)/;

/** "不知道", "不晓得", "记不到了". */
export function saysUnknown(text: string): boolean {
  return UNKNOWN.test(text);
}

/** Inside a regular expression's class: Han characters, those outside the basic plane left out. */
export const HAN = '\\u3400-\\u9fff';

/**
 * The text with every unit at its place and one spelling each: full-width ASCII becomes half-width (，becomes a comma),
 * dashes, spaces and interpuncts become - and blank and ·. Length and indices are those of the text.
 */
export function plainForm(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff\t]/g, ' ')
    .replace(/[‐‑‒–—―−﹣─]/g, '-')
    .replace(/[•‧・∙⋅･]/g, '·')
    .replace(/○/g, '〇');
}

const CHINESE_DIGITS: Readonly<Record<string, string>> = {
  〇: '0', 零: '0', 一: '1', 幺: '1', 壹: '1', 二: '2', 两: '2', 贰: '2', 三: '3', 叁: '3', 四: '4', 肆: '4',
  五: '5', 伍: '5', 六: '6', 陆: '6', 七: '7', 柒: '7', 八: '8', 捌: '8', 九: '9', 玖: '9',
}; // prettier-ignore
const CHINESE_DIGIT = Object.keys(CHINESE_DIGITS).join('');
const SPOKEN_NUMBER = new RegExp(`[${CHINESE_DIGIT}0-9](?:[ .-]{0,2}[${CHINESE_DIGIT}0-9]){6,}`, 'g');

/** A plain form in which numbers read out digit by digit (一三八一二三四…, seven and more) stand in Arabic digits. */
export function withSpokenDigits(plain: string): string {
  return plain.replace(SPOKEN_NUMBER, (run) => run.replace(/[^\d .-]/g, (char) => CHINESE_DIGITS[char] ?? char));
}

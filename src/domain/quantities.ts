import { CHINESE_NUMERAL_CHARS, parseNumeral } from './chinese-numerals.js';

/**
 * A figure that a text states, with its unit in one spelling, so that "三十日", "30天" and "30 日" are equal.
 * `key` is `unit:value`; fractions are `fraction:2/3`, dates `date:2011-01-21`.
 */
export interface Quantity {
  readonly key: string;
  readonly text: string;
  readonly index: number;
}

const ARABIC = '(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?';
const CHINESE = `[${CHINESE_NUMERAL_CHARS}]+(?:万[${CHINESE_NUMERAL_CHARS}]*)?(?:点[${CHINESE_NUMERAL_CHARS}]+)?`;
const NUMBER = `(?:${ARABIC}|${CHINESE})`;
const DASH = '[-－—–~～至到]';

/** Unit as written → unit in keys, and the factor to it. Longer spellings first. */
const UNITS: readonly (readonly [spelling: string, unit: string, factor: number])[] = [
  ['个工作日', 'workday', 1],
  ['工作日', 'workday', 1],
  ['个自然月', 'month', 1],
  ['个月', 'month', 1],
  ['月', 'month', 1],
  ['个小时', 'hour', 1],
  ['小时', 'hour', 1],
  ['日', 'day', 1],
  ['天', 'day', 1],
  ['周年', 'year', 1],
  ['年', 'year', 1],
  ['周岁', 'age', 1],
  ['岁', 'age', 1],
  ['个百分点', 'percent-point', 1],
  ['%', 'percent', 1],
  ['％', 'percent', 1],
  ['‰', 'permille', 1],
  ['倍', 'times', 1],
  ['万元', 'yuan', 10_000],
  ['亿元', 'yuan', 100_000_000],
  ['元', 'yuan', 1],
  ['块钱', 'yuan', 1],
  ['个星期', 'day', 7],
  ['星期', 'day', 7],
  ['级', 'grade', 1],
  ['平方米', 'square-metre', 1],
  ['亩', 'mu', 1],
  ['公里', 'km', 1],
];

const UNIT_KEYS = new Map(
  [...UNITS, ['块', 'yuan', 1] as const, ['周', 'day', 7] as const].map(([spelling, unit, factor]) => [spelling, { unit, factor }]),
);
const UNIT_PATTERN = [...UNITS.map(([spelling]) => spelling), '块(?![地田石玉板儿])', '周(?![期末边围])'].join('|');

const PATTERNS = new RegExp(
  [
    // a reference to an article, paragraph or item is no figure of the rule
    `(?<reference>第\\s*${NUMBER}\\s*(?:条(?:之${NUMBER})?|款|项|章|节|编|号|届|次|庭|期)|[（(]${NUMBER}[）)]|〔\\d{4}〕|\\d+号)`,
    `(?<date>(?<year>[0-9]{4}|[〇零一二三四五六七八九]{4})年(?:(?<month>${NUMBER})月(?:(?<day>${NUMBER})日)?)?)`,
    `(?<monthDay>(?<monthOnly>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月(?<dayOnly>[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)`,
    `(?<parts>(?<denominator>[百千万]|${NUMBER})分之(?<numerator>${NUMBER}))`,
    // 一年半 is eighteen months, 一个半月 one and a half
    `(?<andHalf>(?<whole>${NUMBER})(?<wholeUnit>年半|个半月|天半|个半小时))`,
    // 双倍工资 is the name of a claim; 双倍赔 is a figure
    '(?<double>双倍(?=赔|补|支付|返还|罚)|(?<=[赔补付还罚])双倍)',
    `(?<half>半(?<halfUnit>年|个月|天|日|小时))`,
    // "第一日" counts a day, "一级至四级", "五级、六级" are read number by number
    `(?<number>${NUMBER}|数)\\s*(?<wan>[万千百])?\\s*多?\\s*(?:余)?\\s*(?<unit>${UNIT_PATTERN})`,
    // 七至十级, 1-4级, 1至3个月, 五、六级: the first number takes the unit of the second
    `(?<range>(?<from>${NUMBER})(?=\\s*(?:${DASH}|、|以上)\\s*(?:第)?\\s*${NUMBER}\\s*(?<rangeUnit>${UNIT_PATTERN})))`,
    // 赔10万: money, unless something else is counted
    `(?<bareWan>(?<wanNumber>${NUMBER})\\s*万)(?!\\s*(?:分之|[多余个人户亩平辆件次字里公]))`,
  ].join('|'),
  'g',
);

const MULTIPLIERS: Readonly<Record<string, number>> = { 万: 10_000, 千: 1000, 百: 100 };

/** Everyday words in which a numeral is no figure: 一年一度 is one, 上一年度 names a year, 一般、一次性 have no unit. */
const NO_FIGURE_BEFORE = /(?:上|下|前|最后|同|每|逐|整|某|任)$/;
const NO_FIGURE_LEVEL = /(?:上|下|高|同|各|县|市|省|更高|更低)$/;

/** All figures of a text, in order. Article references, ordinals of paragraphs and document numbers are left out. */
export function extractQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  for (const match of text.matchAll(PATTERNS)) {
    const groups = match.groups ?? {};
    if (groups['reference'] !== undefined) continue;
    const key = keyOf(groups, text.slice(Math.max(0, match.index - 2), match.index));
    if (key !== null) found.push({ key, text: match[0], index: match.index });
  }
  return found;
}

function keyOf(groups: Record<string, string | undefined>, before: string): string | null {
  if (groups['date'] !== undefined) {
    const year = Array.from(groups['year'] ?? '', (char) => parseNumeral(char)).join('');
    const month = groups['month'] === undefined ? null : parseNumeral(groups['month']);
    const day = groups['day'] === undefined ? null : parseNumeral(groups['day']);
    return `date:${[year, ...[month, day].filter((part) => part !== null).map((part) => String(part).padStart(2, '0'))].join('-')}`;
  }
  if (groups['monthDay'] !== undefined) {
    return `monthday:${String(parseNumeral(groups['monthOnly'] ?? ''))}-${String(parseNumeral(groups['dayOnly'] ?? ''))}`;
  }
  if (groups['parts'] !== undefined) {
    const denominator = groups['denominator'] ?? '';
    const numerator = readNumber(groups['numerator'] ?? '');
    if (denominator === '百') return `percent:${String(numerator)}`;
    if (denominator === '千') return `permille:${String(numerator)}`;
    if (denominator === '万') return `permyriad:${String(numerator)}`;
    return `fraction:${String(numerator)}/${String(parseNumeral(denominator))}`;
  }
  if (groups['andHalf'] !== undefined) {
    const whole = readNumber(groups['whole'] ?? '');
    if (whole === null) return null;
    const unit = groups['wholeUnit'] ?? '';
    if (unit === '年半') return keyFor('month', whole * 12 + 6);
    return keyFor(unit === '个半月' ? 'month' : unit === '天半' ? 'day' : 'hour', whole + 0.5);
  }
  if (groups['double'] !== undefined) return keyFor('times', 2);
  if (groups['bareWan'] !== undefined) {
    const value = readNumber(groups['wanNumber'] ?? '');
    return value === null ? null : keyFor('yuan', value * 10_000);
  }
  if (groups['half'] !== undefined) {
    const unit = UNIT_KEYS.get(groups['halfUnit'] ?? '')?.unit ?? '';
    return unit === 'year' ? 'month:6' : `${unit}:0.5`;
  }
  if (groups['range'] !== undefined) {
    const value = readNumber(groups['from'] ?? '');
    const unit = UNIT_KEYS.get(groups['rangeUnit'] ?? '');
    return value === null || !unit ? null : keyFor(unit.unit, value * unit.factor);
  }
  const value = readNumber(groups['number'] ?? '');
  const unit = UNIT_KEYS.get(groups['unit'] ?? '');
  if (value === null || !unit) return null;
  if (unit.unit === 'year' && value === 1 && NO_FIGURE_BEFORE.test(before)) return null;
  if (unit.unit === 'grade' && NO_FIGURE_LEVEL.test(before)) return null;
  if ((unit.unit === 'day' || unit.unit === 'month') && value === 1 && NO_FIGURE_BEFORE.test(before)) return null;
  return keyFor(unit.unit, value * unit.factor * (MULTIPLIERS[groups['wan'] ?? ''] ?? 1));
}

/** Twelve digits are more than any figure of law has; beyond them lies the error of binary fractions. */
function keyFor(unit: string, value: number): string {
  return `${unit}:${String(Number(value.toPrecision(12)))}`;
}

function readNumber(text: string): number | null {
  const ascii = text
    .replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace('．', '.')
    .replace(/[,，]/g, '');
  if (/^\d+\.\d+$/.test(ascii)) return Number(ascii);
  const [whole = '', fraction] = ascii.split('点');
  if (fraction === undefined) return parseNumeral(ascii);
  const before = parseNumeral(whole);
  const digits = Array.from(fraction, (char) => parseNumeral(char));
  return before === null || digits.includes(null) ? null : Number(`${String(before)}.${digits.join('')}`);
}

/** Keys that say the same figure: 一年 and 十二个月, 半年 and 六个月. */
export function equivalentKeys(key: string): string[] {
  const [unit, value] = key.split(':');
  if (unit === 'year') return [key, `month:${String(Number(value) * 12)}`];
  if (unit === 'month' && Number(value) % 12 === 0) return [key, `year:${String(Number(value) / 12)}`];
  if (unit === 'fraction') {
    const [numerator, denominator] = (value ?? '').split('/').map(Number);
    if (numerator !== undefined && denominator === 10) return [key, `percent:${String(numerator * 10)}`];
  }
  if (unit === 'percent' && Number(value) % 10 === 0) return [key, `fraction:${String(Number(value) / 10)}/10`];
  return [key];
}

/**
 * The figures of `claim` that stand in none of `sources`. Empty means every figure is supported.
 * A range "一级至四级" supports the grades between its ends.
 */
export function unsupportedQuantities(claim: string, sources: Iterable<string>): Quantity[] {
  return unsupportedBy(claim, [supportedKeys(sources)]);
}

/** Keys of all figures that texts state, in every spelling. */
export function supportedKeys(sources: Iterable<string>): Set<string> {
  const supported = new Set<string>();
  for (const source of sources) {
    for (const quantity of extractQuantities(source)) for (const key of equivalentKeys(quantity.key)) supported.add(key);
    for (const grade of gradesInRanges(source)) supported.add(`grade:${String(grade)}`);
  }
  return supported;
}

/** The figures of `claim` that stand in none of the sets of `supportedKeys`. */
export function unsupportedBy(claim: string, supported: readonly ReadonlySet<string>[]): Quantity[] {
  return extractQuantities(claim).filter(
    (quantity) => !equivalentKeys(quantity.key).some((key) => supported.some((keys) => keys.has(key))),
  );
}

/** Disability grades that a text names, 1 to 10, those between the ends of a range ("七级至九级") among them. */
export function gradesIn(text: string): Set<number> {
  const named = extractQuantities(text).flatMap(({ key }) => (key.startsWith('grade:') ? [Number(key.slice('grade:'.length))] : []));
  return new Set([...named, ...gradesInRanges(text)].filter((grade) => grade >= 1 && grade <= 10));
}

function gradesInRanges(text: string): number[] {
  const out: number[] = [];
  const range = new RegExp(`(${NUMBER})级?${DASH}(${NUMBER})级`, 'g');
  for (const match of text.matchAll(range)) {
    const low = parseNumeral(match[1] ?? '');
    const high = parseNumeral(match[2] ?? '');
    if (low === null || high === null || high > 10) continue;
    for (let grade = low; grade <= high; grade++) out.push(grade);
  }
  return out;
}

/** 13个月, 60%, 半个月: a figure as an article counts it. */
export function figureText({ value, unit }: { readonly value: number; readonly unit: string }): string {
  return value === 0.5 ? `半${unit}` : `${String(value)}${unit}`;
}

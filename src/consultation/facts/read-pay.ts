import type { Reading } from './fact.js';
import { DURATION, LOOSE_MONEY, MONEY, NUMBER, parseAmount, parseDuration, parseMoney } from './numbers.js';
import { IN_CLAUSE, clauseAt, type Told } from './told.js';

const WORK = /工资|工钱|薪|老板|公司|单位|厂|工地|包工头|工头|打工|干活|上班|劳务|工人|员工|收入|工价|日薪|个工|干活|干了/;
/** In such a clause an amount is not what one earns. */
const NOT_EARNED =
  /欠|没发|没给|不发|未发|未付|拿不到|没拿到|没结|不给|扣|罚|赔|补偿|最低工资|社保|保险|公积金|房租|租金|贷|借|利息|抚养|医药|护理|生活费|退休|养老|押金|补贴|奖金|报销|水电|缴费|基数|双倍|加班费|加班工资|社平|平均工资|涨|降|调|从.{0,8}到|工龄|低保|提成|垫|转|标准是|应该/;
const NET = /到手|实发|实际拿|拿到手|净/;

const PAY =
  '(?:月工资|月薪|工资|薪水|薪资|月收入|收入|工价|底薪|基本工资|一个?月(?:的)?(?:工资|收入)?|每个?月(?:的)?(?:工资|收入|能?拿|挣|给我?|开)?)';
const LINK =
  '(?:大概|平均|税前|税后|到手|实发|实际|约定|谈好|说好|固定|是|为|有|才|就|只有|只|都|能|可以|拿|挣|给我?|开|每个?月|一个?月|月|也就|:|在|(?:合同)?写的?|的){0,4}';
const DAY_PAY = '(?:日薪|日工资|工资一天|一天(?:的)?(?:工资|工钱)?|每天(?:的)?(?:工资|工钱|给我?)?|工钱一天|一个工|点工)';

/** Wages, arrears and overtime. */
export function readPay(told: Told): Reading[] {
  if (!WORK.test(told.raw)) return [];
  return [...readMonthlyWage(told), ...readDailyWage(told), ...readOwed(told), ...readOwedMonths(told), ...readOvertime(told)];
}

function amounts({ text }: Told, id: 'monthly-wage' | 'daily-wage' | 'owed', pattern: string, but: RegExp): Reading[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].flatMap((match): Reading[] => {
    const clause = clauseAt(text, match.index);
    const said = match.groups?.['money'] ?? '';
    const money = parseMoney(said);
    if (money === null || but.test(clause)) return [];
    const net = id !== 'owed' && NET.test(clause);
    const display = net ? { display: `到手${money.exact ? '' : '大约'}${String(money.value / 100)}元` } : {};
    return [
      { id, value: money.value, words: match[0], exact: money.exact && !net && !/大概|大约|平均|差不多|左右/.test(match[0]), ...display },
    ];
  });
}

/** One amount, however often it is said; two different ones are none. */
function single(found: readonly Reading[], low: number, high: number): Reading[] {
  const [first] = found;
  if (!first || found.some(({ value }) => value !== first.value)) return [];
  const yuan = Number(first.value) / 100;
  return yuan >= low && yuan <= high ? [first] : [];
}

function readMonthlyWage(told: Told): Reading[] {
  const pattern = `${PAY}${LINK}\\s*(?<money>${LOOSE_MONEY})(?!\\s*(?:[/每一]?(?:天|日|小时|年)|左右一天|一天))`;
  const after = `(?<![每/]天|一天)(?<money>${MONEY})\\s*(?:/月|每个?月|一个?月|一月)(?!${IN_CLAUSE}{0,4}(?:房租|租))`;
  const spoken = `(?<money>${LOOSE_MONEY})(?:一个月|每个?月|/月)(?!${IN_CLAUSE}{0,4}(?:房租|租))`;
  const other = /一天|每天|日薪|日工资|小时|年薪|时薪|计件|一年|提成/;
  const found = [pattern, after, spoken]
    .flatMap((one) => amounts(told, 'monthly-wage', one, NOT_EARNED))
    .filter(({ words }) => !other.test(words));
  // a basic wage is part of the wage only
  return single(
    found.map((one) => (/底薪|基本工资|基本/.test(one.words) ? { ...one, exact: false } : one)),
    300,
    200_000,
  );
}

function readDailyWage(told: Told): Reading[] {
  const pattern = `${DAY_PAY}${LINK}\\s*(?<money>${LOOSE_MONEY})`;
  const after = `(?<money>${MONEY})\\s*(?:/天|每天|一天|一个工)`;
  const but = new RegExp(`${NOT_EARNED.source}|餐|饭|伙食|住院|打车`);
  return single([...amounts(told, 'daily-wage', pattern, but), ...amounts(told, 'daily-wage', after, but)], 30, 3000);
}

const DEBT = '(?:拖欠|差欠|还欠|尚欠|欠|还差|差|没给|未付|没付|没结|未结|没发|不给|不付)';
const GOODS =
  '(?:了|着|我的?|本人|他|她|的|共|一共|总共|还有|剩余?|劳务|血汗|加班|最后|合计)*(?:工资|工钱|劳务费|薪水|劳动报酬|钱|血汗钱|工程款|款)?(?:一共|共|总共|合计|还有|大概|约|共计)?';

function readOwed(told: Told): Reading[] {
  const but = /借|我们|大家|工人们|个人|十几人|\d+人|贷|货款|房租|每月|一个月|每个月|押金|社保|扣|彩礼|一天|补贴|补偿|赔/;
  const pattern = `${DEBT}${GOODS}\\s*(?<money>${MONEY}|${LOOSE_MONEY})`;
  const after = `(?<money>${MONEY})(?:的)?(?:工资|工钱|劳务费|薪水|血汗钱)?(?:到现在|一直|还|都|就|至今|,)?(?:没给|没发|没付|没结|不给|要不到|拿不到|没拿到|没有给|没有付|未付|拖着不给)`;
  return single([...amounts(told, 'owed', pattern, but), ...amounts(told, 'owed', after, but)], 10, 5_000_000);
}

function readOwedMonths({ text }: Told): Reading[] {
  const pattern = new RegExp(
    `(?:拖欠|欠|没发|没给|未发|没有发|不发)(?:了|我的?|着|他|她|有|已经|快|工资|工钱)*(?<a>${DURATION})(?:的)?(?:工资|工钱|薪)?|(?<b>${DURATION})(?:的)?(?:工资)?(?:都|就|一直|了)?(?:没有?|未|不)(?:给我们?)?(?:发|给|付|结)(?:过|我)?(?:的)?(?:工资|工钱|薪|$|[,，。□])`,
  );
  const match = pattern.exec(text);
  const said = match?.groups?.['a'] ?? match?.groups?.['b'];
  if (!match || said === undefined) return [];
  if (/社保|保险|公积金|合同|押|借|房租|试用|年终|生活费/.test(clauseAt(text, match.index))) return [];
  const length = parseDuration(said);
  return length === null || length.value > 60 ? [] : [{ id: 'owed-months', value: length.value, words: match[0], exact: length.exact }];
}

function readOvertime({ text }: Told): Reading[] {
  const hours = `(?<n>${NUMBER})(?:个)?(?:多)?(?:小时|钟头)`;
  const found: Reading[] = [];
  const add = (id: 'overtime-daily-hours' | 'overtime-hours' | 'overtime-days', pattern: string, most: number): void => {
    const match = new RegExp(pattern).exec(text);
    const value = match === null ? null : parseAmount(match.groups?.['n'] ?? '');
    if (match && value !== null && value > 0 && value <= most && !/不得|不超|不能|没加|超过/.test(clauseAt(text, match.index)))
      found.push({ id, value, words: match[0], exact: !/多/.test(match[0]) });
  };
  add('overtime-daily-hours', `每天(?:都)?(?:要)?加班(?:了)?(?:到)?${hours}`, 16);
  add(
    'overtime-hours',
    `(?:一共|总共|累计|共)加(?:了)?班?(?:了)?${hours}|加班(?:一共|总共|累计|共)(?:了|有)?${hours.replace('?<n>', '?<n2>')}`,
    5000,
  );
  add(
    'overtime-days',
    `(?:周末|星期天|休息日|节假日|国庆|春节|五一|法定节假日)(?:期间)?(?:都)?(?:加班|上班|加了|上了)(?:了|共)?(?<n>${NUMBER})天`,
    200,
  );
  return found;
}

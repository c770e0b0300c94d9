import type { PersonalDataKind, PersonalDataSpan } from './kinds.js';
import { HAN } from './plain-form.js';

/** A pattern whose group `value` is personal; `lead`, the words that introduce it, comes right before. */
interface Rule {
  readonly kind: PersonalDataKind;
  readonly pattern: RegExp;
  /** Judges what the pattern alone cannot: `value`, and the text before it. */
  readonly holds?: (value: string, before: string) => boolean;
}

const PROVINCE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
/** What makes a row of digits a sum, not a number of something. */
const NO_SUM = '(?!\\d|\\.\\d|[ ]?(?:元(?!旦)|块|万|亿|美元))';
const IS = '(?:是|为|叫|:|：|"|“| |,){0,4}';
const digitsOf = (value: string): string => value.replace(/\D/g, '');

/** Rules in the order in which they claim text: the sure and the long first. They read the plain form, digits spoken out in Arabic. */
const RULES: readonly Rule[] = [
  { kind: 'email', pattern: /(?<![\w.+-])(?<value>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})/g },
  {
    // (2024)川0185民初123号, (2010)简阳民初字第123号; never 法释〔2020〕26号, which has no kind of procedure
    kind: 'case-number',
    pattern: new RegExp(
      `(?<value>[(〔[]\\d{4}[)〕\\]] ?[${HAN}]{0,5}\\d{0,4}[${HAN}]{0,3}[民刑行执仲劳赔破诉调保知商再申][${HAN}]{0,6} ?\\d{1,7}号(?:之[一二三四五六七八九十]|-\\d{1,2})?)`,
      'g',
    ),
  },
  {
    // 简劳人仲案〔2024〕12号, 工伤认字[2023]第45号
    kind: 'case-number',
    pattern: new RegExp(
      `(?<value>[^\\P{Script=Han}在由是为号于到的书定决裁案件]{0,4}(?:劳人?仲|工伤?认)[${HAN}]{0,5}[(〔[]\\d{4}[)〕\\]] ?第?\\d{1,7}号)`,
      'gu',
    ),
  },
  {
    kind: 'document',
    pattern: new RegExp(`(?<value>[${PROVINCE}]?[(〔]\\d{4}[)〕][${HAN}]{2,10}不动产权第?\\d{3,10}号)`, 'g'),
  },
  {
    kind: 'document',
    pattern: new RegExp(
      `(?<value>[${HAN}]{0,3}(?:房权证|国用|集用|房地证)[${HAN}]{0,8}(?:[(〔]\\d{4}[)〕])?[${HAN}]{0,5}\\d{3,10}号)`,
      'g',
    ),
  },
  { kind: 'document', pattern: /(?<![0-9A-Z])(?<value>9[1-3]\d{6}(?=\d{0,9}[A-Z])[0-9A-Z]{10})(?![0-9A-Z])/g },
  {
    kind: 'identity-number',
    pattern: /(?<![0-9A-Za-z])(?<value>[1-9]\d(?:[ -]{0,2}\d){15}[ -]{0,2}[\dXx×*])(?![0-9A-Za-z])/g,
    holds: (value) => isBirthDate(digitsOf(value).slice(6, 14)),
  },
  {
    kind: 'identity-number',
    pattern: /(?<!\d)(?<value>[1-8]\d{5}[ -]?\d{6}[ -]?\d{3})(?!\d)/g,
    holds: (value) => isBirthDate(`19${digitsOf(value).slice(6, 12)}`),
  },
  {
    kind: 'identity-number',
    pattern: new RegExp(`(?<lead>身份证(?:号码|号)?${IS})(?<value>\\d[\\dXx* -]{12,24}[\\dXx*])${NO_SUM}`, 'g'),
  },
  {
    kind: 'document',
    pattern: new RegExp(
      `(?<lead>(?:护照|通行证|台胞证|回乡证|[军警士]官证|士兵证|残疾人?证|社保|社会保[障险]|医保|医疗保险|养老保险|公积金|驾驶证|驾照|行驶证|居住证|房产证|不动产权?证|土地证|结婚证|就诊|住院|病历|病案|档案|学籍|个人|准考证|订单|快递|运单|[工学单])[卡证]?(?:号码|编号|账号|号)${IS})` +
        `(?<value>[A-Za-z]{0,4}\\d(?:[ -]?[0-9A-Za-z]){3,24})(?![0-9A-Za-z])${NO_SUM}`,
      'g',
    ),
  },
  { kind: 'document', pattern: /(?<lead>(?:护照|通行证|台胞证|回乡证)[^\n\d,。]{0,4}?)(?<value>[A-Za-z]{1,2}\d{7,9})(?!\d)/g },
  { kind: 'bank-card', pattern: new RegExp(`(?<![\\d.])(?<value>\\d{15,19})${NO_SUM}`, 'g') },
  {
    kind: 'bank-card',
    pattern: new RegExp(`(?<!\\d[ -]?)(?<value>\\d{4}(?:[ -]{1,2}\\d{4}){3}(?:[ -]{1,2}\\d{1,3})?|\\d{6}[ -]\\d{9,13})${NO_SUM}`, 'g'),
    holds: (value, before) => passesLuhn(digitsOf(value)) || /^62/.test(value) || /[卡账帐户]|[打转汇存]到?/.test(before.slice(-8)),
  },
  {
    kind: 'phone',
    pattern: new RegExp(`(?<!\\d)(?<value>(?:(?:\\+|00)?86[ -]{0,2}|0)?1 ?[3-9](?:[ .-]{0,3}\\d){9})${NO_SUM}`, 'g'),
    holds: isGroupedLikeAPhone,
  },
  { kind: 'phone', pattern: /(?<lead>(?:电话|手机)[^\d\n]{0,6})(?<value>1[3-9]\d{5,9}[xX*]{1,6})/g },
  {
    // read out in pieces: 138，中间1234，后面5678
    kind: 'phone',
    pattern:
      /(?<lead>(?:电话|手机|号码|联系|拨打?|打)[^\d\n]{0,8})(?<value>1[3-9]\d[^\d\n元块万年月日]{1,8}\d{4}[^\d\n元块万年月日]{1,8}\d{4})(?!\d)/g,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<!\\d)(?<value>(?:\\+?86[ -]?)?(?:\\(0\\d{2,3}\\)|0\\d{2,3})[ -]{0,2}[2-9]\\d{2,3}[ -]?\\d{4}(?:[ -]?(?:转|-) ?\\d{1,5})?)${NO_SUM}`,
      'g',
    ),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<lead>(?:电话|座机|固话|手机|号码|拨打|致电)(?:号码?)?${IS})(?<value>[2-9]\\d{2,3}[ -]?\\d{4})${NO_SUM}(?!年)`,
      'g',
    ),
  },
  {
    kind: 'bank-card',
    pattern: new RegExp(
      `(?<lead>(?:卡号?|账号|帐号|账户|存折|[打转汇存]到)[^\\d\\n,。]{0,6})(?<value>\\d(?:[ -]{0,2}\\d){8,24})${NO_SUM}`,
      'g',
    ),
    holds: (value, before) => digitsOf(value).length >= (/[卡账帐]号[^\d]*$/.test(before) ? 9 : 12) && !/^(?:19|20)\d\d-/.test(value),
  },
  {
    kind: 'plate',
    pattern: new RegExp(
      `(?<value>[${PROVINCE}][A-Z] ?[ ·.-]?(?:[DF][A-Z0-9]\\d{4}|\\d{5}[DF]|(?=[A-Z]{0,4}\\d)[A-Z0-9]{5}|[A-Z0-9]{4}[学警港澳挂领试超]))(?![A-Z0-9])`,
      'gi',
    ),
  },
  {
    kind: 'plate',
    pattern: new RegExp(
      `(?<![A-Z])(?<value>WJ ?(?:\\d{2})?[${PROVINCE}]? ?[A-Z]?\\d{4,5}[A-Z]?|[军空海][A-Z][ ·-]?\\d{5}|使\\d{6}|\\d{6}使)(?![A-Z0-9])`,
      'gi',
    ),
  },
  {
    kind: 'account',
    pattern: new RegExp(
      `(?<lead>(?:微信|威信|薇信|v信|(?<![a-z])(?:wechat|wx|vx)(?=[: ])|加我?v(?=[: a-z])|抖音|快手|支付宝|钉钉|小红书)(?:号码?|[账帐]号|id|名)?${IS})(?<value>(?!wechat|weixin|alipay|app)[a-z][a-z0-9_-]{4,29})(?!\\.)`,
      'gi',
    ),
  },
  {
    kind: 'account',
    pattern: new RegExp(
      `(?<lead>(?:(?:微信|抖音|快手|支付宝)(?:号码?|[账帐]号|id)|(?:QQ|扣扣)(?:号码?|群号?|[账帐]号)?)${IS})(?<value>[1-9]\\d{4,11})${NO_SUM}`,
      'gi',
    ),
  },
  { kind: 'account', pattern: /(?<lead>(?:微信|QQ|抖音|快手)(?:名|昵称)(?:是|叫|:)? ?["“「])(?<value>[^"”」\n]{1,16})/gi },
];

/** Numbers and number-like marks of a person. Spans do not overlap those that `claim` refuses. */
export function findNumbers(plain: string, claim: (span: PersonalDataSpan) => void): void {
  for (const { kind, pattern, holds } of RULES) {
    for (const match of plain.matchAll(pattern)) {
      const value = match.groups?.['value'] ?? '';
      const index = match.index + (match.groups?.['lead']?.length ?? 0);
      if (holds && !holds(value, plain.slice(Math.max(0, index - 16), index))) continue;
      claim({ kind, index, length: value.length });
    }
  }
}

function isBirthDate(digits: string): boolean {
  return /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits);
}

const SAYS_TELEPHONE = /电话|手机|号码|联系|[拨打]|微信/;

/** 138 1234 5678, 1381 234 5678, 1 3 8 …; other groups only where the words say telephone, lest a row of sums be one. */
function isGroupedLikeAPhone(value: string, before: string): boolean {
  const groups = value
    .replace(/^(?:\+|00)86|^86(?=\D)|^86(?=1\d{10})/, '')
    .split(/[ .-]+/)
    .filter((group) => group !== '');
  if (SAYS_TELEPHONE.test(before)) return true;
  // 130 1200 1500 are round sums
  if (groups.length > 1 && groups.length < 5 && groups.every((group) => group.endsWith('0'))) return false;
  const sizes = groups.map((group) => group.length).join();
  return /^(?:11|12|3,4,4|3,8|7,4|4,3,4|3,3,5|1(?:,1){10}|4,4,4)$/.test(sizes);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const value = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

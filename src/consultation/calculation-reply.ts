import { isDay } from '../calculators/dates.js';
import type { Input, InputValue } from '../calculators/index.js';
import { sayDate, sayMoney, sayMonths, sayNumber, sayYesNo, saysUnknown } from './facts/read-value.js';
import { stated } from './facts/stated.js';

/** What a reply says to one question. */
export type Said =
  | { readonly kind: 'value'; readonly value: InputValue; readonly exact: boolean }
  /** Of a date, the month alone. */
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable' };

const UNREADABLE: Said = { kind: 'unreadable' };

/** Typed answers that mean an option; the option's own words always do. First match wins. */
const OPTION_WORDS: Readonly<Record<string, readonly (readonly [pattern: RegExp, value: string])[]>> = {
  outcome: [
    [/去世|死|走了|过世|不在了|身亡/, 'death'],
    [/没评|没有评|还没|没鉴定|没做|没级|没等级|正在|等/, 'ungraded'],
    [/评上|评了|鉴定了|[一二三四五六七八九十\d]级/, 'grade'],
  ],
  insured: [
    [/没|未|不(?!知)/, 'no'],
    [/买|交|有|参/, 'yes'],
  ],
  leaving: [
    [/还在|没走|没离|在上班|在职|没辞/, 'stays'],
    [/到期/, 'expired'],
    [/辞退|开除|裁|叫我走|赶|要我走|不要我/, 'dismissed'],
    [/辞职|自己|不干|离职/, 'resigned'],
  ],
  nursing: [
    [/没写|没有|不需要|不用|无/, 'none'],
    [/完全/, 'full'],
    [/大部分/, 'most'],
    [/部分/, 'part'],
  ],
  deathTiming: [
    [/当场|当时|当天|抢救|停工留薪期内/, 'accident'],
    [/一级|四级|期满|以后/, 'grade-1-4'],
  ],
  reason: [
    [/裁员|被裁/, 'layoff'],
    [/倒闭|破产|关门|关闭|注销|解散/, 'closed'],
    [/逼|被迫|欠薪|欠工资|不发工资|拖欠|没交社保|没买社保|不交社保|不买社保/, 'article-38'],
    [/到期.{0,8}(?:我不|我没|自己不)/, 'expired-worker'],
    [/到期|不续/, 'expired-employer'],
    [/退休|养老金/, 'retired'],
    [/违纪|旷工|严重|试用期/, 'misconduct'],
    [/不胜任|病|情况.{0,4}变化|部门撤/, 'article-40'],
    [/(?:公司|单位|老板).{0,4}(?:先)?提|协商.{0,6}(?:公司|单位|老板)/, 'agreed-employer'],
    [/(?:自己|主动|我).{0,4}(?:辞职|不想干|不干|离职|走的)|^辞职/, 'resigned'],
    [/没(?:有)?(?:任何)?(?:理由|原因)|无缘无故|无故|突然|直接.{0,4}(?:辞|开|叫)|违法/, 'unlawful'],
  ],
  notice: [
    [/多给|多付|给了一个月/, 'paid'],
    [/没|不满|当天|突然|未/, 'none'],
    [/提前|通知了|有/, 'noticed'],
  ],
  signed: [
    [/补签|后来签|后面签|签了/, 'later'],
    [/没|未|一直没|不/, 'never'],
  ],
  system: [
    [/综合/, 'pooled'],
    [/不定时/, 'irregular'],
    [/固定|标准|朝九晚|正常|八小时|8小时|上下班/, 'standard'],
  ],
  situation: [
    [/来.{0,8}走|都是那年|同一年/, 'both'],
    [/新来|入职|刚来|那年来|进来/, 'joined'],
    [/离开|离职|走|辞/, 'left'],
    [/全年|都在|一直在|整年|一整年/, 'whole'],
  ],
  kind: [
    [/最低工资/, 'below-minimum'],
    [/没给|欠|没发|工资|加班费|补偿/, 'unpaid'],
  ],
  stage: [
    [/过了|逾期|还是没|仍/, 'overdue'],
    [/责令|限期/, 'ordered'],
    [/没|未|不/, 'none'],
    [/投诉了|去了|报了|有/, 'complained'],
  ],
  informed: [
    [/没|不全|未/, 'no'],
    [/写了|有|都写/, 'yes'],
  ],
};

/**
 * Reads a reply to the one question it answers, or one of two.
 * @param month the month that is already known of a date
 */
export function readReply(input: Input, reply: string, day: string, month: string | null): Said {
  const words = reply.normalize('NFKC').trim();
  const own = input.options?.find(({ label }) => label === reply.trim());
  if (own) return { kind: 'value', value: own.value, exact: true };
  if (saysUnknown(words)) return { kind: 'unknown' };
  const text = stated(words.replace(/大概|大约|应该是?|好像|可能/g, '大约'))
    .replace(/□+/g, ' ')
    .trim();
  if (text === '') return UNREADABLE;
  switch (input.kind) {
    case 'date':
      return readDate(input, text, day, month);
    case 'money':
      return bounded(input, sayMoney(text));
    case 'months':
      return bounded(input, halves(sayMonths(text)));
    case 'integer':
      return bounded(input, input.id === 'workedMonths' ? sayMonths(text) : input.id === 'year' ? sayYear(text, day) : count(text));
    case 'days':
      return bounded(input, halves(nothing(text) ? { value: 0, exact: true } : sayNumber(text)));
    case 'hours':
      return bounded(input, nothing(text) ? { value: 0, exact: true } : sayHours(text));
    case 'yes-no': {
      const yes = sayYesNo(text);
      return yes === null ? UNREADABLE : { kind: 'value', value: yes, exact: true };
    }
    case 'choice':
      return readOption(input, text);
  }
}

function readDate(input: Input, text: string, day: string, month: string | null): Said {
  // of a demand, "没有" says that there was none; of a day, it says nothing
  if (input.mayBeUnknown === true && /^(?:没有?|没得|没过|没有过|从来没有|无|都没有)/.test(text))
    return { kind: 'value', value: null, exact: true };
  const said = sayDate(text, day, month);
  if (said === null) return UNREADABLE;
  if (isDay(said.value)) return { kind: 'value', value: said.value, exact: said.exact };
  return said.value.length === 7 ? { kind: 'month', month: said.value } : UNREADABLE;
}

function bounded(input: Input, said: { readonly value: number; readonly exact: boolean } | null): Said {
  if (said === null || said.value < (input.min ?? 0) || (input.max !== undefined && said.value > input.max)) return UNREADABLE;
  if (input.kind === 'integer' && !Number.isInteger(said.value)) return UNREADABLE;
  return { kind: 'value', ...said };
}

function halves<T extends { readonly value: number }>(said: T | null): T | null {
  return said !== null && Number.isInteger(said.value * 2) ? said : null;
}

function nothing(text: string): boolean {
  return /^(?:没有?|没得|无|零|0|没加过?|没休过?|一天都?没|一次都?没|都没|没上)/.test(text);
}

function count(text: string): { value: number; exact: boolean } | null {
  return nothing(text) && !/\d级/.test(text) ? { value: 0, exact: true } : sayNumber(text.replace(/[个级位人]/g, ''));
}

function sayYear(text: string, day: string): { value: number; exact: boolean } | null {
  const said = sayDate(/^\d{4}$/.test(text) ? `${text}年` : text, day);
  return said === null ? null : { value: Number(said.value.slice(0, 4)), exact: true };
}

/** "30小时", "3天每天8小时". Days alone are not: how long they were has to be said. */
function sayHours(text: string): { value: number; exact: boolean } | null {
  const days = /(?<days>[\d.]+|[一二两三四五六七八九十]+)天.{0,6}?(?<hours>[\d.]+|[一二两三四五六七八九十]+)(?:个)?小时/.exec(text)?.groups;
  if (days) {
    const [a, b] = [sayNumber(days['days'] ?? ''), sayNumber(days['hours'] ?? '')];
    return a && b ? { value: Math.round(a.value * b.value * 100) / 100, exact: true } : null;
  }
  if (/天|日|周|次|年|月/.test(text)) return null;
  const said = sayNumber(text.replace(/个?(?:多)?(?:小时|钟头)/, ''));
  return said === null || Math.abs(said.value * 100 - Math.round(said.value * 100)) > 1e-6 ? null : said;
}

function readOption(input: Input, text: string): Said {
  const options = input.options ?? [];
  const value = (one: string | undefined): Said =>
    one !== undefined && options.some((option) => option.value === one) ? { kind: 'value', value: one, exact: true } : UNREADABLE;
  // a part of a label, such as "补签了", means that option if it is part of one only
  const named = options.filter(({ label }) => text.includes(label) || (text.length >= 3 && label.includes(text)));
  if (named.length === 1) return value(named[0]?.value);
  const numbered = /^\(?([1-9])[).、号]?$/.exec(text)?.[1];
  if (numbered !== undefined) return UNREADABLE;
  return value(OPTION_WORDS[input.id]?.find(([pattern]) => pattern.test(text))?.[1]);
}

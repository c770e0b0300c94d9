import { dayText } from '../../calculators/dates.js';

/** In whole numbers of fen, months, hours, days or years; an ISO day, month or year; the value of an option. */
export type FactValue = string | number | boolean;
export type FactKind = 'choice' | 'yes-no' | 'date' | 'money' | 'months' | 'number' | 'text';

/** What one message says of the matter. Plain JSON: it is stored with the conversation. */
export interface Fact {
  readonly id: FactId;
  readonly label: string;
  /** Money in fen; `date` as `2025-03-05`, `2025-03` or `2025`, as far as it is known; a choice as its option. */
  readonly value: FactValue;
  /** As the person reads it: “2025年3月5日”, “大约6000元”. */
  readonly display: string;
  /** The words it was read from. */
  readonly words: string;
  /** False: said roughly, or money after deductions. No calculator takes it without asking. */
  readonly exact: boolean;
}

interface Definition {
  readonly label: string;
  readonly kind: FactKind;
  /** Of a choice or of yes and no: what each value is called; also the phrase that is shown alone. */
  readonly names?: Readonly<Record<string, string>>;
  /** Belongs to one matter and is never carried into the next. */
  readonly risky: boolean;
  /** After a number. */
  readonly unit?: string;
  /** The fact as a phrase; `${label}${display}` where it is missing. */
  readonly phrase?: (display: string) => string;
}

const yesNo = (yes: string, no: string): Pick<Definition, 'kind' | 'names'> => ({ kind: 'yes-no', names: { true: yes, false: no } });

export const FACTS = {
  place: { label: '地方', kind: 'choice', risky: false, phrase: (display) => `地方：${display}` },
  relation: {
    label: '替谁问',
    kind: 'choice',
    risky: false,
    names: {
      self: '本人的事',
      husband: '替丈夫问',
      wife: '替妻子问',
      father: '替父亲问',
      mother: '替母亲问',
      son: '替儿子问',
      daughter: '替女儿问',
      sibling: '替兄弟姐妹问',
      relative: '替亲戚问',
      friend: '替朋友、同事问',
    },
  },
  land: { label: '土地', kind: 'choice', risky: true, names: { 'state-owned': '国有土地', collective: '农村集体土地' } },
  stage: {
    label: '征收到哪一步',
    kind: 'choice',
    risky: true,
    names: {
      announced: '已经公告',
      'not-signed': '还没签补偿协议',
      decision: '收到征收或者补偿决定',
      agreement: '签了补偿协议',
      demolished: '房子已经拆了',
    },
  },
  employer: {
    label: '用工的是谁',
    kind: 'choice',
    risky: true,
    names: { company: '公司、工厂', 'sole-trader': '个体户', foreman: '包工头', private: '私人', dispatch: '劳务派遣' },
  },
  'injury-date': { label: '受伤的日子', kind: 'date', risky: true, phrase: (display) => `${display}受伤` },
  'injured-part': { label: '受伤的部位', kind: 'text', risky: true, phrase: (display) => `伤在${display}` },
  recognised: {
    label: '工伤认定',
    kind: 'choice',
    risky: true,
    names: { yes: '已经认定工伤', 'not-yet': '还没认定工伤', denied: '不予认定工伤' },
  },
  appraised: { label: '劳动能力鉴定', risky: true, ...yesNo('做了劳动能力鉴定', '还没做劳动能力鉴定') },
  grade: { label: '伤残等级', kind: 'number', risky: true, unit: '级', phrase: (display) => `伤残${display}` },
  'stop-work-months': { label: '停工治伤', kind: 'months', risky: true },
  insured: { label: '工伤保险', risky: true, ...yesNo('单位交了保险', '单位没交保险') },
  contract: { label: '劳动合同', risky: true, ...yesNo('签了劳动合同', '没签劳动合同') },
  'start-date': { label: '入职的日子', kind: 'date', risky: true, phrase: (display) => `${display}入职` },
  'end-date': { label: '离开的日子', kind: 'date', risky: true, phrase: (display) => `${display}离开` },
  employment: { label: '还在不在单位', kind: 'choice', risky: true, names: { still: '还在上班', left: '已经离开' } },
  ending: {
    label: '怎么离开的',
    kind: 'choice',
    risky: true,
    names: {
      dismissed: '被辞退',
      'laid-off': '被裁员',
      quit: '自己辞职',
      'quit-forced': '被迫辞职',
      expired: '合同到期',
      'expired-employer': '合同到期单位不续',
      closed: '单位倒闭、关闭',
    },
  },
  notice: { label: '提前通知', risky: true, ...yesNo('单位提前三十日通知了', '单位没有提前通知') },
  'work-months': { label: '干了多久', kind: 'months', risky: true, phrase: (display) => `干了${display}` },
  'monthly-wage': { label: '月工资', kind: 'money', risky: true },
  'daily-wage': { label: '日工资', kind: 'money', risky: true },
  owed: { label: '欠的钱', kind: 'money', risky: true, phrase: (display) => `还欠${display}` },
  'owed-months': { label: '欠几个月', kind: 'months', risky: true, phrase: (display) => `欠${display}工资` },
  'overtime-daily-hours': { label: '每天加班', kind: 'number', risky: true, unit: '小时' },
  'overtime-hours': { label: '一共加班', kind: 'number', risky: true, unit: '小时' },
  'overtime-days': { label: '休息日、节假日加班', kind: 'number', risky: true, unit: '天' },
  age: { label: '年龄', kind: 'number', risky: true, unit: '岁', phrase: (display) => display },
  pension: { label: '养老金', risky: true, ...yesNo('已经退休或者领养老金', '没领养老金') },
  death: { label: '去世', risky: true, ...yesNo('人去世了', '人还在') },
  'death-date': { label: '去世的日子', kind: 'date', risky: true, phrase: (display) => `${display}去世` },
} as const satisfies Readonly<Record<string, Definition>>;

export type FactId = keyof typeof FACTS;

export function definitionOf(id: FactId): Definition {
  return FACTS[id];
}

/** What a reader of facts found; `display` only where the value alone does not tell (a place by its name). */
export interface Reading {
  readonly id: FactId;
  readonly value: FactValue;
  readonly words: string;
  readonly exact?: boolean;
  readonly display?: string;
}

export function makeFact({ id, value, words, exact = true, display }: Reading): Fact {
  return { id, label: definitionOf(id).label, value, display: display ?? displayOf(id, value, exact), words, exact };
}

function displayOf(id: FactId, value: FactValue, exact: boolean): string {
  const { kind, names, unit } = definitionOf(id);
  const about = exact ? '' : '大约';
  if (names) return names[String(value)] ?? String(value);
  if (kind === 'date') return dateText(String(value));
  if (kind === 'money') return `${about}${String(Number(value) / 100)}元`;
  if (kind === 'months') return about + monthsText(Number(value));
  return `${about}${String(value)}${unit ?? ''}`;
}

/** 2025-03 → 2025年3月. */
export function dateText(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (day !== undefined) return dayText(date);
  return month === undefined ? `${year}年` : `${year}年${String(Number(month))}月`;
}

/** 42 → 3年6个月; 2.5 → 2.5个月. */
export function monthsText(months: number): string {
  const years = Math.floor(months / 12);
  const rest = months - years * 12;
  return `${years > 0 ? `${String(years)}年` : ''}${rest > 0 || years === 0 ? `${String(rest)}个月` : ''}`;
}

export function factOf(facts: readonly Fact[], id: FactId): Fact | undefined {
  return facts.find((fact) => fact.id === id);
}

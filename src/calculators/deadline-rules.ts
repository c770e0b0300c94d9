import type { ProvisionRef } from '../domain/law.js';

/** How the last day is counted, and where that is written. */
export type Counting = 'civil' | 'by-analogy' | 'procedure' | 'reconsideration' | 'administrative-suit';

export interface DeadlineRule {
  readonly id: string;
  /** What has to be done by then. */
  readonly label: string;
  readonly table: string;
  readonly key: string;
  /** What the day counted from is, as the formula says it. */
  readonly fromText: string;
  readonly counting: Counting;
  readonly alsoCites?: readonly ProvisionRef[];
  /** The employer's own limit: the citizen loses nothing when it passes. */
  readonly employers?: true;
}

export interface DeadlineMatter {
  readonly value: string;
  readonly label: string;
  /** The input that holds the day it is counted from; null where there is no limit. */
  readonly from: 'accidentDate' | 'leftDate' | 'knownDate' | 'receivedDate' | 'dueDate' | 'endedDate' | null;
  /** The article by which demanding, complaining or being promised starts the period anew. */
  readonly interruptedBy?: ProvisionRef;
  /** Whether one was told of the right and the time: asked where it matters. */
  readonly informed?: true;
  readonly rules: readonly DeadlineRule[];
}

const ref = (law: string, ...articles: readonly string[]): ProvisionRef[] => articles.map((article) => ({ law, article }));
const ARBITRATION_RULE = {
  label: '申请劳动仲裁',
  table: 'labour-arbitration',
  key: 'apply',
  counting: 'civil',
} as const;
const ARBITRATION_INTERRUPTION: ProvisionRef = { law: '劳动争议调解仲裁法', article: '第二十七条' };
const CIVIL_INTERRUPTION: ProvisionRef = { law: '民法典', article: '第一百九十五条' };
const RECONSIDERATION: DeadlineRule = {
  id: 'reconsideration',
  label: '申请行政复议',
  table: 'reconsideration',
  key: 'apply',
  fromText: '知道或者应当知道这个行政行为',
  counting: 'reconsideration',
};
const DIRECT_SUIT: DeadlineRule = {
  id: 'administrative-suit',
  label: '直接提起行政诉讼',
  table: 'administrative-suit',
  key: 'direct',
  fromText: '知道或者应当知道这个行政行为',
  counting: 'administrative-suit',
};
const EXPROPRIATION = '国有土地上房屋征收与补偿条例';

export const DEADLINE_MATTERS: readonly DeadlineMatter[] = [
  {
    value: 'injury-recognition',
    label: '申请工伤认定',
    from: 'accidentDate',
    rules: [
      {
        id: 'recognition-employer',
        label: '单位申请工伤认定',
        employers: true,
        table: 'injury-recognition',
        key: 'employer',
        fromText: '事故发生或者诊断为职业病',
        counting: 'by-analogy',
      },
      {
        id: 'recognition-worker',
        label: '本人、近亲属、工会自己申请工伤认定',
        table: 'injury-recognition',
        key: 'worker',
        fromText: '事故发生或者诊断为职业病',
        counting: 'by-analogy',
        alsoCites: ref('最高人民法院关于审理工伤保险行政案件若干问题的规定', '第七条'),
      },
    ],
  },
  { value: 'arbitration-wages-employed', label: '还在上班，要拖欠的工资（劳动仲裁）', from: null, rules: [] },
  {
    value: 'arbitration-wages-left',
    label: '已经离开，要拖欠的工资（劳动仲裁）',
    from: 'leftDate',
    interruptedBy: ARBITRATION_INTERRUPTION,
    rules: [{ ...ARBITRATION_RULE, id: 'arbitration', fromText: '劳动关系终止' }],
  },
  {
    value: 'arbitration-other',
    label: '其他劳动争议（劳动仲裁）',
    from: 'knownDate',
    interruptedBy: ARBITRATION_INTERRUPTION,
    rules: [{ ...ARBITRATION_RULE, id: 'arbitration', fromText: '知道或者应当知道权利被侵害' }],
  },
  {
    value: 'sue-after-award',
    label: '不服劳动仲裁裁决，去法院起诉',
    from: 'receivedDate',
    rules: [
      {
        id: 'sue-award',
        label: '劳动者向法院起诉',
        table: 'labour-arbitration',
        key: 'sue-award',
        fromText: '收到裁决书',
        counting: 'procedure',
        alsoCites: ref('劳动争议调解仲裁法', '第四十八条'),
      },
    ],
  },
  {
    value: 'appraisal-again',
    label: '不服劳动能力鉴定结论',
    from: 'receivedDate',
    rules: [
      {
        id: 'appraisal-again',
        label: '申请再次鉴定',
        table: 'capability-appraisal',
        key: 'again',
        fromText: '收到鉴定结论',
        counting: 'by-analogy',
      },
    ],
  },
  {
    value: 'injury-decision',
    label: '不服工伤认定决定',
    from: 'knownDate',
    informed: true,
    rules: [
      { ...RECONSIDERATION, alsoCites: ref('工伤保险条例', '第五十五条') },
      { ...DIRECT_SUIT, alsoCites: ref('工伤保险条例', '第五十五条') },
    ],
  },
  {
    value: 'expropriation-decision',
    label: '不服国有土地上房屋征收决定',
    from: 'knownDate',
    informed: true,
    rules: [
      { ...RECONSIDERATION, alsoCites: ref(EXPROPRIATION, '第十四条') },
      { ...DIRECT_SUIT, alsoCites: ref(EXPROPRIATION, '第十四条') },
    ],
  },
  {
    value: 'compensation-decision',
    label: '不服国有土地上房屋征收补偿决定',
    from: 'knownDate',
    informed: true,
    rules: [
      { ...RECONSIDERATION, alsoCites: ref(EXPROPRIATION, '第二十六条') },
      { ...DIRECT_SUIT, alsoCites: ref(EXPROPRIATION, '第二十六条') },
    ],
  },
  { value: 'administrative-act', label: '不服其他行政行为', from: 'knownDate', informed: true, rules: [RECONSIDERATION, DIRECT_SUIT] },
  {
    value: 'after-reconsideration',
    label: '不服行政复议决定',
    from: 'receivedDate',
    rules: [
      {
        id: 'suit-after-reconsideration',
        label: '提起行政诉讼',
        table: 'administrative-suit',
        key: 'after-reconsideration',
        fromText: '收到复议决定书',
        counting: 'administrative-suit',
      },
    ],
  },
  {
    value: 'civil',
    label: '民事索赔（不是劳动争议）',
    from: 'knownDate',
    interruptedBy: CIVIL_INTERRUPTION,
    rules: [
      {
        id: 'civil',
        label: '向法院起诉',
        table: 'civil-limitation',
        key: 'usual',
        fromText: '知道或者应当知道权利受损害和该找谁',
        counting: 'civil',
      },
    ],
  },
  {
    value: 'appeal-judgment',
    label: '不服民事一审判决',
    from: 'receivedDate',
    rules: [
      { id: 'appeal', label: '上诉', table: 'civil-procedure', key: 'appeal-judgment', fromText: '判决书送达', counting: 'procedure' },
    ],
  },
  {
    value: 'enforce',
    label: '判决、裁决、调解书生效了，对方不给钱',
    from: 'dueDate',
    interruptedBy: CIVIL_INTERRUPTION,
    rules: [
      {
        id: 'enforce',
        label: '申请强制执行',
        table: 'civil-procedure',
        key: 'enforce',
        fromText: '文书定的履行期最后一日',
        counting: 'procedure',
      },
    ],
  },
  {
    value: 'labour-inspection',
    label: '向劳动监察投诉',
    from: 'endedDate',
    rules: [
      {
        id: 'inspection',
        label: '向劳动监察投诉',
        table: 'labour-inspection',
        key: 'longest',
        fromText: '违法行为结束',
        counting: 'by-analogy',
      },
    ],
  },
];

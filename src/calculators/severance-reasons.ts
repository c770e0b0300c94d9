import type { ProvisionRef } from '../domain/law.js';
import type { HumanReason } from './types.js';

const CONTRACT = '劳动合同法';
const RULES = '劳动合同法实施条例';

/** Why the employment ended, and what the law then gives: `n` 经济补偿, `2n` 赔偿金, `none`. */
export interface SeveranceReason {
  readonly value: string;
  readonly label: string;
  readonly gives: 'n' | '2n' | 'none';
  readonly cites: readonly ProvisionRef[];
  /** Set where only evidence tells whether this is really the reason. */
  readonly human?: HumanReason;
}

const refs = (law: string, ...articles: readonly string[]): ProvisionRef[] => articles.map((article) => ({ law, article }));
const evidence = (text: string): HumanReason => ({ reason: 'case-strategy', text });

export const SEVERANCE_REASONS: readonly SeveranceReason[] = [
  {
    value: 'unlawful',
    label: '单位没有合法理由、没走程序就叫我走',
    gives: '2n',
    cites: refs(CONTRACT, '第四十八条', '第八十七条'),
    human: evidence('是不是违法解除、终止，要看单位的理由和证据'),
  },
  {
    value: 'article-40',
    label: '单位说我病了干不了、不胜任，或者情况有重大变化',
    gives: 'n',
    cites: refs(CONTRACT, '第四十条', '第四十六条'),
  },
  { value: 'agreed-employer', label: '单位先提出，双方谈好解除', gives: 'n', cites: refs(CONTRACT, '第三十六条', '第四十六条') },
  {
    value: 'article-38',
    label: '单位欠薪、不交社保等，逼得我走',
    gives: 'n',
    cites: refs(CONTRACT, '第三十八条', '第四十六条'),
    human: evidence('单位有没有这些情形、走的时候理由怎么写的，要看证据'),
  },
  { value: 'layoff', label: '单位裁员', gives: 'n', cites: refs(CONTRACT, '第四十一条', '第四十六条') },
  {
    value: 'expired-employer',
    label: '合同到期，单位不续，或者续签降低条件',
    gives: 'n',
    cites: refs(CONTRACT, '第四十四条', '第四十六条'),
  },
  { value: 'closed', label: '单位破产、关闭、被吊销、提前解散', gives: 'n', cites: refs(CONTRACT, '第四十四条', '第四十六条') },
  { value: 'task-done', label: '按一件活签的合同，活干完了', gives: 'n', cites: refs(RULES, '第二十二条') },
  { value: 'refused-to-sign', label: '我不愿签书面合同，单位书面终止', gives: 'n', cites: refs(RULES, '第六条') },
  { value: 'expired-worker', label: '合同到期，单位同样或者更好的条件续签，我不续', gives: 'none', cites: refs(CONTRACT, '第四十六条') },
  { value: 'agreed-worker', label: '我先提出，双方谈好解除', gives: 'none', cites: refs(CONTRACT, '第三十六条', '第四十六条') },
  { value: 'resigned', label: '我自己不想干了', gives: 'none', cites: refs(CONTRACT, '第三十七条', '第四十六条') },
  {
    value: 'misconduct',
    label: '单位说我试用期不合格、严重违纪、失职等，开除了我',
    gives: 'none',
    cites: [
      ...refs(CONTRACT, '第三十九条', '第四十六条'),
      ...refs('最高人民法院关于审理劳动争议案件适用法律问题的解释（一）', '第四十四条'),
    ],
    human: evidence('单位说的理由成不成立要看证据，由单位举证；不成立就是违法解除'),
  },
  {
    value: 'retired',
    label: '到退休年龄，或者开始领养老金了',
    gives: 'none',
    cites: [...refs(CONTRACT, '第四十四条', '第四十六条'), ...refs(RULES, '第二十一条')],
    human: evidence('到没到退休年龄、领没领养老金，会影响合同怎么终止、有没有补偿'),
  },
];

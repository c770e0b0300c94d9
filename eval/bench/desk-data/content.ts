import type { HandoffReason } from '../../../src/domain/answer.js';

/** Invented, as everything here: no place, person or case of these names is meant. */
export const TOWNSHIPS = [
  ...['青禾镇', '云桥镇', '双槐镇', '望河镇', '白杨街道', '柳溪街道', '石榴镇', '长亭镇', '竹林镇', '金穗镇', '东篱街道'],
  ...['枫桥镇', '松涛镇', '杏花镇', '清泉镇', '梧桐街道', '桃源镇', '麦田镇', '荷塘镇', '南坡镇', '新月镇', '北渡镇'],
] as const;

export const VILLAGES = ['一社区', '二社区', '红星村', '前进村', '团结村', '丰收村', '和平村', '向阳村'] as const;
export const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '黄', '周', '吴', '徐', '孙', '马', '朱', '胡', '林', '郭'] as const;
export const GIVEN = ['敏', '静', '磊', '洋', '艳', '勇', '娟', '涛', '明', '超', '秀英', '霞', '平', '桂英', '文', '建华'] as const;

export interface Story {
  readonly topic: 'expropriation' | 'injury' | 'wages';
  readonly question: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly provisions: readonly string[];
  readonly said: string;
}

export const STORIES: readonly Story[] = [
  {
    topic: 'wages',
    question: '工地干完活半年了，包工头一直拖着工钱不给，打电话也不接，怎么办？',
    facts: [
      { label: '拖欠金额', value: '28000 元' },
      { label: '有没有写合同', value: '没有' },
    ],
    provisions: ['保障农民工工资支付条例 第三十条', '劳动合同法 第三十条'],
    said: '工程的总承包单位对农民工工资要先行清偿。先把出工记录、欠条、聊天记录收好。',
  },
  {
    topic: 'wages',
    question: '公司突然说不用来了，没有赔偿，我干了四年，能要什么？',
    facts: [
      { label: '工作年限', value: '4 年' },
      { label: '月工资', value: '4600 元' },
    ],
    provisions: ['劳动合同法 第四十七条', '劳动合同法 第八十七条'],
    said: '没有法定理由解除劳动合同的，可以要求继续履行，或者要求赔偿金。',
  },
  {
    topic: 'injury',
    question: '上班路上骑电瓶车被小车撞了，交警说对方全责，厂里说不算工伤，对不对？',
    facts: [{ label: '受伤日期', value: '上个月 12 日' }],
    provisions: ['工伤保险条例 第十四条'],
    said: '上下班途中受到非本人主要责任的交通事故伤害，应当认定为工伤。',
  },
  {
    topic: 'injury',
    question: '在车间操作机器把手指压断了，厂里没有给我买社保，医药费谁出？',
    facts: [
      { label: '受伤日期', value: '三个月以前' },
      { label: '有没有参保', value: '没有' },
    ],
    provisions: ['工伤保险条例 第六十二条'],
    said: '应当参保而没有参保的单位，由单位按规定的项目和标准支付费用。',
  },
  {
    topic: 'expropriation',
    question: '村里说我们家的承包地要征收修路，只给一张表，补偿标准看不懂，能不签字吗？',
    facts: [{ label: '土地', value: '承包地 3.2 亩' }],
    provisions: ['土地管理法 第四十七条', '土地管理法 第四十八条'],
    said: '征收土地前应当公告并听取意见，对补偿安置方案有不同意见的可以提出。',
  },
  {
    topic: 'expropriation',
    question: '县城老房子要拆，评估价比周边房价低很多，怎么申请复核？',
    facts: [{ label: '房屋', value: '自有住宅 86 平方米' }],
    provisions: ['国有土地上房屋征收与补偿条例 第十九条'],
    said: '对评估结果有异议的，可以向评估机构申请复核评估。',
  },
];

export const REASONS: readonly HandoffReason[] = [
  ...(['human-wanted', 'human-wanted', 'human-wanted', 'not-confident', 'not-confident', 'out-of-scope'] as const),
  ...(['case-strategy', 'unverified', 'other-region', 'repeated', 'angry', 'danger'] as const),
];

import type { ProvisionRef } from '../../domain/law.js';
import { aboutYou, story, wish, type Answers, type Finding, type FormDefinition } from './definition.js';

const article = (...articles: readonly string[]): ProvisionRef[] => articles.map((one) => ({ law: '法律援助法', article: one }));

const WAGES = '讨工钱、确认劳动关系';
const INJURY = '工伤要赔偿';
const CRIMINAL = '刑事案件';
const OTHER = '别的事';
/** Matters of article 31, and of article 32, as they are offered. */
const MEANS_TESTED = [
  WAGES,
  INJURY,
  '交通、医疗、食品药品事故受伤要赔偿',
  '赡养费、抚养费、扶养费',
  '社会保险待遇、社会救助',
  '抚恤金',
  '国家赔偿',
  '请求认定没有（或者限制）民事行为能力',
  '环境污染要赔偿',
];
const ABUSE = '受家暴、虐待、遗弃';
const BRAVE = '见义勇为以后要说法';
const FREE_OF_MEANS = [ABUSE, BRAVE];

const MIGRANT = '进城务工';
const WITHOUT_INCOME = '没有固定收入的老人、孩子、残疾人';
const ON_RELIEF = '低保等社会救助、司法救助、优抚对象';
const NEITHER = '都不是';
const POOR = '困难，请不起律师';
const NOT_POOR = '不困难';
const SOON = '有，不到七天了';

const meansMatter = ({ matter = '' }: Answers): boolean => !FREE_OF_MEANS.includes(matter);
const isExempt = ({ matter, situation }: Answers): boolean =>
  situation === WITHOUT_INCOME || situation === ON_RELIEF || (situation === MIGRANT && (matter === WAGES || matter === INJURY));

/** What the law says of such a case, as far as it can be told from what was answered; who decides is the legal-aid agency. */
function findings(answers: Answers): Finding[] {
  const { matter = '', situation = '', lawyer = '', hardship = '', soon = '' } = answers;
  return [
    ofMatter(matter),
    ...(lawyer === '已经请了' && MEANS_TESTED.includes(matter)
      ? [{ text: '这类事说的是因为经济困难没有请代理人的；您说已经请了律师，可能影响申请，请当面说明。', cites: article('第三十一条') }]
      : []),
    ...(meansMatter(answers) ? [ofMeans(answers, situation, hardship)] : []),
    ...(soon === SOON
      ? [
          {
            text: '离时效、期限不到七天，要赶着起诉、仲裁、复议的，机构可能先给援助、手续后补。请马上说哪天到期。',
            cites: article('第四十四条'),
          },
        ]
      : []),
    {
      text: '打官司的，向办案机关所在地的法律援助机构申请；不打官司的，向处理争议的机关所在地或者事情发生地的机构申请。',
      cites: article('第三十八条'),
    },
    { text: '以上只是初步看。给不给援助，由法律援助机构决定；从收到申请之日起七日内作决定。', cites: article('第四十三条') },
  ];
}

function ofMatter(matter: string): Finding {
  if (MEANS_TESTED.includes(matter)) {
    return { text: `“${matter}”在法律列出的范围里，因为经济困难没请代理人的，可能可以申请。`, cites: article('第三十一条') };
  }
  if (FREE_OF_MEANS.includes(matter)) {
    return { text: `“${matter}”，主张有关权益的，申请时不受经济困难条件的限制，可能可以申请。`, cites: article('第三十二条') };
  }
  if (matter === CRIMINAL) {
    return {
      text: '嫌疑人、被告人没请辩护人的，本人和近亲属可能可以申请；公诉案件的被害人一方，因为经济困难没请代理人的，也可能可以申请。',
      cites: article('第二十四条', '第二十九条'),
    };
  }
  return { text: '这件事，法律列出的事项里没有直接写到；别的法律、法规、规章还可能有规定，要请律师看。', cites: article('第三十一条') };
}

function ofMeans(answers: Answers, situation: string, hardship: string): Finding {
  if (isExempt(answers)) {
    return { text: `“${situation}”，有材料证明的，可能免查经济困难状况。请带上能证明的材料。`, cites: article('第四十二条') };
  }
  const said = hardship === NOT_POOR ? '您说不算困难，可能影响申请。' : '';
  return {
    text: `${said}经济困难的标准由省级政府定，我这里没有核实过的数，要由机构看。请如实说明情况，机构可能去查，也可能让您写诚信承诺。`,
    cites: article('第三十四条', '第四十一条'),
  };
}

export const LEGAL_AID: FormDefinition = {
  id: 'legal-aid',
  kind: 'legal-aid',
  title: '法律援助申请',
  starts: wish('申请(?:法律援助|法援)'),
  intro: '好的，我问您几句，先帮您看看符不符合，再转给办理的人。',
  questions: [
    {
      id: 'matter',
      label: '事项',
      text: '是哪类事？',
      options: [...MEANS_TESTED, ...FREE_OF_MEANS, CRIMINAL, OTHER],
    },
    {
      id: 'situation',
      label: '身份',
      text: '您是不是下面这样的人？',
      options: [MIGRANT, WITHOUT_INCOME, ON_RELIEF, NEITHER],
      when: meansMatter,
    },
    {
      id: 'hardship',
      label: '经济情况',
      text: '家里经济困难吗？',
      options: [POOR, NOT_POOR, '说不清'],
      when: (answers) => meansMatter(answers) && !isExempt(answers),
    },
    { id: 'lawyer', label: '律师', text: '请了律师没有？', options: ['还没请', '已经请了'] },
    { id: 'soon', label: '期限', text: '有没有快到期的时效、上诉期、复议期？', options: [SOON, '没有', '不清楚'] },
    story('出了什么事？现在到哪一步了？简单写几句。'),
    ...aboutYou('village', 'name', 'phone'),
  ],
  findings,
  guide: () => '申请法律援助',
};

import { aboutYou, story, wish, type FormDefinition } from './definition.js';

const LAW = '人民调解法';

export const MEDIATION: FormDefinition = {
  id: 'mediation',
  kind: 'mediation',
  title: '人民调解申请',
  starts: wish('申请(?:人民)?调解'),
  intro: '好的，我问您几句，帮您把调解申请写好。',
  questions: [
    {
      id: 'dispute',
      label: '纠纷',
      text: '是哪方面的事？',
      options: ['邻里', '家里人', '工钱', '土地房屋', '打伤、撞伤要赔', '欠钱', '别的'],
    },
    story('出了什么事？什么时候、在哪里、怎么闹起来的，简单写几句。'),
    { id: 'other', label: '对方', text: '对方是谁？写姓名或者称呼；知道电话、住在哪里，也写上。' },
    { id: 'amount', label: '金额', text: '牵涉多少钱？没有就跳过。', optional: true },
    { id: 'wish', label: '想要的结果', text: '您想要什么结果？' },
    ...aboutYou('village', 'name', 'phone'),
  ],
  findings: () => [
    { text: '人民调解不收任何费用。', cites: [{ law: LAW, article: '第四条' }] },
    { text: '一方明确拒绝调解的，不能调。', cites: [{ law: LAW, article: '第十七条' }] },
    { text: '调解不能拦着您去仲裁、打官司；时效、期限快到了的，请现在就说。', cites: [{ law: LAW, article: '第三条' }] },
  ],
  guide: () => '申请人民调解',
};

import { aboutYou, wish, type FormDefinition } from './definition.js';

const LAW = '公证法';
const INHERITANCE = '继承';
const AUTHORISATION = '委托';
const WILL = '遗嘱';
const ESTATE = '跟房子、土地有关';
const GUIDES: Readonly<Record<string, string>> = {
  [INHERITANCE]: '老人过世了，办继承公证',
  [AUTHORISATION]: '人回不来，写委托书、办委托公证',
};

export const NOTARY: FormDefinition = {
  id: 'notary',
  kind: 'notary',
  title: '公证预约',
  starts: wish('预约(?:办理|办)?公证|办(?:理|个|一个)?公证|做(?:个)?公证'),
  intro: '好的，我问您几句，帮您约公证。',
  questions: [
    {
      id: 'act',
      label: '公证事项',
      text: '要办哪样公证？',
      options: [INHERITANCE, AUTHORISATION, WILL, '赠与', '合同', '婚姻、亲属关系', '学历、经历', '保全证据', '别的'],
    },
    { id: 'estate', label: '房屋土地', text: '跟房子、土地有关吗？', options: [ESTATE, '没有关系'] },
    { id: 'about', label: '说明', text: '简单说说：给谁办、用在哪里。', optional: true },
    { id: 'time', label: '想约的时间', text: '您想哪天、什么时候去？', options: ['越快越好', '工作日上午', '工作日下午'] },
    ...aboutYou('village', 'name', 'phone'),
  ],
  findings: ({ act, estate }) => [
    ...(act === WILL ? [{ text: '遗嘱公证要本人去办，不能委托别人。', cites: [{ law: LAW, article: '第二十六条' }] }] : []),
    estate === ESTATE && act !== AUTHORISATION && act !== WILL && act !== '赠与'
      ? { text: '跟房屋等不动产有关的，到不动产所在地的公证机构办。', cites: [{ law: LAW, article: '第二十五条' }] }
      : { text: '住所地、经常居住地、行为地或者事实发生地的公证机构都可以办。', cites: [{ law: LAW, article: '第二十五条' }] },
    { text: '还要哪些材料、收多少钱，由公证机构告诉您。', cites: [] },
  ],
  guide: ({ act = '' }) => GUIDES[act] ?? '办公证',
};

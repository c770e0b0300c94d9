import { aboutYou, story, wish, type FormDefinition, type FormQuestion } from './definition.js';

const TIME: FormQuestion = {
  id: 'time',
  label: '想约的时间',
  text: '您想约在哪天、什么时候？',
  options: ['越快越好', '工作日上午', '工作日下午'],
};

const nothing = (): readonly [] => [];

export const APPOINTMENT: FormDefinition = {
  id: 'appointment',
  kind: 'appointment',
  title: '预约',
  starts: wish('预约(?:律师|咨询|服务|面谈|一下)?'),
  intro: '好的，我问您几句，帮您约时间。',
  questions: [
    { id: 'about', label: '办什么', text: '要办什么事？', options: ['当面问律师', '人民调解', '法律援助', '公证', '别的'] },
    story('简单说说是什么事，好提前准备。'),
    TIME,
    ...aboutYou('village', 'name', 'phone'),
  ],
  findings: nothing,
  guide: () => null,
};

export const HOME_VISIT: FormDefinition = {
  id: 'home-visit',
  kind: 'appointment',
  title: '上门服务申请',
  starts: wish('(?:申请|预约)?上门(?:服务|办理|帮忙)?'),
  intro: '行动不方便、出不了门的，可以申请上门。我问您几句。',
  questions: [
    { id: 'why', label: '为什么要上门', text: '是什么情况，不方便出门？', options: ['生病、卧床', '年纪大，走不动', '残疾', '别的'] },
    story('要办什么事？简单写几句。'),
    TIME,
    ...aboutYou('village', 'address', 'name', 'phone'),
  ],
  findings: () => [{ text: '能不能上门、哪天上门，由工作人员看了以后跟您说定。', cites: [] }],
  guide: () => null,
};

export const CHOOSE_LAWYER: FormDefinition = {
  id: 'choose-lawyer',
  kind: 'consultation',
  title: '自助点援',
  starts: wish('自?己?(?:选|挑|点)(?:个|一个|位|一位)?律师|自助点援|点援'),
  intro: '好的，您可以自己选一位律师。',
  questions: [
    { id: 'lawyer', label: '律师', text: '想请哪一位？', lawyers: true },
    story('想问什么事？什么时候、出了什么事、想要什么结果，简单写几句。'),
  ],
  findings: nothing,
  guide: () => null,
};

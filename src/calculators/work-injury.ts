import { beyond, defineCalculator, must, refuse } from './define-calculator.js';
import { dayText } from './dates.js';
import type { Given, Input } from './types.js';
import { placeInput } from './wage-limits.js';
import { deathBenefits } from './work-injury-death.js';
import { disabilityBenefits, ungradedBenefits } from './work-injury-disability.js';

const isGraded = (given: Given): boolean => given.choice('outcome') === 'grade';
const isAlive = (given: Given): boolean => isGraded(given) || given.choice('outcome') === 'ungraded';

const INPUTS: readonly Input[] = [
  {
    id: 'outcome',
    kind: 'choice',
    label: '结果',
    ask: '现在是哪种情况？',
    options: [
      { value: 'grade', label: '劳动能力鉴定评上等级了' },
      { value: 'ungraded', label: '还没有评，或者没评上等级' },
      { value: 'death', label: '人去世了' },
    ],
  },
  {
    id: 'grade',
    kind: 'integer',
    label: '伤残等级',
    ask: '鉴定结论是几级？（一级最重，十级最轻）',
    min: 1,
    max: 10,
    neededWhen: isGraded,
  },
  { id: 'injuryDate', kind: 'date', label: '受伤的日子', ask: '哪天受的伤，或者哪天诊断出职业病？' },
  {
    id: 'deathDate',
    kind: 'date',
    label: '去世的日子',
    ask: '哪天去世的？',
    neededWhen: (given) => given.choice('outcome') === 'death',
  },
  {
    id: 'ownWage',
    kind: 'money',
    label: '月缴费工资',
    ask: '受伤前一年，单位交工伤保险的月缴费工资平均是多少？（在社保缴费记录上看；没参保的写平均应发工资）',
    min: 1,
    mayBeUnknown: true,
    neededWhen: (given) =>
      given.choice('outcome') === 'death' ? given.yes('spouse') === true || (given.number('others') ?? 0) > 0 : isGraded(given),
  },
  {
    id: 'insured',
    kind: 'choice',
    label: '工伤保险',
    ask: '单位交工伤保险没有？',
    mayBeUnknown: true,
    options: [
      { value: 'yes', label: '交了' },
      { value: 'no', label: '没交' },
      { value: 'unknown', label: '不知道' },
    ],
  },
  {
    id: 'leaving',
    kind: 'choice',
    label: '劳动关系',
    ask: '现在跟单位的关系怎么样？',
    options: [
      { value: 'stays', label: '还在单位' },
      { value: 'resigned', label: '我自己提出解除' },
      { value: 'expired', label: '合同到期终止' },
      { value: 'dismissed', label: '单位要我走' },
    ],
    mayBeUnknown: true,
    neededWhen: (given) => (given.number('grade') ?? 0) >= 5,
  },
  {
    id: 'noSuitableWork',
    kind: 'yes-no',
    label: '有没有合适的工作',
    ask: '单位是不是难以安排合适的工作，让你在家等着？',
    mayBeUnknown: true,
    neededWhen: (given) => given.choice('leaving') === 'stays' && (given.number('grade') ?? 10) <= 6,
  },
  {
    id: 'stopWorkMonths',
    kind: 'months',
    label: '停工留薪期',
    ask: '因为治伤停工休息了几个月？',
    max: 600,
    mayBeUnknown: true,
    neededWhen: isAlive,
  },
  {
    id: 'usualWage',
    kind: 'money',
    label: '受伤前的月工资',
    ask: '受伤前单位每月实际给你多少（工资和福利加在一起）？',
    min: 1,
    mayBeUnknown: true,
    neededWhen: (given) => isAlive(given) && (given.number('stopWorkMonths') ?? 0) > 0,
  },
  {
    id: 'nursing',
    kind: 'choice',
    label: '生活护理',
    ask: '鉴定结论写了需要生活护理吗？',
    options: [
      { value: 'none', label: '没有写' },
      { value: 'part', label: '生活部分不能自理' },
      { value: 'most', label: '生活大部分不能自理' },
      { value: 'full', label: '生活完全不能自理' },
    ],
    mayBeUnknown: true,
    neededWhen: (given) => (given.number('grade') ?? 10) <= 4,
  },
  {
    id: 'deathTiming',
    kind: 'choice',
    label: '去世时的情况',
    ask: '去世是什么情况？',
    options: [
      { value: 'accident', label: '当时去世，或者停工留薪期内因为这个伤去世' },
      { value: 'grade-1-4', label: '评为一级至四级，停工留薪期满以后去世' },
      { value: 'other', label: '别的情况' },
    ],
    neededWhen: (given) => given.choice('outcome') === 'death',
  },
  {
    id: 'spouse',
    kind: 'yes-no',
    label: '供养的配偶',
    ask: '有没有靠他生活、自己又没有劳动能力的配偶？',
    mayBeUnknown: true,
    neededWhen: (given) => given.choice('outcome') === 'death',
  },
  {
    id: 'others',
    kind: 'integer',
    label: '供养的其他亲属',
    ask: '靠他生活、没有劳动能力的其他亲属有几个（未成年孩子、老人等）？',
    max: 30,
    mayBeUnknown: true,
    neededWhen: (given) => given.choice('outcome') === 'death',
  },
  {
    id: 'alone',
    kind: 'integer',
    label: '孤寡老人和孤儿',
    ask: '这几个其他亲属里，有几个是孤寡老人或者孤儿？',
    max: 30,
    mayBeUnknown: true,
    neededWhen: (given) => (given.number('others') ?? 0) > 0,
  },
  placeInput,
];

/** 工伤待遇: what an injury without a grade, grades 1 to 10 and a death at work bring, and whether the fund or the employer pays. */
export const workInjury = defineCalculator({
  id: 'work-injury',
  title: '工伤待遇',
  inputs: INPUTS,
  cites: [
    ...['第三十三条', '第三十四条', '第三十五条', '第三十六条', '第三十七条', '第三十九条', '第六十二条', '第六十四条'].map((article) => ({
      law: '工伤保险条例',
      article,
    })),
    { law: '社会保险法', article: '第三十八条' },
    { law: '社会保险法', article: '第三十九条' },
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const injuryDate = must(given.date('injuryDate'), 'injuryDate');
    const deathDate = given.date('deathDate');
    if (injuryDate > today) return refuse('受伤的日子在今天以后', '核对受伤或者诊断的日子。');
    if (deathDate !== null && (deathDate < injuryDate || deathDate > today))
      return refuse('去世的日子早于受伤的日子，或者在今天以后', '核对这两个日子。');
    const first = figures.figure('disability-benefit', 'grade-1', injuryDate);
    if (first === null) return beyond(`${dayText(injuryDate)}受的伤，要看当时的规定，这里只有现行的工伤保险条例`);
    if (given.choice('outcome') === 'death') return deathBenefits(setting, injuryDate, must(deathDate, 'deathDate'));
    return isGraded(given) ? disabilityBenefits(setting, injuryDate) : ungradedBenefits(setting, injuryDate);
  },
});

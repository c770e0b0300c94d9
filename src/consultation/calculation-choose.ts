import type { ConsultationTopic } from '../domain/answer.js';
import { factOf, type Fact } from './facts/index.js';

const ASKS_AMOUNT =
  /(?:赔|陪|补|给|拿|要|得|领|算|付|获|有|该|发|差|欠)(?:偿|付|我|到|得到|回|个)?[^,，。]{0,8}(?:多少|好多|几个月|几多|几倍)|多少(?:钱|赔偿|补偿|工资|万|个月)|好多钱|(?:怎么|如何|咋个?|怎样)(?:计算|算(?!工伤|不算)|赔|补偿|付)|(?:赔偿|补偿|赔付|计算)(?:标准|金额|数额|方法|公式|多少)|(?:n|N|2n|2N|n\+1|N\+1|2倍|双倍)(?:还是|怎么)|帮(?:我|忙)?算/;
const ASKS_DEADLINE =
  /(?:多久|多长时间|几天|多少天|几个月|几年|多少时间|什么时候|啥时候|哪天)(?:之内|以内|内|之前|以前|前|截止|到期|过期)|期限|时效|过期|过了?时间|超(?:过)?(?:时间|期)|来得及|来不及|最晚|最迟|截止|还能(?:不能)?(?:再)?(?:申请|告|仲裁|起诉|复议|上诉|投诉|要回|追)|还可以(?:申请|仲裁|起诉|复议|上诉|投诉)/;
/** The office's own time: how long it takes, not by when one must act. */
const ASKS_DURATION = /出结果|下来|办下来|审核|批下来|多久(?:能|可以|才|会)(?:出|下|拿|到|判|开|处理)|需要多久|要多久|要等多久/;

/** The law of employment does not reach these, or not with these rules. */
const NOT_EMPLOYED =
  /公务员|事业单位|事业编|在编|军人|退伍|义工|志愿者|实习|在校|学徒工?|保姆|家政|月嫂|钟点工|小时工|非全日制|兼职|合伙|入股|股东|承揽|承包(?!单位|地)|劳务合同|劳务协议|劳务关系|雇佣关系|雇主|雇我|雇了|雇的|(?:给|帮|为)(?:私人|个人|邻居|亲戚|朋友|人家|村民|农户)|私人(?:雇|请|家)|自建房|帮工|众包|挂靠|退休|返聘|养老金|超龄|(?:[67]\d|六十|七十)[一二三四五六七八九]?(?:多|几)?(?:周)?岁/;
/** Asked on behalf of the employer, or of what others get by other rules. */
const OTHER_RULES =
  /我(?:们)?(?:是)?(?:公司|老板|单位|企业|厂)(?:的)?(?:hr|HR|人事|法务)|作为(?:公司|用人单位|老板|企业)|员工(?:要|向|找|告)我|(?:买断|提前退休|内退|失业金|失业保险|生育津贴|产假|医疗期|病假|公积金|养老保险|医保|低保|抚养费|精神损失|误工费|交强险|肇事|对方全责|商业险|意外险|雇主责任险|竞业|年终奖|高温|违约金|培训费|伙食|取暖|丧假|婚假|护理假)/;
/** Of principle: what follows from a rule, not what one gets. */
const PRINCIPLE =
  /(?:是什么意思|区别|哪个法|哪条|第几条|依据是什么|定义|概念|法律规定是|有哪些项目|包括哪些|流程|程序|哪些材料|去哪里?|找谁|属于什么|最高年龄|多少岁|判定|标准是什么|按\d{4}年|一般[^,，。]{0,8}(?:多少|赔)|钱[1一]天|已经?赔付|意外(?:险|应|怎么|能))/;

/**
 * The calculator that a question asks for; null wherever it asks for no amount and no deadline, or the story may lie outside
 * of the calculators' rules: then the usual answer, or a human, serves better.
 */
export function chooseCalculator(question: string, topic: ConsultationTopic, facts: readonly Fact[]): string | null {
  const text = question.normalize('NFKC');
  if (outside(text, facts)) return null;
  if (ASKS_DEADLINE.test(text) && !ASKS_DURATION.test(text)) return deadlineMatterOf(text, facts) === null ? null : 'deadlines';
  if (!ASKS_AMOUNT.test(text) || PRINCIPLE.test(text)) return null;
  if (topic === 'injury') return injury(text, facts);
  return topic === 'wages' ? wages(text, facts) : null;
}

function outside(text: string, facts: readonly Fact[]): boolean {
  const employer = factOf(facts, 'employer')?.value;
  const age = factOf(facts, 'age')?.value;
  return (
    NOT_EMPLOYED.test(text) ||
    OTHER_RULES.test(text) ||
    factOf(facts, 'pension')?.value === true ||
    factOf(facts, 'place')?.value === 'other' ||
    employer === 'private' ||
    (typeof age === 'number' && (age >= 50 || age < 16))
  );
}

function injury(text: string, facts: readonly Fact[]): string | null {
  if (
    factOf(facts, 'recognised')?.value === 'denied' ||
    /不是工伤|不算工伤|没有?认定(?:为|成)工伤|私了|一次性(?:给|赔)了|车祸|交通事故|撞/.test(text)
  )
    return null;
  const employer = factOf(facts, 'employer')?.value;
  if (employer === 'foreman' || /包工头|工头|个人老板|私人老板/.test(text)) return null;
  // who pays for one thing only is no question for the whole reckoning
  if (/(?:医药费|医疗费|护理费|营养费|交通费|鉴定费|伤残津贴|停工留薪|二次手术|续医)[^,，。]{0,8}(?:谁|怎么|多少|如何)/.test(text))
    return null;
  const named = /工伤|公伤|工亡|职业病|因工|劳动能力鉴定/.test(text) || factOf(facts, 'recognised')?.value === 'yes';
  return named ? 'work-injury' : null;
}

function wages(text: string, facts: readonly Fact[]): string | null {
  // protected against dismissal, or with a claim beside the wages: for a human to put together
  if (/伤|死亡|去世|怀孕|孕|哺乳|产期|患病|职业病/.test(text)) return null;
  const foreman = factOf(facts, 'employer')?.value === 'foreman' || /包工头|工头/.test(text);
  const subjects: string[] = [];
  if (/年休假|年假/.test(text)) subjects.push(/(?:几|多少)天|有多少假/.test(text) ? 'none' : 'annual-leave');
  if (
    /加班(?:费|工资|钱)|加班[^,，。]{0,10}(?:怎么算|多少|给多少|工资|双倍|三倍)|(?:节假日|周末|国庆|春节|休息日)[^,，。]{0,6}上班[^,，。]{0,10}(?:工资|多少|怎么算)/.test(
      text,
    )
  )
    subjects.push('overtime');
  if (/(?:双倍|二倍|两倍|2倍)(?:的)?工资/.test(text) && !/加班|节假日|周末|国庆|休息日/.test(text)) subjects.push('double-wage');
  if (
    /经济补偿|补偿金|赔偿金|[nN]\s*\+\s*1|2[nN]|辞退|开除|裁员|被裁|解雇|炒了?鱿鱼|解除(?:劳动)?(?:合同|关系)|不续签|不续约|合同到期|遣散|倒闭|被迫(?:离职|辞职)/.test(
      text,
    )
  )
    subjects.push('severance');
  if (/(?:拖欠|欠薪|欠(?:了|我)?[^,，。]{0,8}(?:工资|工钱)|没发工资|不发工资|低于最低工资)/.test(text)) subjects.push('wage-arrears');
  if (subjects.length === 0 && factOf(facts, 'contract')?.value === false && /赔|补偿/.test(text)) subjects.push('double-wage');
  // several claims at once are for a human to put together; so is what a foreman owes beside the wages
  const [only] = subjects;
  if (only === undefined || only === 'none' || subjects.length > 1) return null;
  return foreman && only !== 'wage-arrears' ? null : only;
}

/** The kind of time limit that a question is about, as the calculator of deadlines names it; null where that is not sure. */
export function deadlineMatterOf(text: string, facts: readonly Fact[]): string | null {
  const land = factOf(facts, 'land')?.value;
  const found = MATTERS.filter(({ words, but }) => words.test(text) && but?.test(text) !== true).map(({ matter }) => matter);
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  if (
    (only === 'expropriation-decision' || only === 'compensation-decision') &&
    (land === 'collective' || /集体|宅基地|农村|村/.test(text))
  )
    return null;
  if (only !== 'arbitration') return only;
  if (!/工资|工钱|加班费|薪/.test(text)) return 'arbitration-other';
  if (/双倍|二倍|补偿|赔偿金|辞退/.test(text)) return null;
  const employment = factOf(facts, 'employment')?.value;
  if (employment === 'still') return 'arbitration-wages-employed';
  return employment === 'left' || /离职|离开|走了|辞职|不干了/.test(text) ? 'arbitration-wages-left' : null;
}

const MATTERS: readonly { readonly matter: string; readonly words: RegExp; readonly but?: RegExp }[] = [
  {
    matter: 'injury-recognition',
    words: /(?:申请|申报|报|做|办|认定|评|算)[^,，。]{0,8}工伤|工伤认定|工伤[^,，。]{0,6}(?:申请|申报|期限|时效)/,
    but: /不服|决定书|复议|起诉|鉴定结论|仲裁|赔偿款|赔偿金/,
  },
  { matter: 'injury-decision', words: /(?:不服|对)[^,，。]{0,6}工伤认定|工伤认定(?:决定)?(?:书)?[^,，。]{0,8}(?:复议|起诉|不服)/ },
  {
    matter: 'appraisal-again',
    words:
      /(?:鉴定(?:结论|结果|等级)|评级|评的级)[^,，。]{0,14}(?:不服|不满意|低|再次|重新|复查|有异议)|(?:不服|再次|重新)[^,，。]{0,4}鉴定/,
  },
  {
    matter: 'sue-after-award',
    words: /(?:仲裁)?裁决(?:书)?[^,，。]{0,16}(?:起诉|不服|法院|告)|(?:不服|对)[^,，。]{0,4}(?:仲裁)?裁决|仲裁(?:输了|没赢|不服)/,
    but: /不给|不执行|不付|执行/,
  },
  { matter: 'enforce', words: /强制执行|申请执行/ },
  { matter: 'appeal-judgment', words: /上诉/, but: /刑|行政/ },
  { matter: 'after-reconsideration', words: /(?:不服|对)?复议决定/ },
  { matter: 'expropriation-decision', words: /征收决定/ },
  { matter: 'compensation-decision', words: /补偿决定/ },
  { matter: 'labour-inspection', words: /劳动监察|劳动局投诉|投诉[^,，。]{0,6}(?:劳动|人社)/ },
  { matter: 'arbitration', words: /仲裁/, but: /裁决|不服|执行|起诉|仲裁委|工伤认定/ },
];

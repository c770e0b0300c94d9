import type { PersonalDataSpan } from './kinds.js';
import { COMPOUND_SURNAMES } from './name-characters.js';
import { findTitled } from './find-titled-names.js';
import { SOUND, couldBeName, nameLength, type Evidence } from './read-name.js';

const IS = '(?:是|为|叫做?|名叫|:|"|“|「| |\\(){0,3}';
const TOLD = new RegExp(
  `(?:我叫做?|(?<![公司厂店])名叫|(?<!把|给|为)叫做|(?<![公司厂店])名字(?:叫做?|是|为|:)|(?<!公司)姓名(?:是|为|叫|:| )|(?:户名|署名|签名)(?:是|为|:))${IS}`,
  'g',
);
const ROLES =
  '本人|姓名|名字|收[件货款]人|开户人|联系人|联络人|申[请诉]人|户名|包工头|小?工头|老板娘?|班组长|组长|班长|队长|经理|厂长|主管|店长|房东|房主|户主|车主|业主|东家|雇主|同事|工友|老乡|邻居|朋友|徒弟|前夫|前妻|老公|老婆|丈夫|妻子|爱人|媳妇|对象|儿子|女儿|娃儿|孩子|父亲|母亲|父母|老爸|老妈|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|哥哥?|姐姐?|弟弟?|妹妹?|岳父|岳母|婆婆|公公|女婿|儿媳|侄儿?子?|表[哥姐弟妹]|堂[哥姐弟妹]|证人|负责人|法定代表人|法人代表|法人|代表|司机|驾驶[人员]|肇事者|肇事人|对方|债务人|债权人|欠款人|借款人|出借人|担保人|被告人?|原告|第三人|甲方|乙方|丙方|被申请人|被执行人|代理人|委托人|承包人|承包户|分包人|律师|法官|书记员?|村长|支书|主任|社长|会计|出纳|文员|伤者|死者|患者|病人|村民|居民|职工|员工|学生|个体户|股东|合伙人|中介|继承人|联系|抄送给|本案';
const ROLE = new RegExp(`(?:${ROLES})${IS}`, 'g');
const SELF = /(?:我是|我的名字|我,|叫)/g;
/** Before a name without a word for who bears it: being paid by, beaten by, working for. */
const BEFORE_NAME =
  /(?:被|跟着?|给|替|帮|找|和|与|由|对|向|告|起诉|及|喊|请|是|借给|还给|转给|包给|租给|卖给|嫁给|属于|上的|结果|但是|可是|后来|然后|都是|现在|当时|今天|昨天|之前|户|三个人|^|[,。;!?、\n\s:"“(〕])/g;
/** What comes after a name without a word for who bears it. */
const AFTER_NAME =
  /^(?:欠|拖欠|打了|打伤|骂|借了|借我|借钱|借走|向我|跟我|找我|叫我|让我|喊我|把我|骗|不给|不还|不认|拒绝|承诺|答应|撞|说|还钱|还款|写的|签|跑了|走了|失踪|[(（]|[一二两三四五六七八九十几0-9]{1,3}个?人|等[人三四五六七]|都|一起|一直|一道|是(?!否)|打工|干活|的工资|的房|的钱|在[^,]{2,12}(?:上班|干活|打工|受伤|工作)|之间|离婚|[0-9〔]|[,。;!?、\s]|$)/;
const ACTS =
  /^(?:欠|拖欠|打了|打伤|打成|骂|借了|借走|骗|不给|不还|不认|说没|跑了|写的|等人|打工|干活|的工资|一起|[两三]个人|[0-9￥]|[一二两三四五六七八九十几]+[万千百])/;
/** Names of persons; of 王经理, 老李, 姓张 the surname alone. Names that were made nameless already (王某某, 李xx) stay. */
export function findNames(plain: string, claim: (span: PersonalDataSpan) => void): void {
  const take = (index: number, length: number): void => {
    claim({ kind: 'name', index, length });
  };
  findTransliterated(plain, take);
  for (const [cue, evidence] of [
    [TOLD, 'told'],
    [ROLE, 'role'],
    [SELF, 'role'],
  ] as const) {
    for (const match of plain.matchAll(cue)) takeNames(plain, match.index + match[0].length, evidence, take);
  }
  for (const match of plain.matchAll(BEFORE_NAME)) {
    const index = match.index + match[0].length;
    const length = nameLength(plain, index, 'look');
    if (length < 3 && isActing(plain, index)) {
      take(index, 3);
      continue;
    }
    if (length === 0) continue;
    const led = /[\u3400-\u9fff]$/.test(match[0]);
    if ((led && length > 2) || AFTER_NAME.test(plain.slice(index + length, index + length + 20))) takeNames(plain, index, 'look', take);
  }
  findListed(plain, take);
  findTitled(plain, take);
}

/** 古丽·买买提 and the like wherever they stand: runs of the characters that spell such names, on both sides of the dot. */
function findTransliterated(plain: string, take: (index: number, length: number) => void): void {
  for (const { index } of plain.matchAll(/·/g)) {
    let start = index;
    while (index - start < 7 && SOUND.has(plain[start - 1] ?? '')) start--;
    // the last character of 结果, 妻子, 村里 spells names too
    if (/^(?:[结后效如]果|[妻儿房车孩]子|[村屋家厂手店院城镇]里)/.test(plain.slice(start - 1, start + 1))) start++;
    const length = nameLength(plain, start, 'look');
    if (length > 0) take(start, length);
  }
}

/** A surname and two characters that do what debtors and employers do: 丁肇中欠我, 给丁肇中打工. */
function isActing(plain: string, at: number): boolean {
  return couldBeName(plain, at) && ACTS.test(plain.slice(at + 3, at + 9));
}

/** Three characters on either side of 、 that could be names both, with the list going on or coming to its verb. */
function isPair(plain: string, left: number, right: number): boolean {
  if (COMPOUND_SURNAMES.includes(plain.slice(left - 1, left + 1))) return false;
  return couldBeName(plain, left) && couldBeName(plain, right) && /^(?:[、和与及,。;]|都|等|$)/.test(plain.slice(right + 3, right + 4));
}

/** A name and those that are listed after it: 张三、李四和王五. */
function takeNames(plain: string, from: number, evidence: Evidence, take: (index: number, length: number) => void): void {
  let at = from;
  let sure = evidence;
  for (let names = 0; names < 20; names++) {
    const length = nameLength(plain, at, sure);
    if (length === 0) return;
    take(at, length);
    at += length;
    const joined = /^ ?[、和与及跟,] ?/.exec(plain.slice(at, at + 3));
    if (!joined) return;
    at += joined[0].length;
    sure = joined[0].includes(',') ? 'look' : 'listed';
  }
}

/** Two and more names side by side, whoever they are: 张三、李四和王五三个人. */
function findListed(plain: string, take: (index: number, length: number) => void): void {
  for (const match of plain.matchAll(/ ?[、和与及] ?/g)) {
    const right = match.index + match[0].length;
    if (isPair(plain, match.index - 3, right)) {
      take(match.index - 3, 3);
      take(right, 3);
    }
    const after = nameLength(plain, right, 'listed');
    if (after === 0) continue;
    for (const length of [4, 3, 2]) {
      const left = match.index - length;
      if (left < 0 || nameLength(plain, left, 'listed') !== length) continue;
      take(left, length);
      take(right, after);
      break;
    }
  }
}

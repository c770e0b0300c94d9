import {
  ALL_SURNAMES,
  COMPOUND_SURNAMES,
  GIVEN,
  USUAL_SURNAMES,
  endsWord,
  makesWord,
  neverInName,
  startsPhrase,
} from './name-characters.js';
import { HAN } from './plain-form.js';

/**
 * How surely the words before say that a name comes: after 我叫 anything may be one, after 老板 what begins with a
 * surname, after 被 only what
 * looks like a name in each character, and in a list what looks like one with a rarer surname too.
 */
export type Evidence = 'told' | 'role' | 'look' | 'listed';

const BOUND = new RegExp(
  `^(?:[^〇${HAN}]|$|我|你|他|她|今年|现年|年龄|在|是|家|住|电话|手机|身份证|微信|男|女|汉族|于|生于|的|说|不|没|和|与|跟|给|把|让|叫|欠|因|被|从|到|已|有|就|也|为|说|打|要|跑|走|喊|骗|赔|付|承|拒|负责|躲|逃|找|问|派|又|突然|竟|将|全责|去世|过世|病故|死|受伤|摔|撞|干|拿|收|签|写|借|拖|答应|威胁|失踪|失联|管|开|拉|带)`,
);
const NOBODY =
  /^(?:老板|老公|老婆|儿子|女儿|同事|朋友|律师|警察|医生|法院|公司|单位|厂|人|大家|别人|自己|对方|救护车|外卖|滴滴|车|工人|家人|家属|亲戚|工友|领导|经理|主管|先生|女士|什么|啥|哪|怎么|办理|负责|受伤|本人|妈|爸|爷|奶|哥|姐|弟|妹|声明|签字|劳务|实习|协议|合同|委托|身份|电话|手机|地址|性别|年龄|号码|信息|必须|可以|应该|应当|需要|已经|现在|今年|去年|昨天|因为|由于|之前|以前|后来|如何|帮忙|赔|发|干|做|来|去|滚|走|停|回|改|搬|交|签|写|等|死|拿|出|打|退|补|叫|我|他|她|你|它|是|的|在|有|不|没|和|与|这|那|一|两|几)/;

/** Characters that names of other tongues are written with. */
const SOUND_CHARACTERS =
  '阿卜杜拉买提木古丽江克里艾孜热合曼尼亚依布扎西多吉次仁旦增卓玛姆尔吾迪巴努凯赛吐逊图洪卡哈萨帕沙麦地呷子牛铁色马海来伍沃曲比惹史莫何勒果日且则达娃桑央金罗布格平措德顿珠米山尕藏加才让道吉草关确旺姐嘎松朗木且瓦约旦斯坦努尔孜汗夏甫江肉克玉苏甫白古再娜扎艾合提谢';
export const SOUND: ReadonlySet<string> = new Set(SOUND_CHARACTERS);
const TRANSLITERATED = new RegExp(`[${SOUND_CHARACTERS}]{2,7}(?:·[${SOUND_CHARACTERS}]{1,8}){1,3}`, 'y');
const A_TITLE = /^(?:[副总]?经理|老板|师傅|主任|律师|先生|女士|小姐|书记|队长|会计|医生|老师|法官)/;
const STARTS_BOUND =
  '我你他她今现年在是家住电手身微男女汉于生的说不没和与跟给把让叫欠因被从到已有就也都为打要去来跑走喊骗赔付承拒负躲逃找问派又突竟将摔撞死全去过病受干拿收签写借答威失管开拉带';

/** How long the name is that begins at `at`; 0 where none does. */
export function nameLength(plain: string, at: number, evidence: Evidence): number {
  const minority = minorityLength(plain, at, evidence);
  if (minority > 0) return minority;
  const compound = COMPOUND_SURNAMES.some((surname) => plain.startsWith(surname, at));
  const surname = plain.slice(at, at + (compound ? 2 : 1));
  if (!compound && !ALL_SURNAMES.has(surname)) return evidence === 'told' ? unknownLength(plain, at) : 0;
  const first = at + surname.length;
  if (A_TITLE.test(plain.slice(first, first + 3))) return evidence === 'told' || evidence === 'role' ? surname.length : 0;
  if (neverInName(plain[first] ?? '') || startsWord(plain, surname, first, evidence)) return 0;
  // the words that introduce a name may end like one that swallows it: 房主|张永 is no 主张
  if ((evidence === 'look' || evidence === 'listed') && endsWord(plain, at)) return 0;
  const given = hasSecond(plain, first + 1, evidence) ? 2 : 1;
  const end = first + given;
  if (/[省市区县镇乡州]/.test(plain[end] ?? '')) return 0;
  const usual = compound || USUAL_SURNAMES.has(surname);
  return evidence === 'told' || looksLikeName(plain, surname, first, end, usual, evidence) ? end - at : 0;
}

/** Whether surname and given name begin an everyday word instead: 高中 is no name, 高中正 may be one where words say that a name comes. */
function startsWord(plain: string, surname: string, first: number, evidence: Evidence): boolean {
  const a = plain[first] ?? '';
  if (!makesWord(surname, a)) return false;
  if (evidence === 'look' || evidence === 'listed' || !GIVEN.has(a)) return true;
  const short = evidence === 'told' && isBound(plain, first + 1);
  return !short && !(GIVEN.has(plain[first + 1] ?? '') && isBound(plain, first + 2));
}

/** The weaker the evidence and the rarer the surname, the more the characters must look like a name's. */
function looksLikeName(plain: string, surname: string, first: number, end: number, usual: boolean, evidence: Evidence): boolean {
  const given = plain.slice(first, end);
  if (given === '家' || /[镇村乡]$/.test(given)) return false;
  const looks = Array.from(given).every((char) => GIVEN.has(char));
  const goesOn = startsPhrase(plain.slice(first, first + 2));
  if (evidence === 'listed') return looks && !goesOn;
  // 向 is a surname of this region, and far more often the word "towards"
  if (evidence === 'look') return looks && !goesOn && surname !== '向' && (usual || given.length > 1);
  if (usual) return isBound(plain, end) || GIVEN.has(given[0] ?? '');
  return looks && !goesOn && !makesWord(surname, given[0] ?? '') && (given.length > 1 || isBound(plain, end));
}

/** Whether the character at `at` belongs to the given name before it. */
function hasSecond(plain: string, at: number, evidence: Evidence): boolean {
  const char = plain[at] ?? '';
  if (neverInName(char)) return false;
  if (char === '和' && nameLength(plain, at + 1, 'listed') > 0) return false;
  const ends = /^(?:[^\u3007\u3400-\u9fff]|$)/.test(plain.slice(at + 1, at + 2));
  if (ends && GIVEN.has(char)) return true;
  if (!startsPhrase(plain.slice(at, at + 3))) return true;
  return (evidence === 'told' || evidence === 'role') && !STARTS_BOUND.includes(char) && isBound(plain, at + 1);
}

const isBound = (plain: string, at: number): boolean => BOUND.test(plain.slice(at, at + 3));

/** 古丽·买买提: parts joined by interpuncts; the last ends where the sentence goes on. */
function minorityLength(plain: string, at: number, evidence: Evidence): number {
  TRANSLITERATED.lastIndex = at;
  const spelled = TRANSLITERATED.exec(plain)?.[0].length ?? 0;
  if (spelled > 0 || evidence !== 'told') return spelled;
  const parts = /^[\u3400-\u9fff]{1,7}(?:·[\u3400-\u9fff]{1,8}){1,3}/.exec(plain.slice(at, at + 40));
  if (!parts || NOBODY.test(parts[0])) return 0;
  const last = parts[0].lastIndexOf('·') + 1;
  let length = last + 1;
  while (length < parts[0].length && !isBound(plain, at + length)) length++;
  return length;
}

/** A name without a surname that we know, after 我叫: what stands up to the next bound, where it is nothing else. */
function unknownLength(plain: string, at: number): number {
  if (neverInName(plain[at] ?? '') || NOBODY.test(plain.slice(at, at + 4))) return 0;
  for (let length = 2; length <= 4; length++) {
    if (neverInName(plain[at + length - 1] ?? '')) return 0;
    if (/^(?:[,。;!?、\s:(]|$|今年|现年|家住|住|电话|手机|身份证|\d)/.test(plain.slice(at + length, at + length + 3))) return length;
  }
  return 0;
}

/** A common surname and two characters of which one at least is usual in names; for places where what follows speaks for a name. */
export function couldBeName(plain: string, at: number): boolean {
  const [surname = '', a = '', b = ''] = plain.slice(at, at + 3);
  if (!USUAL_SURNAMES.has(surname) || makesWord(surname, a) || neverInName(a) || neverInName(b) || endsWord(plain, at)) return false;
  return (GIVEN.has(a) || GIVEN.has(b)) && !STARTS_BOUND.includes(b) && !A_TITLE.test(plain.slice(at + 1, at + 4));
}

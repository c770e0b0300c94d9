import { toChineseNumeral } from '../domain/chinese-numerals.js';

/** A question reduced to what it says: without greetings, particles and the choice between equal ways of asking. */
export interface Wording {
  /** Han characters, Latin letters and digits that carry meaning, in order. */
  readonly text: string;
  /** The same characters sorted: equal for wordings that differ in order only. */
  readonly characters: string;
  /** Who does what to whom: the words of roles, as they follow one another. */
  readonly roles: string;
  /** What is denied: the character after each negation, sorted. 没签合同 and 签了合同 differ in nothing else. */
  readonly denied: string;
  /** Something comes before something else: the order of the words is what is said. */
  readonly ordered: boolean;
}

const GREETING =
  /^(?:(?:请问(?:一下)?|你好|您好|律师(?=[你您好，,\s])|老师|麻烦(?:问)?(?:一下)?|我?想?(?:问|咨询|请教)(?:问|一下|下)?|帮忙看看|我们?|大家好|在吗)[你您好，,。！!？?\s]*)+/;

/** Equal ways of saying one thing, in order of application. 赔偿 and 补偿 are two things in law and stay two. */
const EQUAL: readonly (readonly [RegExp, string])[] = [
  [/谢谢[你您]?|拜托[你您]?/g, ''],
  [/可不可以|能不能|是不是|会不会|该不该|可以|应该|到底|究竟|一下|一般|大概|的话|现在|能(?!力)|该/g, ''],
  // 算不算 asks whether it counts, as 算吗 and 算不 do
  [/(\p{Script=Han})不\1/gu, '$1'],
  [/有没有|有没得/g, '有'],
  [/(?<=[了过])(?:没有|没得|没)(?=\P{L}|$)|(?:不|否)(?=[，,。？?！!\s]|$)/gu, ''],
  [/(?:咋个|怎么|怎样|如何|咋)(?:办|处理|整|弄)/g, '怎办'],
  [/咋个|怎么样?|怎样|如何|咋样?/g, '怎'],
  [/什么|啥子|啥/g, '何'],
  [/多长时间|多少时间|好久/g, '多久'],
  [/(?:多少|好多|几多)(?:钱)?/g, '多少'],
  [/哪里|哪儿|哪个地方/g, '哪'],
  [/(赔|补)偿/g, '$1'],
  [/(?:怎)?(赔|补)(?:多少|怎算)/g, '怎$1'],
  [/没有|没得|尚未|未/g, '没'],
  [/两/g, '二'],
  // no 个 (三个月 is not 三月), no 去 and 来 (去年), no 对 (对方)
  [/[的了呢吗嘛啊呀吧哦么啦噻哈给跟和与还就都也这那又才只想要会把将们向从]/g, ''],
];

const ROLE =
  /我|你|他|她|对方|老板|公司|单位|工厂|厂|工友|同事|员工|职工|政府|村委|村里|队|房东|租客|开发商|工头|甲|乙|男|女|夫|妻|老公|老婆|父|母|儿|亲戚|邻居|司机|车|被|遭/g;
const NEGATION = /(?:没|不|无|非|别|拒绝|拒)(?:给|跟|和|与|为|被|我|他|她|你|们|能|会|想|肯|让)*(\p{Script=Han}?)/gu;

/** Reduces a question to its wording. */
export function wordingOf(question: string): Wording {
  let text = question.normalize('NFKC').toLowerCase().trim().replace(GREETING, '');
  text = text.replace(/\d{1,4}(?![\d.])/g, (digits) => toChineseNumeral(Number(digits)));
  for (const [pattern, plain] of EQUAL) text = text.replace(pattern, plain);
  text = text.replace(/[^\p{Script=Han}a-z0-9.%]/gu, '');
  return {
    text,
    characters: Array.from(text).sort().join(''),
    roles: (text.match(ROLE) ?? []).join(' '),
    denied: Array.from(text.matchAll(NEGATION), (match) => match[1] ?? '')
      .sort()
      .join(' '),
    ordered: /[先再前后]/.test(text),
  };
}

/** Share of characters and pairs of neighbours that two texts have in common, 0 to 1 (Dice). */
export function overlapOf(a: string, b: string): number {
  const [left, right] = [countGrams(a), countGrams(b)];
  let common = 0;
  let all = 0;
  for (const [gram, count] of left) {
    common += Math.min(count, right.get(gram) ?? 0);
    all += count;
  }
  for (const count of right.values()) all += count;
  return all === 0 ? 0 : (2 * common) / all;
}

function countGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (gram: string): void => {
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  };
  const characters = Array.from(text);
  characters.forEach((character, at) => {
    add(character);
    if (at > 0) add(`${characters[at - 1] ?? ''}${character}`);
  });
  return counts;
}

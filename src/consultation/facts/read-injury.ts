import { gradesIn } from '../../domain/quantities.js';
import type { Reading } from './fact.js';
import { DURATION, parseDuration } from './numbers.js';
import { IN_CLAUSE, clauseAt, readChoice, readEventDate, type Told } from './told.js';

const HURT =
  /(?:受伤|受的伤|受了伤|摔|砸|压[伤断到]|夹[伤断到]|轧|绞|切[伤断到]|割[伤断到]|烫伤|烧伤|骨折|触电|撞|跌|掉下来|坠落|出事|出的事|出了?事故|发生(?:的)?(?:事故|工伤)|发生了?意外|(?:因|发生|出)工伤|诊断(?:为|出|是))/;
/** Words of another event: the day before them is its own. */
const OTHER_THAN_HURT =
  /入职|进厂|上班(?!$|时|途中|路上|的?时候|期间|过程|后|干活)|工作(?!$|时|中|期间|的?时候|过程)|打工(?!$|时|期间|的?时候)|开始|来到|签|离职|辞|认定|鉴定|出院|住院|手术|申请|去世|死/;
const INJURY_CONTEXT = /伤|事故|出事|诊断|骨折|断|工亡|职业病|鉴定|摔|砸|烫|烧|截肢/;
const OTHER_ACCIDENT = /被打|打架|打伤|医疗事故|校园|小区里|超市里|游乐/;

const SIDE = '(?:左|右|双|两)?';
const PART = `${SIDE}(?:手?(?:大拇指|拇指|食指|中指|无名指|小指|小拇指)|手指头?|手掌|手腕|手臂|胳膊|小腿|大腿|脚踝|脚趾头?|脚后跟|脚掌|膝盖|眼睛|眼球|眼|耳朵|肩膀?|锁骨|肋骨|盆骨|骨盆|腰椎|脊椎|颈椎|胸椎|腰部?|头部|脑袋|脑壳|(?<!砖|石|木|骨|镜|码|锤|榔|龙|车|街|工)头(?!盔)|面部|脸|背部|胸部|门牙|牙齿|腿|脚(?!手架)|手(?!机|续|术|里|上|下|头|脚架|工|套)|跟骨|胫骨|股骨|尾椎)`;
const DAMAGED = '(?:断|骨折|骨裂|受伤|伤|砸|压|夹|轧|绞|切|割|截|烫|烧|扭|粉碎|摔|撞|扎|刺|失明|瞎)';

/** Facts of an injury at work. */
export function readInjury(told: Told): Reading[] {
  if (!INJURY_CONTEXT.test(told.raw)) return [];
  return [
    ...readEventDate(told, 'injury-date', HURT, OTHER_THAN_HURT),
    ...readPart(told),
    ...readRecognition(told),
    ...readGrade(told),
    ...readAppraisal(told),
    ...readStopWork(told),
  ];
}

function readPart({ text }: Told): Reading[] {
  const match =
    new RegExp(`(?<part>${PART})${IN_CLAUSE}{0,6}?${DAMAGED}(?!害|心)`).exec(text) ??
    new RegExp(`(?:砸|压|夹|轧|绞|切|割|烫|烧|扭|摔|撞|扎|刺)(?:伤|断|到|着|坏|了)+(?:我的?|了)?(?<part>${PART})`).exec(text);
  const part = match?.groups?.['part'];
  return match && part !== undefined ? [{ id: 'injured-part', value: part, words: match[0] }] : [];
}

function readRecognition(told: Told): Reading[] {
  return readChoice(told, 'recognised', [
    [
      /(?:不予|未予)认定|认定(?:为|成)?不是工伤|(?:没|不)给认定|不认定(?:为)?工伤|没认定上|不是工伤(?=的?(?:决定|结论))|认定不了?工伤/,
      'denied',
    ],
    [
      /(?:没有?|还没|未|尚未|没得)(?:去)?(?:做|申请|申报|办|报|进行)?(?:过)?(?:工伤)?认定(?!上|为)|工伤认定(?:还)?(?:没有?|未)(?:下来|出来|做|办|申请|批)|(?:没有?|还没|未)(?:申报|报|申请)工伤/,
      'not-yet',
    ],
    [
      /(?:已经?|已被?|被|社保局|人社局)(?:人社局|社保局)?认定(?:为|成|是|了)?工伤|认定(?:为|成|了)工伤|工伤认定(?:书)?(?:已经?|都)?(?:下来了|出来了|做了|通过了?|办了|办下来|批了|拿到|有了|完了)|(?:拿到|收到|有)(?:了)?工伤认定(?:决定)?书|(?:认定|定)了工伤|定为工伤/,
      'yes',
      /(?:没有?|未|不予|还没|不)(?:被)?(?:认定|定为)|没(?:有)?(?:拿到|收到|通过|下来)|申请认定|要认定/,
    ],
  ]);
}

/** Only one grade, and named as found: "能评几级", "估计十级" and "一至四级" tell none. */
function readGrade({ text, raw }: Told): Reading[] {
  if (OTHER_ACCIDENT.test(raw) || (/车祸|交通事故/.test(raw) && !/工伤/.test(raw)) || /残疾证|残联/.test(raw)) return [];
  const grades = [...gradesIn(text)];
  const [grade] = grades;
  if (grade === undefined || grades.length > 1) return [];
  const number = '(?:10|[1-9]|十|[一二三四五六七八九])';
  const pattern = new RegExp(
    `(?:(?:伤残|伤残等级|工伤|鉴定|评|评定|评残|定|构成|劳动能力|结果|结论|等级)${IN_CLAUSE}{0,8}?${number}级|(?<![一二三四五六七八九十\\d]\\s*[-~—到至或、]?\\s*)${number}级(?:的)?(?:伤残|工伤|残疾|残))`,
  );
  const match = pattern.exec(text);
  if (!match) return [];
  const clause = clauseAt(text, match.index);
  const head = clause.slice(0, clause.indexOf(match[0]) + match[0].length);
  if (/能(?!力)|可以|会|够|估计|可能|应该|想|怕|要是|差不多|最低|最高|以上|以下|级医院|不到|达不到|没|不是|至少/.test(head)) return [];
  if (/^(?:以上|以下|至|到|-|、|或|还是)/.test(text.slice(match.index + match[0].length))) return [];
  return [{ id: 'grade', value: grade, words: match[0] }];
}

function readAppraisal(told: Told): Reading[] {
  return readChoice(told, 'appraised', [
    [/(?:没有?|还没|未|尚未|没得)(?:去)?(?:做|申请|进行|评|办)?(?:过)?(?:劳动能力|伤残|工伤)?(?:鉴定|评残|评级|定级)/, false],
    [
      /(?:劳动能力|伤残|工伤)?鉴定(?:结论|结果|书)?(?:已经?|都)?(?:下来了|出来了|做了|做完了|做过了|完了)|鉴定(?:为|成|是|了)(?:伤残)?[一二三四五六七八九十\d]{1,2}级/,
      true,
      /没|未|不/,
    ],
  ]);
}

function readStopWork({ text }: Told): Reading[] {
  const rest = '(?:停工|休息|休养|养伤|没(?:有)?(?:去)?上班|停工留薪)';
  const pattern = new RegExp(
    `${rest}(?:了|期|共|已经|差不多|有|是){0,3}(?<a>${DURATION})|(?<b>${DURATION})(?:都)?没(?:有)?(?:去)?上(?:成)?班`,
  );
  const match = pattern.exec(text);
  const said = match?.groups?.['a'] ?? match?.groups?.['b'];
  if (!match || said === undefined) return [];
  if (/医生|医嘱|建议|让|叫|要|每|规定|合同|社保|没伤/.test(clauseAt(text, match.index).slice(0, 12))) return [];
  const length = parseDuration(said);
  return length === null || length.value > 60
    ? []
    : [{ id: 'stop-work-months', value: length.value, words: match[0], exact: length.exact }];
}

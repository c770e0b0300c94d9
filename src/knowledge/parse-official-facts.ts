import { parseNumeral } from '../domain/chinese-numerals.js';
import type { Law, LawLevel, Region } from '../domain/law.js';
import type { OfficialProvision } from './parse-official-text.js';

/** What a text says about itself. Null where it does not say. */
export interface OfficialFacts extends Pick<Law, 'issuer' | 'number' | 'level' | 'published' | 'inForceFrom'> {
  /** Null: of another province or city, or issued by nobody that the text names. */
  readonly region: Region | null;
  /** The province or city whose rule it is, where that is not ours. */
  readonly elsewhere: string | null;
  /** Whether the day in force that it states is its first version's, before its last change. */
  readonly statesOldDay: boolean;
  readonly repealed: boolean;
}

const DIGIT = '[\\d〇零○ＯO一二三四五六七八九十]';
const DAY = new RegExp(`(\\d{4}|[〇零○一二三四五六七八九]{4})\\s*年\\s*(${DIGIT}{1,3})\\s*月\\s*(${DIGIT}{1,3})\\s*日`, 'g');
const IN_FORCE = /^[\s，,]*(?:零时)?(?:起)?[\s，,]*(?:正式)?(?:施行|实施|生效|执行)/;
const AT_ONCE = /自(?:本\S{1,6})?(?:公布|发布|颁布|印发|公告|下发)之日起(?:施行|实施|生效|执行)/;
const NATIONAL =
  /全国人民代表大会|全国人大|国务院(?:令|批准|发布|公布|常务会议|第|办公厅|关于|\s|$)|中华人民共和国主席令|最高人民(?:法院|检察院)|中央军(?:委|事委员会)|中共中央|法释|国[办发函]{1,2}〔|政务院/;
/** Bodies of the State Council, those of old times too; a department of a firm (人力资源部) is none. */
const MINISTRIES =
  '国家\\p{Script=Han}{2,14}?(?:局|委员会|署)|人力资源和?社会保障部|劳动(?:和社会保障|人事)?部|人事部|住房和?城乡建设部|(?:城乡)?建设(?:环境保护)?部|自然资源部|国土资源部|公安部|司法部|民政部|财政部|教育部|卫生部|交通(?:运输)?部|铁道部|水利(?:电力)?部|农业(?:农村)?部|农牧渔业部|林业部|商务部|对外(?:贸易)?经济(?:贸易|合作)*部|文化(?:和旅游)?部|生态环境部|环境保护部|应急管理部|退役军人事务部|信息产业部|工业和信息化部|邮电部|外交部|国防部|科学技术部|能源部|煤炭工业部|化学工业部|审计署|海关总署|中国(?:人民银行|银行保险监督管理委员会|银行业监督管理委员会|证券监督管理委员会)|中央军事委员会|总(?:后勤|参谋|政治)部';
const MINISTRY = new RegExp(`(${MINISTRIES})`, 'u');
const LOCAL =
  /([\p{Script=Han}]{2,14}?(?:省|市|自治区|自治州|自治县|县|区|州|盟|特区))(?:第[\p{Script=Han}\d]+届)?(?:人民代表大会|人民政府|人大常委会)/u;
/** Bodies named in general, none in particular. */
const ANY_PLACE = /各|直辖市|以上|以下|所在|设区的|不设区|上一级|本级|省级|市级|县级|^自治[区州县]|^(?:省|市|县|区)/;
const NUMBER = new RegExp(
  `法释\\s*[〔\\[（(]\\d{4}[〕\\]）)]\\s*\\d+\\s*号|(?:中华人民共和国)?(?:主席|国务院|\\p{Script=Han}{2,12}(?:部|局|署|委员会|人民政府))令\\s*(?:[〔\\[（(]?\\d{4}年?[〕\\]）)]?)?\\s*第?\\s*(?:\\d+|[〇零○一二三四五六七八九十百]+)\\s*号|\\p{Script=Han}{1,8}〔\\d{4}〕\\s*\\d+\\s*号`,
  'gu',
);

/**
 * Reads what a document says about itself: from the lines on its passage, its title, and its last articles.
 * @param published ISO day from a better source; the number of another version is then not taken for this one's
 */
export function parseOfficialFacts(
  title: string,
  head: readonly string[],
  provisions: readonly OfficialProvision[],
  published: string | null = null,
): OfficialFacts {
  const passage = head.map((line) => line.normalize('NFKC')).join('\n');
  const events = readEvents(passage);
  const made = published ?? latest(events.filter(({ kind }) => kind === 'published'));
  const amended = isAmended(passage, events, made);
  const stated = latest(events.filter(({ kind }) => kind === 'in-force')) ?? statedInForce(provisions, amended ? FIRST_VERSION : made);
  const statesOldDay = stated !== null && made !== null && stated < made;
  const place = readPlace(title, head);
  const issuer = readIssuer(title, passage, place);
  return {
    issuer,
    number: readNumber(passage, events, made),
    level: readLevel(title, issuer, passage),
    published: made,
    inForceFrom: statesOldDay ? null : stated,
    region: place.region,
    elsewhere: place.elsewhere,
    statesOldDay,
    repealed: /(?:时效性?|效力(?:状态|级别)?|状态)[\]】]?\s*[：:]\s*(?:已?失效|已?废止|已被废止)/.test(passage) || isMarkedRepealed(title),
  };
}

/** X条例（已废止）, X条例【失效】. */
export function isMarkedRepealed(title: string): boolean {
  return /[（(【[](?:已?失效|已?废止|已被废止)[）)】\]]$/.test(title.trim());
}

/** Stands for the day of a first version that the text does not give: before every other. */
const FIRST_VERSION = '0001-01-01';

/** Two bodies vote on one text within a year; votes further apart are on two versions. */
const YEAR_MS = 366 * 86_400_000;

/** Whether a text's last articles are its first version's words: it was corrected (修正) since, not written anew (修订). */
function isAmended(passage: string, events: readonly Event[], made: string | null): boolean {
  const published = events.filter(({ kind }) => kind === 'published');
  const last = published.reduce<Event | null>((newest, event) => (newest === null || event.day >= newest.day ? event : newest), null);
  if (made === null) return false;
  const votes = events.filter(({ kind }) => kind === 'passed').map(({ day }) => Date.parse(day));
  if (Math.max(...votes) - Math.min(...votes) > YEAR_MS) return true;
  if (last === null) return false;
  if (last.day < made) return true;
  const before = passage.slice(0, last.index).split('\n').at(-1) ?? '';
  const act = passage.slice(last.index).split(/\n|(?<=修订|修正|修改)/u)[0] ?? '';
  return new Set(published.map(({ day }) => day)).size > 1 && !/修订/.test(before.slice(-8) + act);
}

interface Event {
  readonly day: string;
  readonly kind: 'published' | 'passed' | 'in-force';
  readonly index: number;
}

function readEvents(passage: string): Event[] {
  const events: Event[] = [];
  const days = [...passage.matchAll(DAY)];
  for (const [position, match] of days.entries()) {
    const day = isoDay(match);
    if (day === null) continue;
    const end = match.index + match[0].length;
    const act = passage.slice(end, days[position + 1]?.index ?? passage.length);
    events.push({ day, kind: kindOf(act, passage.slice(0, match.index)), index: match.index });
  }
  return events;
}

/** What happened on a day, by the words after it. A congress publishes on the day of its vote; a court does not. */
function kindOf(act: string, before: string): Event['kind'] {
  if (IN_FORCE.test(act) && (/自[\s]*$/.test(before) || /^\s*起?\s*(?:施行|实施|生效)/.test(act))) return 'in-force';
  if (/公布|发布|颁布|印发|公告/.test(act)) return 'published';
  if (/审判委员会|检察委员会/.test(act)) return 'passed';
  if (/人民代表大会|人大|修正|修订|修改/.test(act) && !/^[^通修]*国务院第\S+次常务会议/.test(act)) return 'published';
  return /^\s*(?:\n|$|[)）])/.test(act) ? 'published' : 'passed';
}

function latest(events: readonly Event[]): string | null {
  return events.reduce<string | null>((last, { day }) => (last === null || day > last ? day : last), null);
}

const LAST_PROVISIONS = 4;

/** The day in force that the last articles state: 自…起施行, or at once. */
function statedInForce(provisions: readonly OfficialProvision[], published: string | null): string | null {
  const own = provisions.filter(({ article }) => !article.startsWith('附'));
  for (const { text } of own.slice(-LAST_PROVISIONS).reverse()) {
    const plain = text.normalize('NFKC');
    for (const match of [...plain.matchAll(DAY)].reverse()) {
      const sentence = plain.slice(plain.slice(0, match.index).search(/[^。\n;；]*$/), match.index);
      if (!/自[\s]*$/.test(sentence) || !IN_FORCE.test(plain.slice(match.index + match[0].length))) continue;
      // 第三条自…起施行 is about a part, 《…》自…起施行 about another text
      if (/第[^。]{1,8}[条款项]|《/.test(sentence)) continue;
      return isoDay(match);
    }
    if (AT_ONCE.test(plain)) return published;
  }
  return null;
}

function isoDay(match: RegExpExecArray | RegExpMatchArray): string | null {
  const [year, month, day] = [match[1], match[2], match[3]].map((part) => parseNumeral((part ?? '').replace(/[○ＯO]/g, '〇')));
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return null;
  const iso = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
}

/** Whether a text is an ISO day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

interface Place {
  readonly region: Region | null;
  readonly elsewhere: string | null;
  readonly name: string | null;
}

/** Places around us: their rules are named after 四川省 or 成都市 and do not hold in 简阳. */
const NEIGHBOURS =
  /^(?:四川省)?((?:自贡|攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|阿坝|甘孜|凉山|北川|峨边|马边|木里)\p{Script=Han}{0,4}?(?:市|州|县)?|(?:成都市)?(?:(?:锦江|青羊|金牛|武侯|成华|龙泉驿|青白江|新都|温江|双流|郫都|新津)区|(?:金堂|大邑|蒲江)县|(?:都江堰|彭州|邛崃|崇州)市))/u;

const OURS: readonly (readonly [pattern: RegExp, region: Region])[] = [
  [/^(?:四川省)?(?:成都市)?简阳市?$/, '简阳'],
  [/^(?:四川省)?成都市?$/, '成都'],
  [/^四川省?$/, '四川'],
];

function readPlace(title: string, head: readonly string[]): Place {
  const name = title.replace(/^[《\s]+/, '');
  const local = [name, ...head.filter((line) => /[\d〇一二三四五六七八九]/.test(line) || line.length < 30)]
    .map((line) => LOCAL.exec(line.normalize('NFKC').replace(/[^\p{Script=Han}\d]+|\d+[年月日号届次]/gu, ' ').replace(/(?<=^|\s)(?:经|由|根据|现)/gu, ''))?.[1])
    .find((place) => place !== undefined && !ANY_PLACE.test(place));
  const neighbour = [name, local ?? ''].map((text) => NEIGHBOURS.exec(text)?.[1]).find((place) => place !== undefined);
  if (neighbour !== undefined) return { region: null, elsewhere: neighbour, name: neighbour };
  const titled = /^((?:四川省)?(?:成都市|简阳市)|四川省)/.exec(name)?.[1];
  const foreign = /^(\p{Script=Han}{2,3}省|(?:北京|天津|上海|重庆)市|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:深圳|珠海|汕头|厦门)经济特区)/u.exec(name)?.[1];
  const national = NATIONAL.test(name) || head.some((line) => NATIONAL.test(line) || MINISTRY.test(line));
  if (national && titled === undefined && (foreign === undefined || head.some((line) => /国务院|全国人民代表大会/.test(line)))) {
    return { region: '全国', elsewhere: null, name: null };
  }
  const place = titled ?? foreign ?? local;
  if (place === undefined) return { region: /^中华人民共和国/.test(name) ? '全国' : null, elsewhere: null, name: null };
  const ours = OURS.find(([pattern]) => pattern.test(place));
  return ours ? { region: ours[1], elsewhere: null, name: place } : { region: null, elsewhere: place, name: place };
}

function readIssuer(title: string, passage: string, place: Place): string | null {
  if (place.name !== null) {
    if (/人民代表大会|人大/.test(passage)) return `${place.name}人民代表大会${/常务委员会|常委会/.test(passage) ? '常务委员会' : ''}`;
    return /人民政府/.test(passage + title) ? `${place.name}人民政府` : null;
  }
  const courts = ['最高人民法院', '最高人民检察院'].filter((court) => title.startsWith(court) || title.includes(`、${court}`));
  if (courts.length > 0) return courts.join('、');
  const congress = /全国人民代表大会(常务委员会)?/.exec(passage);
  if (congress) return congress[0];
  if (/国务院(?:令|发布|公布|关于)|^国务院/m.test(passage) || title.startsWith('国务院')) return '国务院';
  const court = /最高人民法院|最高人民检察院/.exec(passage);
  if (court) return court[0];
  return MINISTRY.exec(passage)?.[1] ?? null;
}

/** The number in the last event; where the text's history ends before the day published, it is an earlier version's. */
function readNumber(passage: string, events: readonly Event[], made: string | null): string | null {
  const numbers = [...passage.matchAll(NUMBER)];
  const last = numbers.at(-1);
  if (!last) return null;
  const after = events.filter(({ kind, index }) => kind === 'published' && index > last.index).length;
  const told = latest(events.filter(({ kind }) => kind === 'published'));
  if (numbers.length > 1 && after > 0) return null;
  if (after > 0 && events.filter(({ kind }) => kind === 'published').length > 1) return null;
  if (made !== null && told !== null && told < made) return null;
  return last[0].replace(/\s+/g, '').replace(/^日/, '').replace(/[[(（](\d{4})[\])）]/, '〔$1〕');
}

function readLevel(title: string, issuer: string | null, passage: string): LawLevel | null {
  const name = title.replace(/（[^）]*）$/, '');
  if (/国务院(?:\s|.{0,6})?批准/.test(passage) && /(?:条例|规定|办法|细则|规则)$/.test(name)) return '行政法规';
  if (/^(?:中华人民共和国)?宪法/.test(name)) return '宪法';
  if (issuer === null) return null;
  if (issuer.startsWith('最高人民')) return /解释|规定|批复|规则|决定$/.test(name) ? '司法解释' : null;
  if (issuer.startsWith('全国人民')) return '法律';
  if (issuer === '国务院') return /(?:条例|规定|办法|细则)$/.test(name) && /令|批准|公布|发布|通过|修订/.test(passage) ? '行政法规' : null;
  if (/人民代表大会/.test(issuer)) return '地方性法规';
  if (/人民政府$/.test(issuer)) return /(?:规定|办法|细则)$/.test(name) && /令/.test(passage) ? '地方政府规章' : null;
  return /(?:规定|办法|细则|规则)$/.test(name) && /令/.test(passage) ? '部门规章' : null;
}

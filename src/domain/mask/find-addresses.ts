import type { PersonalDataSpan } from './kinds.js';
import { HAN } from './plain-form.js';

/** Words that stand in no name of a place: they cut a sentence into stretches in which an address may stand. */
const BREAK = '我你他她它们的了是在于住到从给把被让叫有没也这那哪将向要问者或些由';
const AT_BREAK = new RegExp(`[${BREAK}]`);
const STRETCH = new RegExp(`[${HAN}0-9A-Za-z#· -]{3,}`, 'g');
/** A stretch without one of these holds no address. */
const MARK = /[村组社队号栋幢座室路街巷弄镇乡]|单元|社区|小区|花园|[0-9]-[0-9]/;
/** Everyday words before a place's name, not of it. */
const NOT_OF_PLACE =
  /^(?:[ -]+|老?家|户[口籍]?|现|原来?|地?址|住[址所]|居住|送达|收货|寄|嫁|搬|回|去|来自|坐落|位|就|老(?!街)|租|买|卖|因为?|为|属|系|村里|征地|拆迁|征收|[男女]性?|[汉彝藏羌回]族|自己|目前|以前|当时|发生|单位|公司|工作|地点|所在?地|所(?=[^镇乡村])|和(?=[^平顺睦谐])|跟|与|户主|房子|房屋|安置房|承包地|一?直|经过|路过|修(?!文)|开(?!发|元|源))/;

const N = '(?:[0-9]{1,5}[A-Za-z]?|[一二三四五六七八九十百零〇]{1,5}|[A-Za-z])';
const name = (not: string, length: number): string => `[${HAN}](?:(?![${BREAK}${not}])[${HAN}]){0,${String(length - 1)}}?`;
/** The units of an address from large to small, each absent or present: no part is tried twice, so time is linear. */
const ADDRESS = new RegExp(
  [
    `(?<region>(?:${name('镇乡村路街道号栋组社小园', 7)}(?:自治区|自治州|省|市|州|盟|新区|区|县|旗)(?!大?道|路|街|镇) ?){0,3})`,
    `(?<town>${name('村路街组栋号区县市省', 5)}(?:街道办事处|街道办|街道|办事处|镇|乡(?![里下亲])) ?)?`,
    `(?<village>${name('路街组栋号区镇乡', 6)}(?:村(?![民里干集镇上规长子头支主委小庄])|村(?=村)|村(?=民小组|委会)|社区) ?)?`,
    `(?<group>第?${N}(?:村民小组|生产队|小组|组|社|队) ?)?`,
    `(?<street>${name('号栋组', 8)}(?:大道|路|街|巷|弄|胡同|道)[东南西北中]?(?:${N}段)? ?(?=${N}号))?`,
    `(?<number>${N}号(?!楼)院?(?:附${N}号)? ?)?`,
    `(?<estate>${name('号栋组', 12)}(?:小区|花园|花苑|家园|雅居|雅苑|公寓|大厦|广场|国际|名城|新城|新村|宿舍|家属院|大院|公馆|庄园|苑|(?<!政)府|湾|城|郡|园|居) ?(?=[0-9A-Z#]|[一二三四五六七八九十]{1,3}(?:期|栋|幢|座|号|单元)|$))?`,
    `(?<phase>${N}期 ?)?`,
    `(?<building>${N}(?:栋|幢|座|号楼|#楼?|#) ?)?`,
    `(?<unit>${N}单元 ?)?`,
    `(?<floor>${N}[楼层](?![房下上面梯]) ?)?`,
    '(?<room>[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,4}|(?!(?:19|20)[0-9]{2}-)[0-9]{1,4}-[0-9]{1,4}(?![0-9-])|[0-9]{1,4}(?:室|号房?|房(?!子))?)?',
  ].join(''),
  'y',
);

const LIVES_THERE =
  /(?:(?:住|住址|地址|居住|户籍(?:地|所在地)?|户口(?:地|所在地)?|籍贯|老家|家|来自|房子|房屋)(?:是|为|:|在|到|至|于| ){0,3}|(?:寄|送|搬|嫁|坐落|位)(?:在|到|至|于) ?)$/;
const ANY_VILLAGE =
  /农村$|^(?:.{0,2}(?:[乡本我全同外各每该邻某何]|新农|一个|两个|几个|哪个|别的?|其[他它]|隔壁|相邻|贫困|城中|行政|自然|娘家|婆家|整个|当地|附近|所在|户籍|征收)|(?:.{0,2}[一两几各个座])?[大小老原出进回离驻入和与跟及或个几两各新好]|.{0,2}[出进回离驻入](?!村))村$|^.{0,4}(?:[本全同外各每该个]|其他|附近|所在|当地|老旧|某)社区$/;
const ANY_TOWN = /^(?:.{0,4}[城乡村本各全该当]|.{0,2}(?:小城|建制|一个|某))[镇乡] ?$/;
const AN_ESTATE = /(?:小区|花园|花苑|家园|公寓|苑|宿舍|新村|大院|家属院)$/;
const ANY_ESTATE = /(?:老旧|安置|商品房|住宅|拆迁|整|个|该|本|同)小区$/;
const ANY_STREET = /(?:道路|马路|公路|铁路|高速路?|国道|省道|[县乡]道|通道|渠道|街道|知道|一条街|上街|出路|修路|铺路|半路|[走过]路)$/;

/**
 * Addresses from the town or street downwards, where a village, a house number or a building is told. The names of
 * provinces, cities and counties before them stay: what is due depends on them, and they name nobody.
 */
export function findAddresses(plain: string, claim: (span: PersonalDataSpan) => void): void {
  for (const { 0: stretch, index } of plain.matchAll(STRETCH)) {
    if (!MARK.test(stretch)) continue;
    let from = 0;
    for (const part of stretch.split(AT_BREAK)) {
      if (part.length >= 3 && MARK.test(part)) findIn(part, index + from, plain, claim);
      from += part.length + 1;
    }
  }
}

function findIn(part: string, offset: number, plain: string, claim: (span: PersonalDataSpan) => void): void {
  let at = afterIntroduction(part, 0);
  while (at < part.length) {
    ADDRESS.lastIndex = at;
    const match = ADDRESS.exec(part);
    const units = match?.groups;
    const lives = LIVES_THERE.test(plain.slice(Math.max(0, offset + at - 10), offset + at));
    if (!match || match[0] === '' || !units || !tellsWhere(units, lives)) {
      at += 1;
      continue;
    }
    const region = units['region'] ?? '';
    const rest = match[0].slice(region.length);
    const start = region.length + afterIntroduction(rest, 0);
    const end = match[0].trimEnd().length;
    claim({ kind: 'address', index: offset + at + start, length: end - start });
    at += match[0].length;
  }
}

/** Where the place's name begins once everyday words before it are passed over. */
function afterIntroduction(part: string, from: number): number {
  let at = from;
  for (let words = 0; words < 6; words++) {
    const word = NOT_OF_PLACE.exec(part.slice(at, at + 4));
    if (!word || at + word[0].length >= part.length) return at;
    at += word[0].length;
  }
  return at;
}

function tellsWhere(units: Partial<Record<string, string>>, lives: boolean): boolean {
  const has = (unit: string): boolean => units[unit] !== undefined;
  const village = has('village') && !ANY_VILLAGE.test((units['village'] ?? '').trim());
  const street = has('street') && !ANY_STREET.test((units['street'] ?? '').trim());
  const town = has('town') && !ANY_TOWN.test(units['town'] ?? '');
  const placed = units['region'] !== '' || town;
  if (village && (placed || has('group') || lives)) return true;
  if (town && (lives || has('group') || (street && has('number')))) return true;
  if (street && has('number')) return true;
  const inside = has('building') || has('unit') || /-/.test(units['room'] ?? '');
  const estate = (units['estate'] ?? '').trim();
  if (has('estate')) return inside || (lives && AN_ESTATE.test(estate) && !ANY_ESTATE.test(estate));
  return (has('building') && (has('unit') || has('floor') || has('room'))) || (has('unit') && (has('floor') || has('room')));
}

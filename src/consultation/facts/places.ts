/** Where the matter plays, as the calculators tell places apart. */
export type PlaceValue = '简阳' | '成都' | '四川' | 'other';

/** Towns and sub-districts; those whose name is borne elsewhere count only with 镇, 乡 or 街道. */
const JIANYANG =
  /简阳|简城|射洪坝|(?:赤水|东溪|新市|杨柳|石桥|平泉|禾丰|云龙|三星|青龙|镇金|石钟|施家|三合|平武|金马|踏水|江源|涌泉)(?:镇|街道)/;
const CHENGDU =
  /东部新区|成都|(?:养马|贾家|石板凳|三岔|草池|福田|芦葭|海螺|玉成|董家埂|武庙|高明)(?:镇|街道)|天府新区|龙泉驿|双流区?|郫都|新都区|温江|青白江|金堂|大邑|蒲江|新津|都江堰|彭州|邛崃|崇州|武侯区|锦江区|青羊区|金牛区|成华区/;
const SICHUAN =
  /四川|资阳|自贡|攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|阿坝|甘孜|凉山|乐至|安岳|雁江|仁寿|中江|西昌|江油|阆中|峨眉/;
const OUTSIDE =
  /北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|贵州|云南|陕西|甘肃|青海|台湾|内蒙古?|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|昆山|常熟|张家港|江阴|无锡|常州|杭州|宁波|温州|嘉兴|绍兴|金华|义乌(?!均)|合肥|福州|厦门|泉州|南昌|济南|青岛|郑州|武汉|长沙|广州|深圳|东莞|佛山|珠海|惠州|海口|贵阳|昆明|西安|兰州|西宁|南宁|桂林|银川|乌鲁木齐|拉萨|呼和浩特|唐山|保定|烟台|潍坊|徐州|南通/;

/** Where someone comes from, or the name of a street, a brand, a hospital: not where the matter plays. */
const NOT_HERE_AFTER = /^(?:省|市|县|区)?(?:人(?!民|社|事|力)|籍|户口|老乡|口音|时间|路|大道|大街|银行|大学|医院|话)/;
const NOT_HERE_BEFORE = /(?:老家|户口|籍贯|户籍|祖籍|家住|回|来自|参照|不像|不是)(?:是|在|于|到)?$/;

export interface Place {
  readonly value: PlaceValue;
  readonly name: string;
}

/** The place of a matter; null where none is named, or several that count differently. */
export function readPlace(text: string): Place | null {
  const found = [
    ...placesBy(text, JIANYANG, '简阳'),
    ...placesBy(text, CHENGDU, '成都'),
    ...placesBy(text, SICHUAN, '四川'),
    ...placesBy(text, OUTSIDE, 'other'),
  ];
  const narrow = found.filter(
    ({ value }) =>
      !(value === '四川' && found.some((other) => other.value === '简阳' || other.value === '成都')) &&
      !(value === '成都' && found.some((other) => other.value === '简阳')),
  );
  // 四川成都简阳 is one place, narrower with each word; two places of different rules are none
  return new Set(narrow.map(({ value }) => value)).size === 1 ? (narrow[0] ?? null) : null;
}

function placesBy(text: string, pattern: RegExp, value: PlaceValue): Place[] {
  return [...text.matchAll(new RegExp(pattern.source, 'g'))].flatMap((match) => {
    const name = match[0];
    const after = text.slice(match.index + name.length);
    const before = text.slice(Math.max(0, match.index - 4), match.index);
    return NOT_HERE_AFTER.test(after) || NOT_HERE_BEFORE.test(before) ? [] : [{ value, name }];
  });
}

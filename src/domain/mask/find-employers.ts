import type { PersonalDataSpan } from './kinds.js';
import { HAN } from './plain-form.js';

/** Characters that firms and shops are named with. */
const BRAND = new Set(
  '鑫宏达盛兴隆恒瑞泰昌顺通福丰源龙凤祥和诚信佳美天宇华强锐博远航晟汇聚创鼎立川蜀锦蓉安康益民众合联邦润泽新东方阳光星辰海蓝翔腾飞跃进金银宝玉珠江鸿洪红大运利亨吉庆荣裕旺富贵德仁义礼智永久长城中正广明亮辉耀晨曦春夏秋冬梅兰竹菊松柏林森木火山水云峰岭岳岩石磊京沪渝港湘粤鲁豫皖闽赣桂黔滇陕甘宁青西南北国邑建业基固拓展胜凯捷迅速畅优品嘉豪杰雄伟威震世纪纪元亚欧太平洋环球宇寰诺亿万千百铭铠钧锦程前骏驰虹霖雨露霞彩艺雅韵尚格致科技精工巧匠帝皇王冠府御景园苑湖泉溪润沃禾稼田丹朗逸轩睿哲启航领先卓越同心圆梦缘惠普普森邦晖昊昱晶钰琪瑶碧翠绿橙紫峨眉嘉陵剑门锐意力量速记',
);
const TRADE =
  /(?:建筑劳务|建筑安装|建筑工程|建筑|劳务派遣|劳务|派遣|人力资源|餐饮管理|餐饮|物业管理|物业服务|物业|电子商务|电子科技|电子|信息技术|网络科技|网络|科技|技术|建材|机械制造|机械|制造|加工|食品|装饰工程|装饰装修|装饰|装修|园林绿化|园林|绿化|物流|运输|商贸|贸易|家政服务|家政|保安服务|保安|服务|工程建设|建设工程|市政工程|路桥|工程|建设|安装|房地产开发|房地产|置业|地产|开发|投资|实业|发展|控股|管理|咨询|文化传媒|文化|传媒|广告|教育|培训|旅游|酒店|珠宝|医药|药业|农业|养殖|种植|化工|塑料|水泥|石料|木材|印刷|包装|玩具|服装|服饰|制衣|纺织|针织|鞋业|鞋|家具|家居|门窗|五金|汽车|汽修|汽车修理|修理|砖瓦|页岩砖|红?砖|火锅|串串|烧烤|面|米粉|小吃|早餐|快餐|饭|茶|美容|美发|理发|养生|足浴|按摩|洗车|水果|蔬菜|粮油|生鲜|酒|电器|电力|燃气|供水|自来水|能源|矿业|煤矿|煤|钢铁|铝业|铝|环保|保洁|快递|外卖|出租车|公交|客运|货运|金融|小额贷款|贷款|保险|担保|证券|融资|租赁|生物|医疗器械|医疗|材料|设备|电商|直播|股份|集团|连锁|分|子|总|母|项目)$/;
const REGION =
  /^.{0,6}?(?:北京|上海|天津|重庆|河北|河南|山东|山西|广东|广西|福建|浙江|江苏|江西|安徽|湖北|湖南|四川|云南|贵州|陕西|甘肃|青海|辽宁|吉林|黑龙江|海南|新疆|西藏|宁夏|内蒙古|香港|澳门|台湾|成都|简阳|资阳|深圳|广州|杭州|济南|武汉|西安|郑州|南京|苏州|昆明|贵阳|长沙|合肥|南昌|福州|厦门|天水|眉山|德阳|绵阳|乐山|宜宾|泸州|南充|内江|自贡|达州|遂宁|广安|雅安|巴中|[^省市县区]{2,5}(?:省|市|县|区))(?:省|市)?/;
const ORGANISATION = new RegExp(
  `(?:股份有限公司|有限责任公司|责任有限公司|有限公司|集团公司|集团|公司)|(?:厂|[饭酒面药门茶粉鞋粮小商]?店|[面菜饭餐茶]馆|超市|宾馆|酒楼|茶楼|火锅|幼儿园|工地|项目部|工程队|运输队|施工队|建筑队|合作社|养殖场|农场|加油站|养老院|敬老院|会所|网吧|诊所|药房|商行(?!政)|经营部|批发部|洗车场)(?![${HAN}]{0,1}(?:家|商(?!行)|房))`,
  'g',
);
/** Words that stand in no firm's name: the name begins after the last of them. */
const BREAK =
  /^(?:[^\u3400-\u9fffA-Za-z0-9()]|[我你他她它们的了是在于到从给把被让叫有没也这那哪跟与及就个间名去因为向对找告]|家(?![具政居电]))/;
const INTRODUCED = /(?:在|于|给|叫|入职|进|名称|名|是|:|告|被|帮|和|跟|对|到|向)$/;
const ANYONE =
  /^(?:[某xX*×]+|(?:老板|朋友|一|几|两|多|各|每|该|本|其|别|其他|其它|另外?|同一?|外地|外面|当地|附近|隔壁|正规|皮包|挂名|挂靠|独资|合伙|私人|国有|国营|民营|外资|合资|上市|注册|注销|成立|现在|原来?|新|旧|老|大|小|前|后|甲|乙|丙|丁|[A-Z]|中国|国际|外国|全国|人|一人|个人|私营|家庭|品牌|代理|中介|生产|销售|实习|第三方|用工|用人|派遣|母|子|总|分|工|建|开|办|进|出|离|入|回|下|上|厂|公司|工厂|安全|平台|两家|科技|中|大型|小型|中型|美|美国|日本|建国|建工|中心|先|先进|山上|水上|前方|千万|长工|老家|力工|技工|新老|山西|陕西|广西|广东|山东|四川|云南|河南|成都|西安|北京|南京|天津|长安|城中|城北|城南|城东|城西|北方|南方|西南|东北|西北|东南|金银|黄金|石材|木材|石|木|水|火|力|工程|品|品牌|优秀|速|大水|大量|一大|建大|水电|通信|运通|水利|同业|火力|天天|世纪|天))$/;

/**
 * The proper names of firms, works, shops and sites; what they do and where they are stays (〔单位1〕建筑有限公司).
 * Generic words (我们公司, 建筑公司, 一个工地) have none.
 */
export function findEmployers(plain: string, claim: (span: PersonalDataSpan) => void): void {
  for (const match of plain.matchAll(ORGANISATION)) {
    const core = properName(plain.slice(Math.max(0, match.index - 24), match.index), match[0]);
    if (core) claim({ kind: 'employer', index: match.index - core.toEnd, length: core.length });
  }
  for (const match of plain.matchAll(NAMED)) {
    const value = match.groups?.['value'] ?? '';
    const core = properName(value, /名[称字]?叫/.test(match[0]) ? '有限公司' : '公司');
    if (core) claim({ kind: 'employer', index: match.index + match[0].length - core.toEnd, length: core.length });
  }
}

const NO_NAME = /[xX×某*]{2}|[某()]|独资|自然人|公司|责任|股份|变更|注册|成立|合同/;
const NAMED = new RegExp(
  `(?:公司|单位|厂|店|企业)(?:的?名称|的?名字|名)?(?:(?<=名|名字)叫做?|名为|叫做?(?=["“「])|:)(?:是|:|"|“|「)?(?<value>[${HAN}A-Za-z]{2,12})(?=[^${HAN}A-Za-z]|$)`,
  'g',
);

/** The name in the words before `suffix`: its length and how far before their end it begins; null where there is none. */
function properName(before: string, suffix: string): { length: number; toEnd: number } | null {
  const clause = before.slice(lastBreak(before));
  let rest = clause;
  for (let words = 0; words < 4; words++) rest = rest.replace(TRADE, '').replace(/\((?:[\u3400-\u9fff]{2,6})\)$/, '');
  const region = REGION.exec(rest)?.[0].length ?? 0;
  const name = rest.slice(region);
  const introduced = INTRODUCED.test(before.slice(0, before.length - clause.length)) || before.length === clause.length;
  const sure = /有限|集团/.test(suffix);
  const brand = trailingBrand(name);
  const length =
    brand >= 2
      ? brand
      : (sure && name.length >= 2 && name.length <= 8) || (region > 0 && introduced && name.length === 2)
        ? name.length
        : 0;
  const core = name.slice(name.length - length);
  if (length === 0 || ANYONE.test(core) || NO_NAME.test(core) || joins(core, region > 0 || sure, rest !== clause)) return null;
  if (/^[厂店]/.test(suffix) && /[进建开办出入]$/.test(core) && rest === clause) return null;
  return { length, toEnd: clause.length - rest.length + length };
}

/** 和 joins more often than it names: 肇事方和保险公司, 我和新公司. */
function joins(core: string, placed: boolean, traded: boolean): boolean {
  if (/^和/.test(core) && !placed) return !/^和[信谐美众顺兴邦盛泰达康]/.test(core);
  if (/^[方工友东]和$/.test(core)) return true;
  return /和$/.test(core) && !traded && !/[信合泰祥协谦永义]和$/.test(core);
}

function lastBreak(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) if (BREAK.test(text.slice(at, at + 2))) return at + 1;
  return 0;
}

/** How many characters at the end, at most six, are of the kind that firms are named with. */
function trailingBrand(name: string): number {
  let count = 0;
  while (count < Math.min(6, name.length) && BRAND.has(name[name.length - 1 - count] ?? '')) count++;
  return count;
}

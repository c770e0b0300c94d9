/**
 * Texts with personal data at known places: sentences of the kind that people write about expropriation, injury and
 * wages, filled with invented values in many spellings, among figures of law that must stay.
 */
import type { PersonalDataKind } from '../../src/domain/mask.js';

/** One run of a text. `personal` is its kind; `free` may be masked or not (separators, a county's name before a street). */
interface Piece {
  readonly text: string;
  readonly is: PersonalDataKind | 'law' | 'free';
}

export interface PersonalSpan {
  readonly kind: PersonalDataKind;
  readonly index: number;
  readonly text: string;
}

export interface PersonalText {
  readonly text: string;
  /** What must not remain. */
  readonly spans: readonly PersonalSpan[];
  /** Per UTF-16 unit of `text`: whether it must stay as it is. */
  readonly mustStay: readonly boolean[];
  readonly template: string;
}

/** mulberry32: the same texts on every machine. */
class Dice {
  constructor(private state: number) {}

  /** A fraction in [0, 1). */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.roll() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  char(chars: string): string {
    return this.pick(Array.from(chars));
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.below(10))).join('');
  }
}

const COMMON_SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const RARE_SURNAMES = '简樊蒲敬鄢晏苟辜兰涂冉谯缪税代阮米游卓蓝柯欧祝倪翟漆羊庹牟母骆';
const COMPOUND_SURNAMES = ['欧阳', '上官', '司马', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '夏侯'];
const GIVEN =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华红梅志海鹏波云龙春光荣祥福贵富才发全德仁义礼智信宗光泽东学忠良永清山水林森木火炎土金银铜铁锋钢雪冰雨晴天宇航飞翔燕凤凰鸣鹤松柏竹菊莲萍花果树枝叶茂盛兴旺达通顺利万千百一二三四五大小中正方圆长江河湖川仕庭朝晓晨曦月亮星辰子轩浩然思雨欣怡梓涵佳豪俊杰嘉琪诗琴棋书画琳瑶璐珍珠玉宝贝洁净素贞淑惠慧颖聪彬彪虎豹骏驰骋开元启世昌';
const MINORITY_NAMES = ['阿依古丽·买买提', '扎西·多吉', '木呷·子哈', '吉克·阿牛', '迪丽热巴·艾山', '买买提·吐尔逊', '阿卜杜拉•热合曼'];
const TITLES = ['经理', '老板', '师傅', '主任', '总', '队长', '会计', '老师', '医生', '法官', '律师', '书记', '组长', '哥', '姐', '叔'];
const BRANDS =
  '鑫宏达盛兴隆恒瑞泰昌顺通福丰源龙凤祥和诚信佳美天宇华强锐博远航晟汇聚创鼎立川蜀锦蓉安康益民众合联邦润泽新东方阳光星辰海蓝翔腾飞跃进金银宝玉珠江';
const INDUSTRIES = [
  '建筑',
  '劳务',
  '餐饮管理',
  '物业',
  '电子科技',
  '建材',
  '机械制造',
  '食品',
  '装饰工程',
  '园林绿化',
  '物流',
  '商贸',
  '家政服务',
];
const SHOPS = ['鞋厂', '砖厂', '家具厂', '火锅店', '烧烤店', '面馆', '超市', '汽修厂', '服装厂', '宾馆', '幼儿园', '工地'];
const TOWNS = [
  '石桥镇',
  '养马街道',
  '射洪坝街道',
  '禾丰镇',
  '云龙镇',
  '三合镇',
  '平泉街道',
  '镇金镇',
  '青龙镇',
  '江源镇',
  '简城街道',
  '坛罐乡',
];
const VILLAGES = ['红光村', '荷花村', '金马村', '双河村', '龙潭村', '石盘村', '前进村', '李家沟村', '菜花村', '团结村', '八角井村'];
const REGIONS = ['', '', '简阳市', '四川省简阳市', '四川省成都市简阳市', '成都市武侯区', '资阳市雁江区', '四川省仁寿县', '重庆市渝北区'];
const ROADS = ['建设路', '人民北路', '政府街', '东风大道', '新民街', '石狮巷', '雄州大道', '天府大道南', '白塔路', '园丁街'];
const ESTATES = ['阳光花园', '金绛小区', '水岸名城', '翡翠湾', '东城国际', '御景苑', '恒信家园', '河滨雅居', '天悦府', '安象小区'];

const CHINESE_DIGITS = '零一二三四五六七八九';
const chinese = (digits: string): string => Array.from(digits, (digit) => CHINESE_DIGITS[Number(digit)] ?? digit).join('');
const fullWidth = (digits: string): string => digits.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const inGroups = (digits: string, sizes: readonly number[], by: string): string => {
  let at = 0;
  return sizes.map((size) => digits.slice(at, (at += size))).join(by);
};

function fullName(dice: Dice): string {
  if (dice.roll() < 0.04) return dice.pick(MINORITY_NAMES);
  const kind = dice.roll();
  const surname = kind < 0.05 ? dice.pick(COMPOUND_SURNAMES) : kind < 0.15 ? dice.char(RARE_SURNAMES) : dice.char(COMMON_SURNAMES);
  return surname + dice.char(GIVEN) + (dice.roll() < 0.75 ? dice.char(GIVEN) : '');
}

function mobile(dice: Dice): string {
  const number = `1${dice.char('3456789')}${dice.digits(9)}`;
  return dice.pick([
    number,
    number,
    inGroups(number, [3, 4, 4], ' '),
    inGroups(number, [3, 4, 4], '-'),
    inGroups(number, [3, 4, 4], '—'),
    inGroups(number, [3, 4, 4], '.'),
    inGroups(number, [4, 3, 4], ' '),
    inGroups(number, [3, 8], ' '),
    Array.from(number).join(' '),
    fullWidth(number),
    chinese(number),
    chinese(number).replace(/一/g, '幺'),
    `+86${number}`,
    `+86 ${inGroups(number, [3, 4, 4], ' ')}`,
    `86-${number}`,
    `0${number}`,
  ]);
}

function landline(dice: Dice): string {
  const local = `${dice.char('2345678')}${dice.digits(7)}`;
  return dice.pick([
    `028-${local}`,
    `028${local}`,
    `（028）${local}`,
    `(028) ${local}`,
    `0832—${local.slice(0, 7)}`,
    `028 ${inGroups(local, [4, 4], ' ')}`,
    `${fullWidth('028')}－${fullWidth(local)}`,
  ]);
}

function birthDate(dice: Dice): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(1940 + dice.below(68))}${two(1 + dice.below(12))}${two(1 + dice.below(28))}`;
}

function identityNumber(dice: Dice): string {
  const area = dice.pick(['511023', '510122', '510185', '512022', '110101', '500112']);
  const born = birthDate(dice);
  const number = `${area}${born}${dice.digits(3)}${dice.char('0123456789Xx')}`;
  return dice.pick([
    number,
    number,
    inGroups(number, [6, 8, 4], ' '),
    inGroups(number, [6, 4, 4, 4], ' '),
    inGroups(number, [6, 8, 4], '-'),
    inGroups(number, [3, 3, 4, 4, 4], ' '),
    fullWidth(number),
    `${area}${born.slice(2)}${dice.digits(3)}`,
  ]);
}

/** A card number whose last digit checks (Luhn), as real ones do. */
function bankCard(dice: Dice): string {
  const head = dice.pick(['622202', '621700', '622848', '436742', '621226', '623059']);
  const length = dice.pick([16, 17, 18, 19, 19, 19]);
  const body = head + dice.digits(length - 7);
  let sum = 0;
  Array.from(body)
    .reverse()
    .forEach((digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
  const number = body + String((10 - (sum % 10)) % 10);
  const fours = [4, 4, 4, 4, 3].slice(0, Math.ceil(length / 4));
  return dice.pick([number, number, inGroups(number, fours, ' '), inGroups(number, fours, '-'), fullWidth(number)]);
}

function plate(dice: Dice): string {
  const letter = dice.char('ABCDEFGHJKLMNPQRSTUVWXYZ');
  const tail = dice.digits(5);
  return dice.pick([
    `川A${tail}`,
    `川A${letter}${dice.digits(4)}`,
    `川AD${tail}`,
    `川AF${tail}`,
    `川M·${letter}${dice.digits(4)}`,
    `渝B ${dice.digits(2)}${letter}${dice.digits(2)}`,
    `川a${letter.toLowerCase()}${dice.digits(4)}`,
    `粤Z${dice.digits(4)}港`,
    `川A${dice.digits(4)}学`,
    `京A${dice.digits(4)}警`,
    `ＷＪ川${tail}`,
    `川Ａ${fullWidth(tail)}`,
  ]);
}

const at = (text: string, is: Piece['is']): Piece => ({ text, is });

/** The county's name stays free: what is due depends on the region, and a county names nobody. */
function address(dice: Dice): Piece[] {
  const n = (limit: number): string => String(1 + dice.below(limit));
  const region = at(dice.pick(REGIONS), 'free');
  const room = `${n(9)}0${n(8)}`;
  const detail = dice.pick([
    `${dice.pick(TOWNS)}${dice.pick(VILLAGES)}${n(12)}组`,
    `${dice.pick(TOWNS)}${dice.pick(VILLAGES)}${chinese(n(9))}组${n(200)}号`,
    `${dice.pick(TOWNS)}${dice.pick(VILLAGES)}第${n(9)}村民小组`,
    `${dice.pick(VILLAGES)}${n(12)}社`,
    `${dice.pick(ROADS)}${n(300)}号`,
    `${dice.pick(TOWNS)}${dice.pick(ROADS)}${n(300)}号附${n(20)}号`,
    `${dice.pick(ROADS)}${n(300)}号${n(20)}栋${n(4)}单元${room}`,
    `${dice.pick(ESTATES)}${n(20)}栋${n(4)}单元${n(18)}楼${n(6)}号`,
    `${dice.pick(ESTATES)}${n(20)}幢${room}室`,
    `${dice.pick(ESTATES)}${n(3)}期${n(20)}号楼${n(4)}单元${room}室`,
    `${dice.pick(ESTATES)}${n(20)}-${n(4)}-${room}`,
    `${dice.pick(ROADS)}${n(90)}号${dice.pick(ESTATES)}${n(20)}栋${room}`,
  ]);
  return [region, at(detail, 'address')];
}

/** Its proper name is personal; the region before and the trade after are not. */
function employer(dice: Dice): Piece[] {
  const core = Array.from({ length: dice.pick([2, 2, 2, 3]) }, () => dice.char(BRANDS)).join('');
  const region = at(dice.pick(['', '', '四川', '简阳市', '成都', '四川省', '简阳']), 'free');
  return dice.roll() < 0.7
    ? [region, at(core, 'employer'), at(dice.pick(INDUSTRIES), 'free'), at(dice.pick(['有限公司', '有限责任公司', '公司']), 'free')]
    : [region, at(core, 'employer'), at(dice.pick(SHOPS), 'free')];
}

function caseNumber(dice: Dice): string {
  const year = String(2009 + dice.below(16));
  const count = String(1 + dice.below(9000));
  return dice.pick([
    `(${year})川0185民初${count}号`,
    `（${year}）川0185民初${count}号`,
    `（${year}）川20民终${count}号`,
    `(${year})川0180执${count}号`,
    `（${year}）川行申${count}号`,
    `（${year}）简阳民初字第${count}号`,
    `简劳人仲案〔${year}〕${count}号`,
    `成劳人仲委裁字（${year}）第${count}号`,
  ]);
}

const AMOUNTS = [
  '3500元',
  '10500块',
  '3万元',
  '123456789元',
  '85万',
  '每天180元',
  '850000元',
  '一万二',
  '3500、3600、3450元',
  '2.5万',
  '12,000元',
  '￥4500',
];
const DATES = [
  '2024年1月1日',
  '2023-11-05 15:30',
  '去年3月',
  '二〇二三年五月',
  '2024.3.15',
  '20200301',
  '上个月20号',
  '2024-01-01到2024-12-31',
  '2019年',
  '腊月二十八',
];
const LAWS = [
  '工伤保险条例第14条',
  '《民法典》第一千一百七十九条',
  '劳动合同法第八十二条',
  '《工伤保险条例》第十四条第六项',
  '土地管理法第48条',
  '最高人民法院关于审理劳动争议案件的解释',
  '民法典第1165条',
];
const DOCUMENTS = [
  '国务院令第586号',
  '法释〔2020〕26号',
  '川办发〔2008〕35号',
  '人社部发〔2016〕29号',
  '国务院令第590号',
  '川人社发〔2019〕17号',
  '劳社部发〔2005〕12号',
];
const SHARES = ['百分之五十', '70%', '双倍工资', '三分之二', '九级伤残', '十级', '7级', '一次性伤残补助金7个月', '150%的加班费'];
const PERIODS = ['三十日内', '48小时', '3个月', '一年', '60日', '半年', '十五天', '12个工作日', '两年零三个月'];
const BODIES = [
  '简阳市人民法院',
  '人社局',
  '劳动仲裁委',
  '简阳市劳动监察大队',
  '石桥镇人民政府',
  '成都市中级人民法院',
  '派出所',
  '村委会',
  '简阳市人力资源和社会保障局',
  '住建局',
  '街道办事处',
  '四川省高级人民法院',
];
const HOTLINES = ['12348', '12333', '110', '12345', '120', '028-12345'];
const GENERIC = [
  '建筑公司',
  '烧烤店',
  '劳务派遣公司',
  '一个工地',
  '我们公司',
  '一家鞋厂',
  '劳务公司',
  '保险公司',
  '物业公司',
  '电子厂',
  '一家火锅店',
  '老板',
  '包工头',
  '外地工地',
];

const asKind =
  (kind: PersonalDataKind | 'law', make: (dice: Dice) => string) =>
  (dice: Dice): Piece[] => [at(make(dice), kind)];
const asLaw = (items: readonly string[]) => asKind('law', (dice) => dice.pick(items));

const SLOTS: Readonly<Record<string, (dice: Dice) => Piece[]>> = {
  name: asKind('name', fullName),
  names: (dice) => {
    const [a, b, c] = [fullName(dice), fullName(dice), fullName(dice)];
    return [at(a, 'name'), at('、', 'law'), at(b, 'name'), at(dice.pick(['和', '、', '与']), 'law'), at(c, 'name')];
  },
  title: (dice) => [at(dice.char('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐'), 'name'), at(dice.pick(TITLES), 'free')],
  old: (dice) => [at(dice.pick(['老', '小']), 'free'), at(dice.char('王李张刘陈杨赵吴周徐孙朱胡郭林罗郑谢宋唐'), 'name')],
  surname: asKind('name', (dice) => dice.char(COMMON_SURNAMES)),
  phone: asKind('phone', mobile),
  landline: asKind('phone', landline),
  chat: asKind('account', (dice) =>
    dice.pick([`wx${dice.digits(6)}`, `zhang_${dice.digits(4)}`, `LiSi-${dice.digits(3)}`, `a${dice.digits(8)}`, 'wangxiaoer888']),
  ),
  qq: asKind('account', (dice) => `${dice.char('123456789')}${dice.digits(dice.pick([6, 7, 8, 9]))}`),
  id: asKind('identity-number', identityNumber),
  passport: asKind('document', (dice) => `${dice.char('EG')}${dice.digits(8)}`),
  social: asKind('document', (dice) => `51${dice.digits(dice.pick([8, 10]))}`),
  card: asKind('bank-card', bankCard),
  plate: asKind('plate', plate),
  email: asKind('email', (dice) =>
    dice.pick([
      `zhang${dice.digits(3)}@qq.com`,
      `${dice.digits(9)}@qq.com`,
      `li.si+${dice.digits(2)}@mail.163.com`,
      fullWidth(`wang${dice.digits(2)}@sina.cn`),
    ]),
  ),
  address,
  employer,
  case: asKind('case-number', caseNumber),
  amount: asLaw(AMOUNTS),
  date: asLaw(DATES),
  law: asLaw(LAWS),
  doc: asLaw(DOCUMENTS),
  share: asLaw(SHARES),
  period: asLaw(PERIODS),
  body: asLaw(BODIES),
  hotline: asLaw(HOTLINES),
  generic: asLaw(GENERIC),
  age: asKind('law', (dice) => `${String(18 + dice.below(60))}岁`),
};

/** Every third one was held out while the masking was written. */
export const TEMPLATES: readonly string[] = [
  // who is asking
  '我叫{name}，今年{age}，在{employer}上班，老板拖欠工资{amount}。',
  '我是{name}，{date}在{generic}摔伤，能不能按{law}赔？',
  '姓名：{name}，电话：{phone}，身份证号：{id}，想问征地补偿。',
  '本人{name}，身份证{id}，家住{address}，{date}房子被拆。',
  '你好，我的名字叫{name}，联系电话{phone}，麻烦给我回个话',
  '我叫{name}家住{address}，村里征地一亩赔{amount}，合不合理',
  '律师你好，我叫{name}，女，{age}，手机号{phone}，在{generic}干了{period}没签合同',
  '申请人：{name}，男，住{address}，身份证号码{id}，联系电话{landline}',
  '名字{name}，卡号{card}，开户行农业银行，麻烦问下{share}怎么算',
  '我名叫{name}，微信{chat}，加我说',
  '我是{address}的村民{name}，{date}签的协议想反悔',
  '我姓{surname}，电话{phone}，工伤认定{period}还没下来',
  // wages
  '老板叫{name}，欠我{amount}，电话{phone}打不通，我打{hotline}有用吗',
  '包工头{name}跑了，工地上{names}三个人的工资都没给，一共{amount}',
  '{title}说{date}发工资，到现在{period}了一分没有',
  '我在{employer}干了{period}，每月{amount}，{title}叫我自己走，按{law}该赔好多',
  '工资打到{card}的，{date}以后就没打过了，{body}管不管',
  '欠条上写的欠款人{name}，身份证{id}，欠{amount}，{date}还清',
  '我们{generic}不给加班费，{share}都没有，{doc}怎么规定的',
  '在{employer}上班，老板姓{surname}，微信号{chat}，把我拉黑了',
  '跟着{name}在{generic}干活，{amount}一天，完工{period}不结账',
  '我老公{name}给{employer}开车，车牌{plate}，老板不给钱，咋个办',
  '{names}都可以作证，我在{employer}干到{date}',
  '公司叫{employer}，法人{name}，联系人{title}，电话{landline}',
  '工友{name}和我一样，{date}进厂，{date}被辞退，没买社保',
  '给{name}打工，他把我QQ{qq}删了，转账记录还在，卡号{card}',
  '被告{employer}，住所地{address}，欠我{amount}，想去{body}起诉',
  '{title}、{title}都签了字，工资条上写的{amount}，按{law}能要双倍吗',
  // injury
  '我爸{name}{date}在{generic}从架子上摔下来，住院花了{amount}，{period}内要报工伤吗',
  '上班路上被{plate}撞了，司机{name}全责，电话{phone}，算不算工伤',
  '肇事车{plate}，车主叫{name}，保险公司赔了{amount}，{law}还能要工伤吗',
  '鉴定{share}，工号不记得了，单位是{employer}，社保号{social}，能赔多少',
  '儿子{name}，{age}，在{employer}被机器压了手，{body}说要等{period}',
  '认定书编号不清楚，案号{case}，对方是{employer}，下一步怎么办',
  '我哥{name}在{address}的{generic}触电，{title}不认账',
  '工友{name}（电话{phone}）看到我受伤的，他能作证不',
  '母亲{name}身份证{id}，在{generic}洗碗滑倒，超过{age}还能认工伤吗',
  '受伤那天开的是{plate}，{date}出的事，{period}内没报，依据{doc}还行不',
  '单位不认，我{date}把材料交给{body}的{title}了，电话{landline}',
  '患者{name}，医保号{social}，住院{period}，停工留薪期最长{share}吗',
  '{date}我和{name}一起在{employer}卸货，他砸到我的脚',
  '老婆{name}在鞋厂上夜班猝死，{period}内抢救无效，护照{passport}要不要交',
  '{title}说签了这个{amount}就算了，按{law}应该有{share}',
  '寄到{address}，收件人{name}，{phone}，工伤材料',
  // expropriation
  '我家在{address}，{date}贴的公告，一平方赔{amount}，{body}说不签就强拆',
  '房主{name}，住址：{address}，联系方式：{phone}',
  '户口在{address}，嫁出去{period}了，征地款有没有我的份',
  '村长{name}把征地款{amount}扣了，村里{names}都没拿到',
  '我父亲{name}的房子在{address}，没有房产证，按{doc}赔不赔',
  '老家{address}要修路，青苗费{amount}，{title}来量的地',
  '协议编号看不清，甲方{body}，乙方{name}，身份证号{id}，过渡费{amount}一个月',
  '判决书{case}下来了，{body}判赔{amount}，对方{name}不给',
  '法院案号{case}，承办人{title}，电话{landline}，执行了{period}没动静',
  '我奶奶{name}去世了，她在{address}的老房子拆了，几个子女怎么分',
  '我和{name}是邻居，地界在{address}，他家多占了{share}',
  '安置房在{address}，交房晚了{period}，找{employer}还是找{body}',
  '现住{address}，原来的宅基地{date}被收了，没得{doc}说的补偿',
  '承包户{name}、{name}和{name}三户都没签字，{body}就把青苗推了',
  '{old}家赔了{amount}，我家只有{amount}，户主{name}，这公平吗',
  '开发商是{employer}，售楼部{title}，{date}交的定金{amount}',
  // contacts and accounts
  '加我微信{chat}或者打{phone}都行，白天上班接不到',
  '我的QQ号是{qq}，邮箱{email}，材料发我',
  '打我电话{phone}，不在就打{landline}，不要打{hotline}',
  '邮件发到{email}，抄送给{name}',
  '转账到户名{name}，账号{card}，一共{amount}',
  '手机：{phone}；座机：{landline}；地址：{address}',
  '请联系我妻子{name}，{phone}',
  '微信号：{chat}，支付宝就是手机号{phone}',
  '银行卡{card}被冻结了，案号{case}，我只欠{amount}',
  '护照号码{passport}，外国人在{generic}打工受伤按{law}赔吗',
  '社保编号{social}，想查{date}到现在有没有交',
  '我的电话是{phone}，{old}的电话是{phone}，哪个打得通打哪个',
  // long and untidy
  '我叫{name}电话{phone}我在{employer}上班{date}受伤老板{name}不管我咋办',
  '事情是这样的：{date}，{title}喊我去{generic}干活，说好{amount}，干了{period}，结果{name}说没钱。我住{address}，电话{phone}。',
  '原告{name}，被告{name}，{body}{date}立案，案号{case}，诉请{amount}',
  '证人：{names}。电话：{phone}。受伤地点：{address}。',
  '对方车牌号{plate}，驾驶人{name}，身份证{id}，保单金额{amount}，按{law}怎么赔',
  '{name}欠我{amount}不还，{date}写的借条，{body}不立案',
  '借给{name}{amount}，转到他{card}，{period}了不还',
  '被{name}打了，派出所只赔{amount}，我想要{share}',
  '我们{employer}有{names}等人没买保险，{law}规定必须买吧',
  '{title}的老婆{name}管账，工资都是她微信{chat}发的',
  '联系人{name}（{landline}），单位{employer}，岗位焊工，工资{amount}',
  '合同上是{employer}，干活是在{employer}，出了事找哪个？{doc}有说法吗',
  '我住在{address}，今年{age}，{date}下地干活被{plate}撞了',
  '孩子{name}在{employer}实习受伤，{age}，{body}说不算工伤',
  // nothing personal: everything must stay
  '我们公司拖欠{period}工资，一共{amount}，打{hotline}还是找{body}？',
  '{law}规定的{share}，和{doc}的有什么不同？{date}以前的适用哪个？',
  '在{generic}上班，{date}受伤，鉴定为{share}，老板只赔{amount}，{body}说要等{period}',
  '征地每亩{amount}，{doc}写的是{share}，{body}{date}公告，{period}内要不要签',
  '一月{amount}，二月{amount}，三月{amount}，{law}说超过{period}要付{share}',
  '我是农民工，{age}，在{generic}干了{period}，王某某不给钱，{body}让我打{hotline}',
];

/** Which part of the templates: those used while the masking was written, those held out, or all. */
export type TemplatePart = 'development' | 'held-out' | 'all';

/** `count` texts, the same for the same seed. */
export function personalTexts(seed: number, count: number, part: TemplatePart = 'all'): PersonalText[] {
  const dice = new Dice(seed);
  const templates = TEMPLATES.filter((_, index) => part === 'all' || (index % 3 === 2) === (part === 'held-out'));
  return Array.from({ length: count }, () => fill(dice.pick(templates), dice));
}

function fill(template: string, dice: Dice): PersonalText {
  const pieces = template.split(/\{(\w+)\}/).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return [at(part, 'law')];
    const slot = SLOTS[part];
    if (!slot) throw new Error(`no slot {${part}}`);
    return slot(dice);
  });
  const spans: PersonalSpan[] = [];
  const mustStay: boolean[] = [];
  let text = '';
  for (const piece of pieces) {
    if (piece.is !== 'law' && piece.is !== 'free') spans.push({ kind: piece.is, index: text.length, text: piece.text });
    for (let unit = 0; unit < piece.text.length; unit++) mustStay.push(piece.is === 'law');
    text += piece.text;
  }
  return { text, spans, mustStay, template };
}

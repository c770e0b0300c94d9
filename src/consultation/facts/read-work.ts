import { addMonths } from '../../calculators/dates.js';
import type { Reading } from './fact.js';
import { DURATION, parseDuration } from './numbers.js';
import { clauseAt, readChoice, readEventDate, type Told } from './told.js';

const WORK =
  /公司|单位|老板|厂|上班|工资|劳动|入职|打工|干活|员工|用人|工地|辞|工伤|做工|饭店|酒店|店里|工作|物业|医院|学校|合同到期|裁|离职|工龄|社保|五险|不干|薪|退休|干了|工价/;
const NO = '(?:没有?|未|没得|从没|从来没有?|一直没有?|一直未|都没有?|也没有?|还没有?|不)';

const STARTED =
  /入职|进厂|进(?:的)?(?:公司|单位|这家|这个厂)|进的|(?<![回下出过本原])来的(?:公司|厂)?|来到|到(?:这家|这个|某)?[^,，。□]{0,8}(?:公司|厂|单位|店|工地|酒店|饭店)?(?:上班|工作|打工|干活|做工)|开始(?:在|上班|工作|干|做)|上的班|去[^,，。□]{0,8}(?:上班|打工|干活|做工)|应聘|(?:起|开始|就|一直)在[^,，。□]{0,12}(?:上班|工作|打工|干活|做工)(?!时|的时候|期间|中)/;
const LEFT =
  /离职|辞职|辞了职|被辞退|被开除|被裁|被公司(?:辞退|开除|裁)|离开(?:公司|单位|了)|不干了|没干了|走的|走人|辞退|解除(?:劳动)?(?:合同|关系)|终止(?:劳动)?(?:合同|关系)|解雇|合同到期/;
const OTHER_THAN_WORK =
  /受伤|摔|砸|压|鉴定|认定|签|去世|买|交社保|结婚|怀孕|生|出院|住院|投诉|仲裁|欠|没发|发工资|发放|投资|现在|目前|通知|拆/;

/** Facts of an employment: with whom, since when, how it stands and ended. */
export function readWork(told: Told): Reading[] {
  if (!WORK.test(told.raw)) return readEmployer(told);
  const start = readEventDate(told, 'start-date', STARTED, new RegExp(`${OTHER_THAN_WORK.source}|${LEFT.source}`));
  const end = readEventDate(told, 'end-date', LEFT, new RegExp(`${OTHER_THAN_WORK.source}|${STARTED.source}|提出|申请|说`));
  const span = readSpan(told);
  const length = readLength(told);
  const ended = span.find(({ id }) => id === 'end-date') ?? end[0];
  return [
    ...readEmployer(told),
    ...readContract(told),
    ...readInsurance(told),
    ...readEmployment(told),
    ...readEnding(told),
    ...readNotice(told),
    ...(span.length > 0 ? span : [...start, ...end]),
    ...length,
    ...(span.length === 0 && start.length === 0 ? startFrom(ended, length[0]) : []),
  ];
}

function readEmployer(told: Told): Reading[] {
  const { raw } = told;
  return readChoice(told, 'employer', [
    [/劳务派遣|派遣(?:工|公司|单位|到)/, 'dispatch'],
    [/个体户|个体工商户|个体(?:老板|经营|餐馆|店)/, 'sole-trader'],
    [
      /(?:跟|给|找|帮|被|和|随)(?:着|一个|了)?(?:小)?(?:包工头|工头|包工老板)|(?:包工头|工头)(?:欠|不给|跑|叫|找|喊|请|雇|拖|没给|说|把|没买|不管|不认|不付)/,
      'foreman',
      /公司/,
    ],
    [
      /(?:给|帮|为)(?:私人|个人|邻居|亲戚|朋友|人家|农户|村民|房东|老乡)(?:家)?[^,，。□]{0,8}(?:干活|做工|盖房|建房|修房|装修|拆房|打工|干|做|盖|修)|私人(?:雇|请|家里)|个人雇/,
      'private',
      /公司/,
    ],
    ...(/包工头|工头|派遣|个体|私人|雇/.test(raw)
      ? []
      : ([
          [
            /(?:在|去|到|进|给)(?:一家|一个|这家|某|我们|四川|成都|简阳)?[^,，。□的]{0,10}(?:公司|工厂|厂里?|企业|集团)(?:里)?(?:上班|工作|打工|做工|干活|干|做了|当|的员工|任职|受伤)|(?:公司|厂里|厂方|企业)(?:里|现在|突然|一直|没有?|不|还|又|就|把|要|跟|给|也|都|以|违法|恶意|我)*(?:辞退|开除|裁|拖欠(?!货款|工程款)|欠薪|签(?:劳动)?合同|买社保|交社保|买保险|发工资|扣工资)|入职(?:了|一家|这家)?[^,，。□]{0,10}公司|被公司(?:辞退|开除|裁|解雇|派)/,
            'company',
            /保险公司|搬家公司|拆迁公司|评估公司|贷款|物业(?!上班|公司上班)|开发商/,
          ],
        ] as const)),
  ]);
}

const OTHER_CONTRACT =
  /(?:租|房|买|卖|拆迁|承包|贷|借款|装修|土地|征|婚|离职|解除|购|保密|竞业|培训|劳务|合作|转让|施工|工程|安置|补偿|实习|三方|放弃|续签|空白|到期|合同后|合同以后|第一份|后来|让我|两份)/;

function readContract(told: Told): Reading[] {
  // not signed at first, and later: neither word stands alone
  if (/(?:才|后来|后面|后又|补)(?:与我|跟我|和我|给我|又)?补?签/.test(told.raw)) return [];
  return readChoice(told, 'contract', [
    [
      new RegExp(
        `${NO}(?:给我?|跟我|和我|与我|让我|同我|我|公司|有)*签(?:订|过|署|到)?(?:任何|书面|正式|劳动|用工|的|过|个)*合同|${NO}(?:书面|任何)?(?:的)?劳动合同|(?:没得|没有)合同(?!纠)|(?:劳动)?合同(?:也|都|一直|至今|还|从来)*(?:没有?|没得|未)(?:给我?|跟我|和我)?签?(?:过|订)?(?=$|[,，、。;；□!！?？]|也|,)`,
      ),
      false,
      OTHER_CONTRACT,
    ],
    [
      /签(?:订|署)?(?:了|过|的是?|有)(?:一|两|二|三|五|\d|份|个|年|期限|的|正式|书面|固定|无固定|劳动|用工|为期)*(?:合同)|(?:劳动)?合同(?:已经|都|也)?签了|有(?:书面|正式)?(?:的)?劳动合同(?!纠|关系|法)/,
      true,
      new RegExp(`${OTHER_CONTRACT.source}|没|未|不`),
    ],
  ]);
}

const COVER = '(?:社会保险|社保|五险一?金?|工伤保险|工伤险|保险)';

function readInsurance(told: Told): Reading[] {
  const other =
    /意外险|意外保险|商业|雇主责任|养老保险|医疗保险|医保|新农合|失业|生育|居民|自己|交不上|以前|断交|灵活|车|断缴|补缴|不足|少缴|少交|足额|基数|放弃|自愿|保险公司|公积金(?!.*社保)|保险理赔|报销|第三者|交警|全责|电动车|交强/;
  return readChoice(told, 'insured', [
    [
      new RegExp(
        `${NO}(?:有|给|帮|跟|为|我们?|他|她|员工|本人|老公|公司|单位|老板)*(?:买|购买|交|缴|缴纳|参加?|上|办理?|投)(?:过|到|任何|纳|了)?${COVER}|(?:没有|没得)(?:任何|给)?(?:社保|五险|工伤保险|工伤险)|(?:社保|五险一?金?|工伤保险|工伤险|保险)(?:也|都|一直|从来|还)*(?:没有?|没得|未)(?:给我?|帮我)?(?:买|交|缴|上)?(?=$|[,，、。;；□!！]|过|,)`,
      ),
      false,
      other,
    ],
    [
      new RegExp(
        `(?:买|交|缴|缴纳|参加|上|购买)(?:了|过|有|着)(?:的)?${COVER}|(?:有|一直(?:在)?(?:买|交|缴)|正常(?:买|交|缴)|都(?:买|交|缴)了?)${COVER}|${COVER}(?:是|都|也|一直)*(?:买了|交了|有交|正常|缴了|在交|有买)|参保了|(?:给|帮)(?:我|我们|他|她)(?:买|交|缴)(?:了|着)?${COVER}`,
      ),
      true,
      new RegExp(`${other.source}|没|未|不|他家|我家|退`),
    ],
  ]);
}

const NOT_DONE =
  /想|要(?!求)|打算|准备|申请|提出|提了|提交|可以|能|让|逼|不同意|不批|不让|不准|怎么|写|主动|叫|要求|证明|手续|后能|以后能|通知书|申请书|协议|劝|威胁|自动|算|视为|按|等/;

function readEmployment(told: Told): Reading[] {
  return readChoice(told, 'employment', [
    [
      /(?:现在|目前|至今|我)?(?:还|仍|仍然|依然|一直)在(?:这|那|该|这家|原|公司|单位|厂里?|里面|这里|那里|职|岗)+(?:上班|工作|干|做|上)?(?:$|[,，。;；□]|着|的)|(?:现在|目前|至今|还|仍)(?:还|仍)?在(?:上班|职|干活)(?!时|的时候|期间|地点)|(?:还没|没有|未)(?:离职|辞职|离开公司|走)(?:$|[,，。;；□])/,
      'still',
      /如果|不在/,
    ],
    [
      /(?:已经?|都|早就|现在|后来|就|我)?(?:离职|辞职|离开公司|离开单位|离开那里|离开厂)(?:了|一年|半年|两年|几个月|快)|(?:已经?|早就|现在)(?:离职|辞职|不干了|没干了|没做了|不做了|走了|离开了)|被(?:公司|单位|老板|厂里|他们|厂|无故|违法|无理|口头|突然)*(?:辞退|开除|裁|解雇|炒)(?!的?(?:风险|可能|话))/,
      'left',
      NOT_DONE,
    ],
  ]);
}

function readEnding(told: Told): Reading[] {
  return readChoice(told, 'ending', [
    [/被迫(?:离职|辞职|离开|解除|走)/, 'quit-forced', NOT_DONE],
    [
      /被(?:公司|单位|老板|厂里|厂|他们)?裁(?:员|掉|了)?|裁(?:了|掉)我|(?:公司|单位|厂里)(?:裁员)?(?:把我|将我)裁(?:员|掉|了)?/,
      'laid-off',
      /想|要|打算|准备|可能|会|怕|协议/,
    ],
    [
      /被(?:公司|单位|老板|厂里|厂|经理|人事|他们|领导|无故|违法|无理|口头|突然|无理由|无缘无故|以[^,，。□]{1,12}理由|当场|直接|强行|强制)*(?:辞退|开除|解雇|炒|解除(?:劳动)?(?:合同|关系)|炒鱿鱼|辞了)|(?:公司|单位|老板|厂里|经理|人事|领导)(?:突然|无故|违法|口头|今天|昨天|就|直接|无缘无故|无理由|以[^,，。□]{1,12}(?:为由|理由))*(?:把我|将我|给我)(?:辞退|开除|解雇|炒|辞|开|解除)了?|(?:公司|单位|老板|厂里)(?:突然|无故|违法|口头|今天|昨天|就|直接|无缘无故|无理由|单方面?)*(?:辞退|开除|解雇|解除)了?我|(?:就|突然|直接|又)(?:把我|将我)(?:辞退|开除|解雇|炒|解除)了?/,
      'dismissed',
      /想|要(?!求)|打算|准备|可能|会|怕|威胁|仲裁.{0,4}被/,
    ],
    [
      /(?:我|自己|本人)(?:已经?|就|自己|主动|去年|上个?月|[\d年月日号])*辞职了|(?:自己|主动)(?:提出?|提的|申请)?(?:的)?(?:辞职|离职)了|(?:我|自己)辞了职|自动离职了|自离了|自己不干了|我(?:就)?不干了/,
      'quit',
      /想|要(?!求)|打算|准备|逼|被|叫|让|因为|欠|不发|不给|强迫/,
    ],
    [
      /合同到期(?:了|后|,|，)*(?:公司|单位|厂里|老板)(?:又|就|却|也|说|现在)?(?:不|没有?|没给|拒绝|不肯|不愿|不再|不给)(?:跟我|和我|给我|我)?续签?|(?:公司|单位|厂里)(?:合同到期)?(?:不|拒绝|不再|没有?)(?:跟我|和我|给我|与我)?续签/,
      'expired-employer',
      /想|要|打算|准备|可能|会|怕/,
    ],
    [/合同(?:已经|刚|上个?月|去年|今年|[\d年月日号])*到期(?:了|终止)/, 'expired', /公司|单位|不续|没续|快|要|还|没到期/],
    [
      /(?:公司|厂|厂子|单位|店|酒店|企业|饭店|工厂)(?:已经|都|现在|突然|去年|今年|上个?月)*(?:倒闭|破产|关门|注销|解散|关闭|关了)(?!前)/,
      'closed',
      /快|要|想|可能|会|准备|怕|打算|没|客户|汽贸|申请|开发商|装修|平台|教培|健身|贷款/,
    ],
  ]);
}

function readNotice(told: Told): Reading[] {
  if (!/辞退|解除|开除|裁|走人|到期|解雇|炒|不要我|劳动/.test(told.raw)) return [];
  const days = '(?:30|三十)(?:天|日)|1?一?个月';
  return readChoice(told, 'notice', [
    [
      new RegExp(`(?:没有?|未|也没|都没)(?:给我)?提前(?:(?:${days})?(?:书面)?(?:通知|告知|说|讲|打招呼)|(?:${days}))`),
      false,
      /我没|我也没|我没有|我未|自己没|不用|不干|辞职|提离职/,
    ],
    [new RegExp(`提前(?:了)?(?:${days})(?:书面)?(?:通知|告知|跟我说|告诉)(?:了|过)?我`), true, /没|未|不|应该|要|我提前/],
  ]);
}

/** "从2020年3月到2024年5月在…上班". */
function readSpan({ text, times, day }: Told): Reading[] {
  for (const [index, from] of times.entries()) {
    const to = times[index + 1];
    if (!to) continue;
    const gap = text.slice(from.index + from.text.length, to.index);
    if (!/^(?:起|开始)?[-~—–到至](?:了)?$/.test(gap.trim())) continue;
    const around = clauseAt(text, from.index) + text.slice(to.index, to.index + 24);
    if (
      !/上班|工作|打工|干活|做工|任职|入职|干了|在[^,，。□]{1,10}(?:公司|厂|店|工地)/.test(around) ||
      /欠|工资没|没发|受伤|住院|休息|加班|社保|合同/.test(around)
    )
      return [];
    if (from.date > to.date || to.date > day) return [];
    const words = text.slice(from.index, to.index + to.text.length);
    return [
      { id: 'start-date', value: from.date, words, exact: from.date.length === 10 },
      { id: 'end-date', value: to.date, words, exact: to.date.length === 10 },
    ];
  }
  return [];
}

function readLength({ text }: Told): Reading[] {
  const done = '(?:了|有|满|已经|快|差不多|共|一共|将近|都){0,3}';
  const pattern = new RegExp(
    `(?:干|做|上班|工作|打工|呆|待|做工|入职|工龄|就职|任职)(?:到现在)?${done}(?<a>${DURATION})(?!的?(?:合同|试用|工资|前|期限|一签))|(?:在|给)[^,，。□]{1,14}(?:公司|厂里?|单位|店|工地|酒店|学校|医院|老板)(?:里)?(?:干|做|工作|上班)?${done}(?<b>${DURATION})(?:了|多了|$|[,，。□])|(?<c>${DURATION})(?:的)?工龄(?!补|给|工资|计)`,
  );
  const found = [...text.matchAll(new RegExp(pattern.source, 'g'))].flatMap((match): Reading[] => {
    const said = match.groups?.['a'] ?? match.groups?.['b'] ?? match.groups?.['c'];
    const clause = clauseAt(text, match.index);
    if (
      said === undefined ||
      /规定|必须|满.{1,4}才|要求|试用|合同期|签|每|连续|欠|没发|休息|停工|住院|社保|保险|累计|不满|未满|快满|以上|学徒|受伤|没(?:有)?(?:上班|干|工作|做)/.test(
        clause,
      )
    )
      return [];
    const length = parseDuration(said);
    const exact = length?.exact === true && !/快|差不多|将近/.test(match[0]);
    return length === null || length.value > 600 ? [] : [{ id: 'work-months', value: length.value, words: match[0], exact }];
  });
  const [first] = found;
  return first && found.every(({ value }) => value === first.value) ? [first] : [];
}

/** How long, and until when, tell the month of the beginning. */
function startFrom(end: Reading | undefined, length: Reading | undefined): Reading[] {
  if (!end || !length || length.exact === false || typeof end.value !== 'string' || end.value.length < 7) return [];
  const months = Number(length.value);
  if (!Number.isInteger(months)) return [];
  const value = addMonths(`${end.value.slice(0, 7)}-01`, -months).slice(0, 7);
  return [{ id: 'start-date', value, words: `${length.words}，${end.words}`, exact: false }];
}

import type { Reading } from './fact.js';
import { readChoice, type Told } from './told.js';

const EXPROPRIATION = /拆|征收|征地|征用|占地|占我|补偿协议|安置|搬迁|推了|量地/;

/** Facts of a house or a piece of land that is taken. */
export function readLand(told: Told): Reading[] {
  if (!EXPROPRIATION.test(told.raw)) return [];
  return [...readSoil(told), ...readStage(told)];
}

function readSoil(told: Told): Reading[] {
  // both named: it is being asked, or compared
  if (/国有/.test(told.raw) && /集体/.test(told.raw)) return [];
  return readChoice(told, 'land', [
    [
      /宅基地|农村(?:的)?(?:老)?(?:房|自建房|住房|老家)|集体(?:所有的?)?土地|承包地|责任田|自留地|耕地|水田|农田|庄稼地|(?:我们|我家|咱)(?:村|组|队)|村上|村里|生产队|组上|大队/,
      'collective',
      /城中村|打工|户口/,
    ],
    [/国有(?:出让|划拨)?土地|城里的?房|商品房|房改房|单位(?:分的)?(?:福利)?房|集资房|公租房/, 'state-owned', /安置|买|补偿|换|给/],
  ]);
}

function readStage({ text }: Told): Reading[] {
  const stages: readonly (readonly [RegExp, string])[] = [
    [
      /(?:房子?|房屋|老屋|老房|棚|墙|厂房|猪圈|大棚)(?:已经|都|就)?(?:被)?(?:人)?(?:他们|村上|政府|镇上)?(?:已经|都)?(?:给)?(?:强)?(?:拆了|拆完|推了|推倒|拆掉|拆除了|强拆了|扒了|铲了|推平)|被强(?:制)?拆(?!除通知|的?风险)|强拆了/,
      'demolished',
    ],
    [
      /(?:没有?|还没|未|不肯|一直没|没得)(?:给我们?)?签(?:订|过|字)?(?:拆迁|征收|补偿|安置)?(?:补偿)?(?:协议|合同|字)|协议(?:还)?(?:没有?|未)签/,
      'not-signed',
    ],
    [
      /签(?:订)?(?:了|过|完)(?:拆迁|征收|征地|补偿|安置|房屋|搬迁|补偿安置){0,3}(?:的)?协议|(?:拆迁|补偿|安置|征收)(?:补偿)?协议(?:已经|都|也)?签了/,
      'agreement',
    ],
    [/(?:收到|下达|下了|送达|作出|做出)(?:了)?(?:房屋|政府的?|区政府的?|市政府的?)?(?:征收|补偿|征收补偿)决定/, 'decision'],
    [
      /(?:贴|发|出|发布|公布|下)(?:出|布)?了(?:拆迁|征收|征地|拟征收)?(?:的)?(?:预)?公告|(?:征收|征地|拆迁)(?:预)?公告(?:已经|都)?(?:贴|发|出|公布|下)/,
      'announced',
    ],
  ];
  for (const [pattern, value] of stages) {
    const match = pattern.exec(text);
    if (match && !/邻居|隔壁|别家|其他|他们都|车|摩托/.test(text.slice(Math.max(0, match.index - 8), match.index))) {
      return [{ id: 'stage', value, words: match[0] }];
    }
  }
  return [];
}

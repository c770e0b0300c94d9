import { NOTICE, type ServiceAnswer } from '../../domain/answer.js';
import { wordsOf } from '../../domain/message.js';
import type { ServicePoint } from '../../domain/service-point.js';
import { nearestPoints, townshipName, villageName, type Place } from '../../handoff/routing/find-point.js';
import type { Middleware } from '../compose.js';
import type { Turn } from '../turn.js';
import { describePoint } from './describe-point.js';

const ASKED =
  /^(?:(?:我|请问|想|要|问|一下|找|查|看|有没有|哪里有|哪儿有|离我|我家|我这里|我这儿|这里|这儿)[，,]?)*(?:附近|最近|就近|旁边|周边)的?(?:法律)?(?:服务|咨询|受理|百米)?(?:服务点|服务站|受理点|工作站|法律之家|司法所|网点|点)(?:在哪里?儿?|怎么[去走]|有哪些|吗|呢)*$/;
const HOW_TO_GO = /^(?:请问|我想问)?(?:服务点|服务站|受理点|工作站|法律之家|你们|司法所)?(?:在哪里?儿?|怎么去|怎么走|地址)$/;
const OF_PLACE = /^(.{2,16}?)的?服务点$/;
const FIND_LAWYER = '找律师';
const SHOWN = 3;
/** Villages that can be tapped under a township. */
const MOST_VILLAGES = 30;

/** 附近服务点, and a location: the three nearest service points; without a location, the townships to choose from. */
export const nearbyPoints: Middleware<Turn> = async (turn, next) => {
  const { stores, conversation, message, at } = turn;
  const { content } = message;
  const words = wordsOf(content)
    .normalize('NFKC')
    .replace(/[\s。？?！!，,]+$/gu, '')
    .trim();
  const located = content.type === 'location' ? content : null;
  const named = OF_PLACE.exec(words)?.[1] ?? null;
  const asked = ASKED.test(words) || HOW_TO_GO.test(words);
  if (!located && !asked && named === null) return next();
  const points = await stores.routing.points();
  const active = points.filter((point) => point.active);
  if (active.length === 0) return asked ? answer(turn, NOTHING_IMPORTED) : next();

  const chosen = named === null || asked ? [] : placesCalled(active, named);
  if (!located && !asked && chosen.length === 0) return next();
  if (chosen.length > 0) return answer(turn, await ofPlace(turn, active, chosen));
  const place = located ?? (await stores.routing.whereabouts(conversation.id)).location;
  const near = place === null ? null : await nearest(turn, active, place, at);
  if (near) return answer(turn, near);
  return located && !hasCoordinates(active) ? next() : answer(turn, askWhere(active));
};

const NOTHING_IMPORTED = chat('服务点的地址还没有录进来，我不能乱说。想找人帮忙，点“找律师”，律师会在这里回复您。', [], [FIND_LAWYER]);

function chat(headline: string, sections: ServiceAnswer['sections'], options: readonly string[]): ServiceAnswer {
  return {
    kind: 'service',
    service: 'chat',
    headline,
    steps: [],
    sections,
    citations: [],
    alsoHandoff: null,
    options,
    confidence: 0,
    notice: NOTICE,
  };
}

const hasCoordinates = (points: readonly ServicePoint[]): boolean => points.some(({ latitude }) => latitude !== null);

async function nearest({ stores }: Turn, points: readonly ServicePoint[], place: Place, at: number): Promise<ServiceAnswer | null> {
  const near = nearestPoints(points, place, SHOWN);
  if (near.length === 0) return null;
  const sections = await Promise.all(near.map(({ point, km }) => describePoint(stores, point, at, km)));
  return chat(`离您最近的${near.length === 1 ? '' : `${String(near.length)} 个`}服务点：`, sections, [FIND_LAWYER]);
}

function askWhere(points: readonly ServicePoint[]): ServiceAnswer {
  const townships = points.filter(({ tier }) => tier === 'township').map((point) => townshipName(point) ?? point.name);
  return chat(
    townships.length === 0 ? '您在哪里？请发一个位置给我。' : '您在哪个镇、街道？点一个，或者发一个位置给我。',
    [],
    townships.map((name) => `${name}的服务点`),
  );
}

/** "石桥镇", "石桥镇红旗村", "红旗村" where only one is called so. */
function placesCalled(points: readonly ServicePoint[], name: string): ServicePoint[] {
  return points.filter((point) => {
    if (point.tier === 'township') return (townshipName(point) ?? point.name) === name || point.name === name;
    if (point.tier !== 'village') return point.name === name;
    const village = villageName(point) ?? point.name;
    const township = points.find(({ code }) => code === point.township);
    return village === name || point.name === name || `${township ? (townshipName(township) ?? '') : ''}${village}` === name;
  });
}

async function ofPlace({ stores, at }: Turn, points: readonly ServicePoint[], chosen: readonly ServicePoint[]): Promise<ServiceAnswer> {
  const sections = await Promise.all(chosen.slice(0, SHOWN).map((point) => describePoint(stores, point, at)));
  const [first] = chosen;
  const below = points.filter(({ parent, tier }) => parent === first?.code && tier === 'village').slice(0, MOST_VILLAGES);
  const township = first ? (townshipName(first) ?? '') : '';
  const villages = below.map((point) => `${township}${villageName(point) ?? point.name}的服务点`);
  const more = villages.length === 0 ? '' : '想找村、社区的，点一个：';
  return chat(`${chosen.length === 1 ? '这里有服务点' : '叫这个名字的服务点'}。${more}`, sections, [...villages, FIND_LAWYER]);
}

async function answer(turn: Turn, said: ServiceAnswer): Promise<void> {
  const { stores, conversation, message, at } = turn;
  await stores.answer(conversation.id, message.messageId, { type: 'answer', answer: said, ticketNumber: null }, at);
  turn.outcome = { answer: said, ticket: null };
}

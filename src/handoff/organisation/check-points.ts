import { POINT_TIERS, POINT_TIER_NAMES, type PointTier, type ServicePoint } from '../../domain/service-point.js';
import { parseHours } from '../opening-hours.js';
import { byColumns, type NamedRow } from './columns.js';
import type { Table, TableProblem } from './ports.js';

export const POINT_COLUMNS = ['代码', '名称', '层级', '上级代码', '地址', '电话', '纬度', '经度', '开放时间'] as const;
type Row = NamedRow<(typeof POINT_COLUMNS)[number]>;

const CODE = /^[\w-]{1,40}$/;
const PHONE = /^[\d\s+()（）、，,;；/转-]{3,60}$/u;
const MOST_NAME = 60;
const MOST_ADDRESS = 200;
/** China and a little around it; a swapped pair lies outside. */
const LATITUDES = [3, 54] as const;
const LONGITUDES = [73, 136] as const;

/** Points of a table, each with its path, parents before children; or everything that is wrong with it, by line. */
export function checkPoints(table: Table): { readonly points: readonly ServicePoint[]; readonly problems: readonly TableProblem[] } {
  const { rows, problems: columns } = byColumns(table, POINT_COLUMNS, ['代码', '名称', '层级', '上级代码']);
  if (columns.some(({ line }) => line === null)) return { points: [], problems: columns };
  const problems: TableProblem[] = [...columns];
  const wrong = (line: number, text: string): void => {
    problems.push({ table: table.name, line, text });
  };
  const read = rows.flatMap((row) => readPoint(row, wrong) ?? []);
  const byCode = new Map<string, Draft>();
  const lower = new Map<string, Draft>();
  const siblings = new Map<string, Draft>();
  for (const draft of read) {
    const same = lower.get(draft.code.toLowerCase());
    if (same) wrong(draft.line, `代码 ${draft.code} 和第 ${String(same.line)} 行重复。怎么改：每个服务点一个代码，大小写不同也算重复`);
    else {
      lower.set(draft.code.toLowerCase(), draft);
      byCode.set(draft.code, draft);
    }
    const key = `${draft.parent ?? ''}/${draft.name}`;
    const twin = siblings.get(key);
    if (twin && !same)
      wrong(draft.line, `名称“${draft.name}”和第 ${String(twin.line)} 行重复，上级也一样。怎么改：删去一行，或者把名称写得分得开`);
    else siblings.set(key, draft);
  }
  const cities = read.filter(({ tier }) => tier === 'city');
  if (cities.length === 0 && read.length > 0) {
    problems.push({ table: table.name, line: null, text: '没有市中心。怎么改：加一行层级为“市中心”的，上级代码空着' });
  }
  for (const { line } of cities.slice(1))
    wrong(line, `市中心只能有一个，第 ${String(cities[0]?.line)} 行已经是。怎么改：改成“镇（街道）工作站”，或者删去`);
  for (const draft of read) checkParent(draft, byCode, wrong);
  if (problems.length > 0) return { points: [], problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
  const points = [...byCode.values()].map((draft) => withPath(draft, byCode));
  return {
    points: points.sort((a, b) => POINT_TIERS.indexOf(a.tier) - POINT_TIERS.indexOf(b.tier) || (a.code < b.code ? -1 : 1)),
    problems: [],
  };
}

type Draft = Omit<ServicePoint, 'path' | 'township'> & { readonly line: number };

function readPoint({ line, cells }: Row, wrong: (line: number, text: string) => void): Draft | null {
  const tier = tierOf(cells['层级']);
  const before = cells['代码'] === '' ? '没有代码' : CODE.test(cells['代码']) ? null : `代码“${cells['代码']}”不行`;
  if (before !== null) wrong(line, `${before}。怎么改：用字母、数字、_ 和 -，最多 40 个`);
  if (cells['名称'] === '') wrong(line, '没有名称。怎么改：写群众看得懂的名字，例如 石桥镇工作站');
  if (cells['名称'].length > MOST_NAME) wrong(line, `名称太长（超过 ${String(MOST_NAME)} 个字）。怎么改：写短一点`);
  if (tier === null) wrong(line, `层级“${cells['层级']}”不认识。怎么改：写 ${Object.values(POINT_TIER_NAMES).join('、')} 之一`);
  if (cells['地址'].length > MOST_ADDRESS) wrong(line, `地址太长（超过 ${String(MOST_ADDRESS)} 个字）。怎么改：写短一点`);
  if (cells['电话'] !== '' && !PHONE.test(cells['电话'])) wrong(line, `电话“${cells['电话']}”不像电话。怎么改：只写数字和短横，没有就空着`);
  const place = readPlace({ line, cells }, wrong);
  const hours = cells['开放时间'] === '' ? null : parseHours(cells['开放时间']);
  if (hours !== null && 'problem' in hours) {
    wrong(line, `开放时间不对：${hours.problem}。怎么改：写成 1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00，没有就空着（照上级的）`);
  }
  if (before !== null || tier === null) return null;
  return {
    line,
    code: cells['代码'],
    name: cells['名称'],
    tier,
    parent: cells['上级代码'] === '' ? null : cells['上级代码'],
    address: cells['地址'],
    phone: cells['电话'],
    ...place,
    hours: cells['开放时间'],
    active: true,
  };
}

function readPlace({ line, cells }: Row, wrong: (line: number, text: string) => void): Pick<ServicePoint, 'latitude' | 'longitude'> {
  const nothing = { latitude: null, longitude: null };
  const texts = [cells['纬度'], cells['经度']];
  if (texts.every((text) => text === '')) return nothing;
  const [latitude = NaN, longitude = NaN] = texts.map((text) => (/^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : NaN));
  const within = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;
  if (within(latitude, LATITUDES) && within(longitude, LONGITUDES)) return { latitude, longitude };
  const swapped = within(longitude, LATITUDES) && within(latitude, LONGITUDES);
  const why = swapped ? '写反了' : texts.includes('') ? '只写了一个' : '不在中国';
  wrong(
    line,
    `纬度“${texts[0] ?? ''}”、经度“${texts[1] ?? ''}”${why}。怎么改：纬度写在前（例如 30.39），经度在后（例如 104.55），不知道就都空着`,
  );
  return nothing;
}

const TIER_WORDS: Readonly<Record<string, PointTier>> = {
  市中心: 'city',
  镇街道工作站: 'township',
  镇工作站: 'township',
  街道工作站: 'township',
  乡工作站: 'township',
  工作站: 'township',
  村社区法律之家: 'village',
  村法律之家: 'village',
  社区法律之家: 'village',
  法律之家: 'village',
  百米服务圈受理点: 'point',
  受理点: 'point',
};

function tierOf(text: string): PointTier | null {
  return TIER_WORDS[text.normalize('NFKC').replace(/[()\s]/g, '')] ?? null;
}

function checkParent(draft: Draft, byCode: ReadonlyMap<string, Draft>, wrong: (line: number, text: string) => void): void {
  const { line, tier } = draft;
  if (tier === 'city') {
    if (draft.parent !== null) wrong(line, '市中心上面没有上级。怎么改：上级代码空着');
    return;
  }
  if (draft.parent === null) {
    wrong(line, '没有上级代码。怎么改：写它属于哪个服务点的代码');
    return;
  }
  const parent = byCode.get(draft.parent);
  if (!parent) {
    wrong(line, `上级代码 ${draft.parent} 不在表里。怎么改：核对代码（大小写要一样），或者把上级也写进表里`);
    return;
  }
  if (isInCycle(draft, byCode)) {
    wrong(line, `上级绕了一圈又回到 ${draft.code} 自己。怎么改：核对这几个服务点的上级代码`);
    return;
  }
  const level = POINT_TIERS.indexOf(tier);
  const above = POINT_TIERS.indexOf(parent.tier);
  // 百米 points of a street may hang on its station directly
  const fits = tier === 'point' ? parent.tier === 'village' || parent.tier === 'township' : above === level - 1;
  if (!fits) {
    const wanted =
      tier === 'point' ? `${POINT_TIER_NAMES.village}或${POINT_TIER_NAMES.township}` : POINT_TIER_NAMES[POINT_TIERS[level - 1] ?? 'city'];
    wrong(
      line,
      `${POINT_TIER_NAMES[tier]}的上级是${POINT_TIER_NAMES[parent.tier]}（${parent.name}），层级不对。怎么改：上级写${wanted}的代码`,
    );
  }
}

function isInCycle(draft: Draft, byCode: ReadonlyMap<string, Draft>): boolean {
  const seen = new Set<string>();
  for (let at: Draft | undefined = draft; at; at = at.parent === null ? undefined : byCode.get(at.parent)) {
    if (seen.has(at.code)) return at.code === draft.code;
    seen.add(at.code);
  }
  return false;
}

function withPath(draft: Draft, byCode: ReadonlyMap<string, Draft>): ServicePoint {
  const codes: string[] = [];
  let township: string | null = null;
  for (let at: Draft | undefined = byCode.get(draft.code); at; at = at.parent === null ? undefined : byCode.get(at.parent)) {
    codes.unshift(at.code);
    if (at.tier === 'township') township = at.code;
  }
  const { code, name, tier, parent, address, phone, latitude, longitude, hours, active } = draft;
  const path = `/${codes.join('/')}/`;
  return { code, name, tier, parent, path, township, address, phone, latitude, longitude, hours, active };
}

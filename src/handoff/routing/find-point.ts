import type { ServicePoint } from '../../domain/service-point.js';

const EARTH_KM = 6371;
/** Farther away than a county reaches, a location tells nothing of where somebody belongs. */
const FARTHEST_KM = 150;

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Kilometres over the surface of the earth. */
export function distanceKm(a: Place, b: Place): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (degrees: number): number => Math.sin(rad(degrees) / 2) ** 2;
  const chord = half(b.latitude - a.latitude) + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(b.longitude - a.longitude);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Active points with coordinates, the nearest first. */
export function nearestPoints(
  points: readonly ServicePoint[],
  place: Place,
  most: number,
): readonly { readonly point: ServicePoint; readonly km: number }[] {
  return points
    .flatMap((point) => {
      const { latitude, longitude } = point;
      if (!point.active || latitude === null || longitude === null) return [];
      const km = distanceKm(place, { latitude, longitude });
      return km <= FARTHEST_KM ? [{ point, km }] : [];
    })
    .sort((a, b) => a.km - b.km || (a.point.code < b.point.code ? -1 : 1))
    .slice(0, most);
}

/** "石桥镇" of "石桥镇工作站"; null where the name holds no township. */
export function townshipName(point: ServicePoint): string | null {
  return /^(?:.*?[市县区](?=.{2,}(?:镇|乡|街道)))?(.{1,8}?(?:镇|乡|街道))/u.exec(point.name)?.[1] ?? null;
}

/** "红旗村" of "石桥镇红旗村法律之家"; null where the name holds none. */
export function villageName(point: ServicePoint): string | null {
  return /(?:^|镇|乡|街道)([^镇乡]{1,8}?(?:村|社区))/u.exec(point.name)?.[1] ?? null;
}

/**
 * The point that somebody's words name: a village of the township named with it, a village whose name is borne once, or a
 * township. Null where they name none, or one of several.
 */
export function namedPoint(points: readonly ServicePoint[], words: string): ServicePoint | null {
  if (words === '') return null;
  const active = points.filter((point) => point.active);
  const townships = active.filter((point) => point.tier === 'township' && names(words, townshipName(point)));
  const codes = new Set(townships.map(({ code }) => code));
  const villages = active.filter((point) => point.tier === 'village' && names(words, villageName(point)));
  const here = villages.filter(({ township }) => township !== null && codes.has(township));
  const [village, another] = here.length > 0 ? here : villages;
  if (village && !another) return village;
  const [township, second] = townships;
  return township && !second ? township : null;
}

/** A name of one character and 村 stands in too many other words. */
function names(words: string, name: string | null): boolean {
  return name !== null && name.length >= 3 && words.includes(name);
}

/** The point, or the nearest above it that is in use; null: none. */
export function activePoint(points: readonly ServicePoint[], code: string | null): ServicePoint | null {
  const byCode = new Map(points.map((point) => [point.code, point]));
  let point = code === null ? undefined : byCode.get(code);
  while (point && !point.active) point = point.parent === null ? undefined : byCode.get(point.parent);
  return point ?? null;
}

/** Hours as a point has them, or the nearest above it that has any; empty: the usual ones. */
export function hoursOfPoint(points: readonly ServicePoint[], path: string): string {
  const byPath = new Map(points.map((point) => [point.path, point]));
  for (let at = path; at !== '' && at !== '/'; at = at.replace(/[^/]+\/$/, '')) {
    const hours = byPath.get(at)?.hours ?? '';
    if (hours !== '') return hours;
  }
  return '';
}

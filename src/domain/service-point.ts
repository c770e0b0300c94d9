/** Node of the organisation: 市中心 → 镇（街道）工作站 → 村（社区）法律之家 → 百米服务圈受理点. */
export const POINT_TIERS = ['city', 'township', 'village', 'point'] as const;
export type PointTier = (typeof POINT_TIERS)[number];

export const POINT_TIER_NAMES: Readonly<Record<PointTier, string>> = {
  city: '市中心',
  township: '镇（街道）工作站',
  village: '村（社区）法律之家',
  point: '百米服务圈受理点',
};

export interface ServicePoint {
  /** Letters, digits, `_` or `-`; stands in QR codes. */
  readonly code: string;
  readonly name: string;
  readonly tier: PointTier;
  /** Code of the point above; null for the city centre. */
  readonly parent: string | null;
  /** Codes from the top down to this one: "/city/t01/v003/"; whoever serves a point serves all below it. */
  readonly path: string;
  /** Code of the township that it lies in, or is; null for the city centre. */
  readonly township: string | null;
  readonly address: string;
  readonly phone: string;
  /** Degrees; null where not known. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** "1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00": days of the week and hours; empty: as the city centre's. */
  readonly hours: string;
  readonly active: boolean;
}

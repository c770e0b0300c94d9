import type { Table } from '../../src/handoff/organisation/ports.js';
import { POINT_COLUMNS } from '../../src/handoff/organisation/check-points.js';
import { STAFF_COLUMNS } from '../../src/handoff/organisation/check-staff.js';
import { randomFrom } from './random.js';

/** A whole county of service points and staff, all names made up: 1 + 22 + 291 + 1,225 points, 2,000 people. */
export interface County {
  readonly points: string;
  readonly staff: string;
}

const TOWNSHIPS = 22;
const VILLAGES = 291;
const POINTS = 1225;
const STAFF = 2000;

const FIRST = Array.from('云川禾青松竹梅兰柏桃柳枫槐榆杉桂荷菊莲棠椿楠');
const SECOND = Array.from('坪坝湾岭溪泉冲塘垭岗');
const SURNAMES = Array.from('甲乙丙丁戊己庚辛壬癸');

/** @param townships, villages, points, staff how many; the whole county where left out */
export function madeUpCounty({ townships = TOWNSHIPS, villages = VILLAGES, points = POINTS, staff = STAFF } = {}, seed = 7): County {
  const random = randomFrom(seed);
  const at = (index: number, of: readonly string[]): string => of[index % of.length] ?? '';
  const place = (): string => `${(30.2 + random() * 0.4).toFixed(5)},${(104.3 + random() * 0.5).toFixed(5)}`;
  const rows = [`city,青禾县公共法律服务中心,市中心,,青禾县中心路1号,010-0000001,30.40000,104.55000,`];
  const townshipNames: string[] = [];
  for (let t = 0; t < townships; t++) {
    const name = `${at(t, FIRST)}${at(t * 3, SECOND)}${t % 5 === 0 ? '街道' : '镇'}`;
    townshipNames.push(name);
    rows.push(
      `t${two(t)},${name}工作站,镇(街道)工作站,city,${name}正街${String(t + 1)}号,010-1${three(t)}00,${place()},1-5 09:00-12:00 13:30-17:00`,
    );
  }
  for (let v = 0; v < villages; v++) {
    const t = v % townships;
    const name = `${at(v, SECOND)}${at(Math.floor(v / townships) + v, FIRST)}村`;
    const hours = v % 7 === 0 ? '1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00' : '';
    rows.push(`v${three(v)},${townshipNames[t] ?? ''}${name}法律之家,村（社区）法律之家,t${two(t)},${name}村委会,,${place()},${hours}`);
  }
  for (let p = 0; p < points; p++) {
    rows.push(`p${four(p)},第${String(p + 1)}号受理点,百米服务圈受理点,v${three(p % villages)},路口小店,,,,`);
  }
  const people = [`officer.one,${at(0, SURNAMES)}负责,值班负责人、管理员,,,`];
  for (let s = 1; s < staff; s++) {
    const role = s % 9 === 0 ? '调解员' : s % 40 === 0 ? '12348 话务员' : '律师';
    const point = s % 10 === 0 ? `t${two(s % townships)}` : `v${three(s % villages)}`;
    const skill = ['', '工伤', '工资', '征地拆迁', '工伤、工资'][s % 5] ?? '';
    people.push(`staff.${four(s)},${at(s, SURNAMES)}${at(s * 7, FIRST)}${String(s)},${role},${point},${skill},010-2${four(s)}`);
  }
  return { points: csv(POINT_COLUMNS, rows), staff: csv(STAFF_COLUMNS, people) };
}

const csv = (columns: readonly string[], rows: readonly string[]): string => `${[columns.join(','), ...rows].join('\n')}\n`;
const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** A table as the reader of files gives it, from lines without quotes. */
export function tableOf(text: string, name = '表.csv'): Table {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  return {
    name,
    header: header.split(','),
    rows: rows.map((row, index) => ({ line: index + 2, cells: row.split(',').map((cell) => cell.trim()) })),
  };
}

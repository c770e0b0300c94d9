import { randomUUID } from 'node:crypto';
import type { ServicePoint } from '../../domain/service-point.js';
import { checkPoints } from './check-points.js';
import { checkStaff } from './check-staff.js';
import type { KnownStaff, OrganisationStore, PointChanges, StaffChange, StaffEntry, Table, TableProblem } from './ports.js';

/** One thing that an import would change, as people read it. */
export interface PlannedChange {
  /** Code or login. */
  readonly id: string;
  readonly name: string;
  /** What is otherwise: names of columns. */
  readonly fields: readonly string[];
}

export interface Planned {
  readonly added: readonly PlannedChange[];
  readonly changed: readonly PlannedChange[];
  /** Points that are not in the table any more: out of use, what hangs on them stays. Of staff: none. */
  readonly deactivated: readonly PlannedChange[];
  readonly unchanged: number;
}

/** Ready to be stored but for the password hash, where it is new. */
export type PlannedStaff = Omit<StaffChange, 'passwordHash'> & { readonly isNew: boolean };

export interface ImportPlan {
  readonly points: (Planned & { readonly changes: PointChanges }) | null;
  readonly staff:
    | (Planned & {
        readonly changes: readonly PlannedStaff[];
        /** Accounts that the table does not name; they stay as they are. */
        readonly notNamed: number;
        /** It makes accounts, or gives or takes roles. */
        readonly touchesRights: boolean;
      })
    | null;
}

export interface Tables {
  readonly points?: Table | undefined;
  readonly staff?: Table | undefined;
}

/** What an import of tables would change, or everything that is wrong with them. Stores nothing. */
export async function planImport(
  store: Pick<OrganisationStore, 'points' | 'staff'>,
  tables: Tables,
): Promise<{ readonly ok: true; readonly plan: ImportPlan } | { readonly ok: false; readonly problems: readonly TableProblem[] }> {
  const current = await store.points();
  const checked = tables.points ? checkPoints(tables.points) : null;
  const pointProblems = checked?.problems ?? [];
  const points = checked && pointProblems.length === 0 ? planPoints(current, checked.points) : null;
  const later = points ? withChanges(current, points.changes) : current;
  const codes = tables.points && !points ? codesOf(tables.points) : new Set(later.filter(({ active }) => active).map(({ code }) => code));
  const staff = tables.staff ? await planStaff(store, tables.staff, codes, later) : null;
  const problems = [...pointProblems, ...(staff?.problems ?? [])];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, plan: { points, staff: staff?.planned ?? null } };
}

/** Of a table that has other faults, so that staff are not blamed for them. */
function codesOf(table: Table): Set<string> {
  const at = table.header.indexOf('代码');
  return new Set(table.rows.map(({ cells }) => cells[at] ?? ''));
}

const POINT_FIELDS: readonly (readonly [keyof ServicePoint, string])[] = [
  ['name', '名称'],
  ['tier', '层级'],
  ['parent', '上级'],
  ['address', '地址'],
  ['phone', '电话'],
  ['latitude', '纬度'],
  ['longitude', '经度'],
  ['hours', '开放时间'],
  ['active', '重新启用'],
];

function planPoints(current: readonly ServicePoint[], wanted: readonly ServicePoint[]): NonNullable<ImportPlan['points']> {
  const before = new Map(current.map((point) => [point.code, point]));
  const named = new Set(wanted.map(({ code }) => code));
  const added: PlannedChange[] = [];
  const changed: PlannedChange[] = [];
  let unchanged = 0;
  const put: ServicePoint[] = [];
  const paths = new Map(wanted.map(({ code, path }) => [code, path]));
  for (const point of wanted) {
    const old = before.get(point.code);
    const fields = old ? POINT_FIELDS.filter(([field]) => old[field] !== point[field]).map(([, label]) => label) : [];
    if (!old) added.push({ id: point.code, name: point.name, fields: [] });
    else if (fields.length > 0) changed.push({ id: point.code, name: point.name, fields });
    else unchanged++;
    if (!old || fields.length > 0 || old.path !== point.path || old.township !== point.township) put.push(point);
  }
  const gone = current.filter(({ code }) => !named.has(code));
  // parents come first in `current`, so that a path above is known
  for (const point of gone) {
    const above = point.parent === null ? '/' : (paths.get(point.parent) ?? '/');
    const path = `${above}${point.code}/`;
    paths.set(point.code, path);
    if (point.active || path !== point.path) put.push({ ...point, path, active: false });
  }
  const moved = current.flatMap(({ code, path }) => {
    const to = paths.get(code) ?? path;
    return to === path ? [] : [{ code, from: path, to }];
  });
  const deactivated = gone.filter(({ active }) => active).map(({ code, name }) => ({ id: code, name, fields: [] }));
  return { added, changed, deactivated, unchanged, changes: { put, moved } };
}

function withChanges(current: readonly ServicePoint[], { put }: PointChanges): ServicePoint[] {
  return [...new Map([...current, ...put].map((point) => [point.code, point])).values()];
}

const STAFF_FIELDS: readonly (readonly [keyof StaffEntry, string])[] = [
  ['name', '姓名'],
  ['roles', '角色'],
  ['servicePoint', '服务点'],
  ['skills', '擅长'],
  ['phone', '电话'],
];

async function planStaff(
  store: Pick<OrganisationStore, 'staff'>,
  table: Table,
  codes: ReadonlySet<string>,
  points: readonly ServicePoint[],
): Promise<{ readonly problems: readonly TableProblem[]; readonly planned: NonNullable<ImportPlan['staff']> | null }> {
  const { staff, problems } = checkStaff(table, codes);
  if (problems.length > 0) return { problems, planned: null };
  const current = await store.staff();
  const before = new Map(current.map((member) => [member.login, member]));
  const paths = new Map(points.map(({ code, path }) => [code, path]));
  const added: PlannedChange[] = [];
  const changed: PlannedChange[] = [];
  const changes: PlannedStaff[] = [];
  let touchesRights = false;
  for (const member of staff) {
    const old = before.get(member.login);
    const reach = member.servicePoint === null ? '/' : (paths.get(member.servicePoint) ?? '/');
    const fields = old ? STAFF_FIELDS.filter(([field]) => differs(old[field], member[field])).map(([, label]) => label) : [];
    if (old && fields.length === 0 && old.reach === reach) continue;
    if (!old) added.push({ id: member.login, name: member.name, fields: [] });
    else if (fields.length > 0) changed.push({ id: member.login, name: member.name, fields });
    touchesRights ||= !old || fields.includes('角色');
    changes.push({ ...member, id: old?.id ?? randomUUID(), reach, isNew: !old });
  }
  const named = new Set(staff.map(({ login }) => login));
  const planned = {
    added,
    changed,
    deactivated: [],
    unchanged: staff.length - added.length - changed.length,
    changes,
    notNamed: current.filter(({ login }) => !named.has(login)).length,
    touchesRights,
  };
  return losesAdmin(current, staff)
    ? { problems: [{ table: table.name, line: null, text: '照这张表，就没有一个管理员了。怎么改：至少给一位写上“管理员”' }], planned: null }
    : { problems: [], planned };
}

function losesAdmin(current: readonly KnownStaff[], wanted: readonly StaffEntry[]): boolean {
  const isAdmin = ({ roles }: Pick<StaffEntry, 'roles'>): boolean => roles.includes('admin');
  const named = new Map(wanted.map((member) => [member.login, member]));
  const had = current.some((member) => isAdmin(member) && !member.blocked);
  return (
    had &&
    !current.some((member) => !member.blocked && isAdmin(named.get(member.login) ?? member)) &&
    !wanted.some((member) => isAdmin(member) && !current.some(({ login }) => login === member.login))
  );
}

function differs(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? [...(a as unknown[])].sort().join() !== [...(b as unknown[])].sort().join() : a !== b;
}

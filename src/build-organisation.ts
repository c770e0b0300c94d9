import { dutyCalendar } from './adapters/calendar/duty-calendar.js';
import { readTable } from './adapters/files/organisation/read-table.js';
import { BaimiError } from './domain/errors.js';
import type { ImportView, PointView } from './domain/organisation-views.js';
import type { ServicePoint } from './domain/service-point.js';
import type { Audit } from './handoff/audit/ports.js';
import { hoursText } from './handoff/opening-hours.js';
import { applyImport } from './handoff/organisation/apply-import.js';
import { planImport } from './handoff/organisation/plan-import.js';
import type { OrganisationDesk, OrganisationStore } from './handoff/organisation/ports.js';
import { hoursOfPoint } from './handoff/routing/find-point.js';
import { workingTime } from './handoff/working-time.js';

/** New accounts that one request makes: a tenth of a second each. */
const MOST_NEW_ACCOUNTS = 200;
const MOST_SHOWN = 100;

const NOTHING: Omit<ImportView, 'dry' | 'problems'> = { added: [], changed: [], deactivated: [], unchanged: 0, passwords: [] };

/** Service points as the desk sees and imports them. */
export function buildOrganisation(store: OrganisationStore, audit: Pick<Audit, 'record'>, now: () => number): OrganisationDesk {
  return {
    async points(q, parent) {
      const points = await store.points();
      const found = points.filter((point) => (q === '' ? point.parent === parent : matches(point, q)));
      const below = new Map<string, number>();
      for (const { parent: above } of points) if (above !== null) below.set(above, (below.get(above) ?? 0) + 1);
      const staff = new Map<string, string[]>();
      for (const { servicePoint, name, blocked } of await store.staff()) {
        if (servicePoint !== null && !blocked) staff.set(servicePoint, [...(staff.get(servicePoint) ?? []), name]);
      }
      const shown = q === '' ? found : found.slice(0, MOST_SHOWN);
      const view = (point: ServicePoint): PointView => {
        const hours = hoursOfPoint(points, point.path);
        const { code, name, tier, parent: above, address, phone, active } = point;
        const open = workingTime(hours, dutyCalendar).isOpen(now());
        return {
          code,
          name,
          tier,
          parent: above,
          address,
          phone,
          hours: hoursText(hours),
          open,
          active,
          below: below.get(code) ?? 0,
          staff: staff.get(code) ?? [],
        };
      };
      return { points: shown.map(view), more: shown.length < found.length, total: points.length };
    },
    async import(kind, bytes, { dry, by, mayGiveRights }) {
      const table = readTable(bytes, kind === 'points' ? '服务点的表' : '人员的表');
      const planned = await planImport(store, kind === 'points' ? { points: table } : { staff: table });
      if (!planned.ok) return { ...NOTHING, dry, problems: planned.problems.map(({ line, text }) => ({ line, text })) };
      const { plan } = planned;
      if (plan.staff?.touchesRights === true && !mayGiveRights) {
        throw new BaimiError('forbidden', '这张表要新建账号或者改角色，只有管理员能收。怎么改：请管理员来收，或者只改服务点、擅长、电话');
      }
      if ((plan.staff?.added.length ?? 0) > MOST_NEW_ACCOUNTS) {
        throw new BaimiError(
          'bad-request',
          `一次最多新建 ${String(MOST_NEW_ACCOUNTS)} 个账号。怎么改：分几张表，或者在服务器上运行 baimi organisation import`,
        );
      }
      const accounts = dry ? [] : await applyImport(store, plan, { now });
      const { added, changed, deactivated, unchanged } = plan.points ?? plan.staff ?? { ...NOTHING };
      if (!dry) {
        const detail = { table: kind, added: added.length, changed: changed.length, deactivated: deactivated.length };
        await audit.record({ staffId: by, action: 'organisation-change', subject: 'organisation', detail });
      }
      return { dry, problems: [], added, changed, deactivated, unchanged, passwords: accounts };
    },
  };
}

function matches({ code, name, address, phone }: ServicePoint, q: string): boolean {
  return code === q || [name, address, phone].some((text) => text.includes(q));
}

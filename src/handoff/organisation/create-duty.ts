import { randomUUID } from 'node:crypto';
import { mayDo, takesOn } from '../../domain/access.js';
import { BaimiError } from '../../domain/errors.js';
import { dayStart, isoDay, startOfDay } from '../working-time.js';
import type { Absence, DutyCalendar, DutyDesk, KnownStaff, OrganisationStore } from './ports.js';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A night and half a day; longer was mistyped. */
const LONGEST_SHIFT_MS = 24 * 3600_000;
const LONGEST_ABSENCE_DAYS = 370;
/** Colleagues and people that a list holds. */
const MOST_PEOPLE = 300;

/** Duty, leave, and who is there now. Who may arrange it is for the routes to say; one's own leave everybody enters. */
export function createDuty(store: OrganisationStore, calendar: DutyCalendar, now: () => number): DutyDesk {
  const person = async (id: string): Promise<KnownStaff> => {
    const found = (await store.staff()).find((member) => member.id === id && !member.blocked);
    if (!found) throw new BaimiError('bad-request', '没有这位同事，或者账号停用了。请刷新后再选。');
    return found;
  };

  const addShift: DutyDesk['addShift'] = async (by, shift) => {
    const member = await person(shift.staffId);
    const point = (await store.points()).find(({ code, active }) => code === shift.pointCode && active);
    if (!point) throw new BaimiError('bad-request', `没有服务点 ${shift.pointCode}，或者停用了。请刷新后再选。`);
    if (!point.path.startsWith(member.reach)) {
      throw new BaimiError('bad-request', `${member.name}管不到${point.name}。怎么改：换一位，或者先改这位的服务点`);
    }
    if (shift.endsAt <= shift.startsAt || shift.endsAt - shift.startsAt > LONGEST_SHIFT_MS) {
      throw new BaimiError('bad-request', '下班要在上班以后，一班最长 24 小时。请核对时间。');
    }
    const others = await store.shifts(shift.startsAt, shift.endsAt);
    if (others.some(({ staffId }) => staffId === shift.staffId)) throw new BaimiError('conflict', `${member.name}这段时间已经排了班。`);
    await store.addShifts([{ ...shift, id: randomUUID() }], by.id, now());
  };

  return {
    addShift,
    async week(by, week, pointCode) {
      const arranges = mayDo(by, 'organise');
      const monday = mondayOf(week);
      const points = await store.points();
      const point = arranges && pointCode !== null ? points.find(({ code }) => code === pointCode) : undefined;
      if (arranges && pointCode !== null && !point) throw new BaimiError('bad-request', `没有服务点 ${pointCode}。请重新选。`);
      const [staff, shifts, absences] = [
        await store.staff(),
        await store.shifts(monday, monday + WEEK_MS),
        await store.absences(isoDay(Math.min(monday, startOfDay(now())))),
      ];
      const names = new Map(staff.map(({ id, name }) => [id, name]));
      const pointNames = new Map(points.map(({ code, name }) => [code, name]));
      const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
      const shown = point
        ? shifts.filter((shift) => shift.pointCode === point.code)
        : shifts.filter(({ staffId }) => staffId === by.id || isDeputyOf(by.id, staffId, absences));
      const here = new Set(shown.map(({ staffId }) => staffId));
      const awayOn = (staffId: string, at: number): Absence | undefined => absences.find((absence) => covers(absence, staffId, isoDay(at)));
      const current = await store.shifts(now(), now() + 1);
      const people = point ? staff.filter(({ blocked, reach }) => !blocked && point.path.startsWith(reach)) : [];
      return {
        week: isoDay(monday),
        point: point ? { code: point.code, name: point.name } : null,
        days: Array.from({ length: 7 }, (_, index) => isoDay(monday + index * DAY_MS)).map((day) => ({
          day,
          working: calendar.isWorkingDay(day),
        })),
        shifts: shown.map(({ id, staffId, pointCode: code, startsAt, endsAt }) => ({
          id,
          staffId,
          name: names.get(staffId) ?? '',
          pointName: pointNames.get(code) ?? code,
          startsAt,
          endsAt,
          mine: staffId === by.id,
          deputyName: nameOf(awayOn(staffId, startsAt)?.deputy ?? null),
        })),
        absences: absences
          .filter(
            ({ staffId, deputy }) =>
              staffId === by.id ||
              deputy === by.id ||
              (arranges && (point === undefined || here.has(staffId) || people.some(({ id }) => id === staffId))),
          )
          .map(({ id, staffId, fromDay, toDay, deputy, reason }) => ({
            id,
            staffId,
            name: names.get(staffId) ?? '',
            fromDay,
            toDay,
            deputyName: nameOf(deputy),
            reason: arranges || staffId === by.id ? reason : '',
            mine: staffId === by.id,
          })),
        // the nearest to the point first
        people: people
          .sort((a, b) => b.reach.length - a.reach.length || (a.login < b.login ? -1 : 1))
          .slice(0, MOST_PEOPLE)
          .map(({ id, name }) => ({ id, name })),
        onDutyNow: [
          ...new Set(
            current
              .filter(({ pointCode: code }) => !point || code === point.code)
              .flatMap(({ staffId }) => {
                const absence = awayOn(staffId, now());
                return nameOf(absence ? absence.deputy : staffId) ?? [];
              }),
          ),
        ],
        mayArrange: arranges,
      };
    },
    async removeShift(id) {
      if (!(await store.removeShift(id))) throw new BaimiError('not-found', '这一班已经不在了。请刷新。');
    },
    async copyLastWeek(by, week, pointCode) {
      const monday = mondayOf(week);
      const there = await store.shifts(monday, monday + WEEK_MS);
      const able = new Set((await store.staff()).filter(({ blocked }) => !blocked).map(({ id }) => id));
      const copies = (await store.shifts(monday - WEEK_MS, monday))
        .filter((shift) => shift.pointCode === pointCode && shift.startsAt >= monday - WEEK_MS && able.has(shift.staffId))
        .map((shift) => ({ ...shift, id: randomUUID(), startsAt: shift.startsAt + WEEK_MS, endsAt: shift.endsAt + WEEK_MS }))
        .filter(
          (copy) => !there.some((other) => other.staffId === copy.staffId && other.startsAt < copy.endsAt && copy.startsAt < other.endsAt),
        );
      await store.addShifts(copies, by.id, now());
      return copies.length;
    },
    async addAbsence(by, absence) {
      if (absence.staffId !== by.id && !mayDo(by, 'organise')) throw new BaimiError('forbidden', '只能给自己请假。');
      const days = (dayStart(absence.toDay) - dayStart(absence.fromDay)) / DAY_MS;
      if (days < 0 || days > LONGEST_ABSENCE_DAYS)
        throw new BaimiError('bad-request', '请假的结束日子不能早于开始，最长一年。请核对日子。');
      if (absence.toDay < isoDay(now())) throw new BaimiError('bad-request', '这几天已经过去了。请核对日子。');
      const who = await person(absence.staffId);
      if (absence.deputy !== null) {
        const deputy = await person(absence.deputy);
        if (deputy.id === who.id) throw new BaimiError('bad-request', '代班的人不能是自己。请换一位。');
        if (!who.roles.some((role) => deputy.roles.includes(role))) {
          throw new BaimiError('bad-request', `${deputy.name}的角色和${who.name}不一样，代不了。请换一位。`);
        }
      }
      await store.addAbsence({ ...absence, id: randomUUID() }, now());
    },
    async removeAbsence(by, id) {
      const absence = (await store.absences('')).find((one) => one.id === id);
      if (!absence) throw new BaimiError('not-found', '这次请假已经不在了。请刷新。');
      if (absence.staffId !== by.id && !mayDo(by, 'organise')) throw new BaimiError('forbidden', '只能取消自己的请假。');
      await store.removeAbsence(id);
    },
    async colleagues(kind) {
      const [staff, loads, shifts, absences] = [
        await store.staff(),
        await store.loads(),
        await store.shifts(now(), now() + 1),
        await store.absences(isoDay(now())),
      ];
      const today = isoDay(now());
      const away = new Set(
        absences.filter(({ staffId }) => absences.some((absence) => covers(absence, staffId, today))).map(({ staffId }) => staffId),
      );
      const onDuty = new Set(
        shifts.flatMap(({ staffId }) => {
          const absence = absences.find((one) => covers(one, staffId, today));
          return absence ? (absence.deputy ?? []) : staffId;
        }),
      );
      return staff
        .filter((member) => !member.blocked && (kind === null || takesOn(member, kind)))
        .map(({ id, name, roles }) => ({ id, name, roles, onDuty: onDuty.has(id), away: away.has(id), load: loads.get(id) ?? 0 }))
        .sort((a, b) => Number(a.away) - Number(b.away) || Number(b.onDuty) - Number(a.onDuty) || a.load - b.load)
        .slice(0, MOST_PEOPLE);
    },
  };
}

/** Midnight of the Monday of a day's week. @throws BaimiError `bad-request` */
export function mondayOf(day: string): number {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? dayStart(day) : NaN;
  if (Number.isNaN(start)) throw new BaimiError('bad-request', '日子要写成 2026-11-23 这样。');
  const weekday = (Math.floor((start + 8 * 3600_000) / DAY_MS) + 3) % 7;
  return start - weekday * DAY_MS;
}

function covers({ staffId, fromDay, toDay }: Absence, of: string, day: string): boolean {
  return staffId === of && fromDay <= day && day <= toDay;
}

function isDeputyOf(id: string, staffId: string, absences: readonly Absence[]): boolean {
  return absences.some((absence) => absence.staffId === staffId && absence.deputy === id);
}

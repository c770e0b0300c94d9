import type { Role } from '../../domain/access.js';
import type { TicketKind } from '../../domain/answer.js';
import type { ColleagueView } from '../../domain/desk-views.js';
import type { DutyView, ImportView, PointsView } from '../../domain/organisation-views.js';
import type { ServicePoint } from '../../domain/service-point.js';

/** The calendar of working days, of ISO days in China. */
export interface DutyCalendar {
  /** Worked: Monday to Friday without statutory holidays, and weekends that are worked in their stead (调休). */
  isWorkingDay(day: string): boolean;
  /** A statutory holiday or its leave, not an ordinary weekend. */
  isHoliday(day: string): boolean;
}

/** A table as somebody keeps it, with the lines by which errors are told. */
export interface Table {
  /** Of the file. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** What keeps a table from being imported: where, what, and what to do. */
export interface TableProblem {
  readonly table: string;
  /** Null: the table as a whole. */
  readonly line: number | null;
  readonly text: string;
}

/** A member of staff as a table of staff names one. */
export interface StaffEntry {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Null: the whole bureau. */
  readonly servicePoint: string | null;
  readonly skills: readonly string[];
  readonly phone: string;
}

export interface KnownStaff extends StaffEntry {
  readonly id: string;
  readonly reach: string;
  readonly blocked: boolean;
}

/** A shift at a service point; instants in milliseconds since the epoch. */
export interface Shift {
  readonly id: string;
  readonly staffId: string;
  readonly pointCode: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Days (ISO, both included) on which somebody is away. */
export interface Absence {
  readonly id: string;
  readonly staffId: string;
  readonly fromDay: string;
  readonly toDay: string;
  /** Who takes their duty and what is offered to them. */
  readonly deputy: string | null;
  readonly reason: string;
}

/** What somebody on duty is told at the desk. */
export interface Notice {
  readonly id: string;
  readonly staffId: string;
  readonly ticketNumber: string | null;
  readonly text: string;
  readonly at: number;
  readonly readAt: number | null;
}

/** What an import of points changes; all of it or nothing is stored. */
export interface PointChanges {
  /** Added and changed, in an order in which each comes after its parent; those taken out of use with `active` false. */
  readonly put: readonly ServicePoint[];
  /** Paths that are other ones from now on: of points, and of what stands under them. */
  readonly moved: readonly { readonly code: string; readonly from: string; readonly to: string }[];
}

/** A new account, or what changes of one; its password only where it is new. */
export interface StaffChange extends StaffEntry {
  readonly id: string;
  readonly reach: string;
  readonly passwordHash: string | null;
}

/** What organisation and duty need of a store. */
export interface OrganisationStore {
  points(): Promise<readonly ServicePoint[]>;
  staff(): Promise<readonly KnownStaff[]>;
  /** Stores points, and moves staff and open tickets along with a point whose path changes. */
  putPoints(changes: PointChanges, at: number): Promise<void>;
  putStaff(changes: readonly StaffChange[], at: number): Promise<void>;
  /** Shifts that touch a time. */
  shifts(from: number, to: number): Promise<readonly Shift[]>;
  addShifts(shifts: readonly Shift[], madeBy: string, at: number): Promise<void>;
  /** @returns false: there is none */
  removeShift(id: string): Promise<boolean>;
  /** Absences that end on a day or later. */
  absences(fromDay: string): Promise<readonly Absence[]>;
  addAbsence(absence: Absence, at: number): Promise<void>;
  removeAbsence(id: string): Promise<boolean>;
  /** Tickets in the hands of each. */
  loads(): Promise<ReadonlyMap<string, number>>;
  /** The newest hundred of one's own, newest first. */
  notices(staffId: string): Promise<readonly Notice[]>;
  readNotices(staffId: string, at: number): Promise<void>;
}

/** Service points as the desk sees and imports them. */
export interface OrganisationDesk {
  /** Those that words find, or without words those right below a point (null: the top). */
  points(q: string, parent: string | null): Promise<PointsView>;
  /**
   * Says what a table would change, and unless it is a rehearsal, stores it.
   * @throws BaimiError `bad-request` for what is no table, `forbidden` where it gives rights that are not the importer's to give
   */
  import(
    table: 'points' | 'staff',
    bytes: Uint8Array,
    how: { readonly dry: boolean; readonly by: string; readonly mayGiveRights: boolean },
  ): Promise<ImportView>;
}

/** Who asks for duty, as far as rights go. */
export type Asker = Pick<KnownStaff, 'id' | 'roles'>;

/** Duty, leave and colleagues as the desk sees and arranges them. */
export interface DutyDesk {
  /**
   * A week of duty: at a point for whoever arranges it, else one's own.
   * @param week any ISO day of it
   * @throws BaimiError `bad-request`
   */
  week(by: Asker, week: string, point: string | null): Promise<DutyView>;
  /** @throws BaimiError `bad-request`, `conflict` where the shifts overlap */
  addShift(by: Asker, shift: Omit<Shift, 'id'>): Promise<void>;
  removeShift(id: string): Promise<void>;
  /** Puts the shifts of the week before into this one, where they do not overlap what is there. @returns how many */
  copyLastWeek(by: Asker, week: string, point: string): Promise<number>;
  /** One's own, or for whoever arranges duty anybody's. @throws BaimiError `bad-request`, `forbidden` */
  addAbsence(by: Asker, absence: Omit<Absence, 'id'>): Promise<void>;
  removeAbsence(by: Asker, id: string): Promise<void>;
  /** Who takes on a kind of ticket, those on duty and with least to do first. */
  colleagues(kind: TicketKind | null): Promise<ColleagueView[]>;
}

/** What the desk's page and the server say to each other of service points, duty and notices. */
import type { PointTier } from './service-point.js';

/** GET /api/desk/organisation/points?q=&parent= */
export interface PointsView {
  readonly points: readonly PointView[];
  /** More were found than are shown. */
  readonly more: boolean;
  readonly total: number;
}

export interface PointView {
  readonly code: string;
  readonly name: string;
  readonly tier: PointTier;
  readonly parent: string | null;
  readonly address: string;
  readonly phone: string;
  /** As people read it, its own or that of the point above. */
  readonly hours: string;
  readonly open: boolean;
  readonly active: boolean;
  /** Points right below. */
  readonly below: number;
  /** Staff who serve it. */
  readonly staff: readonly string[];
}

/** POST /api/desk/organisation/import?table=points|staff&dry=1 with a CSV as the form's file. */
export interface ImportView {
  readonly dry: boolean;
  readonly problems: readonly { readonly line: number | null; readonly text: string }[];
  readonly added: readonly ImportedView[];
  readonly changed: readonly ImportedView[];
  readonly deactivated: readonly ImportedView[];
  readonly unchanged: number;
  /** Of new accounts; shown once. */
  readonly passwords: readonly { readonly login: string; readonly name: string; readonly password: string }[];
}

export interface ImportedView {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly string[];
}

/** GET /api/desk/duty?week=&point= : the week from a Monday (ISO day) on. */
export interface DutyView {
  readonly week: string;
  /** Null: one's own shifts, at all points. */
  readonly point: { readonly code: string; readonly name: string } | null;
  readonly days: readonly { readonly day: string; readonly working: boolean }[];
  readonly shifts: readonly ShiftView[];
  readonly absences: readonly AbsenceView[];
  /** Who can be put on duty there; for the officer. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly onDutyNow: readonly string[];
  /** May enter shifts and other people's leave. */
  readonly mayArrange: boolean;
}

export interface ShiftView {
  readonly id: string;
  readonly staffId: string;
  readonly name: string;
  readonly pointName: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly mine: boolean;
  /** Stands in for them, because they are away. */
  readonly deputyName: string | null;
}

export interface AbsenceView {
  readonly id: string;
  readonly staffId: string;
  readonly name: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly deputyName: string | null;
  readonly reason: string;
  readonly mine: boolean;
}

/** GET /api/desk/notices */
export interface NoticesView {
  readonly unread: number;
  readonly notices: readonly {
    readonly id: string;
    readonly ticketNumber: string | null;
    readonly text: string;
    readonly at: number;
    readonly read: boolean;
  }[];
}

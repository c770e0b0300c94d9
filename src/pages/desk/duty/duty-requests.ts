import type { DutyView, NoticesView } from '../../../domain/organisation-views.js';
import type { DeskClient } from '../desk-client.js';

export interface NewShift {
  readonly staffId: string;
  readonly pointCode: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface NewAbsence {
  /** Null: myself. */
  readonly staffId: string | null;
  readonly fromDay: string;
  readonly toDay: string;
  readonly deputy: string | null;
  readonly reason: string;
}

export const dutyRequests = {
  week: (client: DeskClient, week: string, point: string | null): Promise<DutyView> =>
    client.get<DutyView>(`/duty?${new URLSearchParams({ week, ...(point === null ? {} : { point }) }).toString()}`),
  addShift: (client: DeskClient, shift: NewShift): Promise<unknown> => client.post('/duty', shift),
  removeShift: (client: DeskClient, id: string): Promise<unknown> => client.post(`/duty/${encodeURIComponent(id)}/remove`, {}),
  copyLastWeek: async (client: DeskClient, week: string, point: string): Promise<number> =>
    (await client.post<{ readonly copied: number }>('/duty/copy', { week, point })).copied,
  addAbsence: (client: DeskClient, absence: NewAbsence): Promise<unknown> => client.post('/absences', absence),
  removeAbsence: (client: DeskClient, id: string): Promise<unknown> => client.post(`/absences/${encodeURIComponent(id)}/remove`, {}),
  notices: (client: DeskClient): Promise<NoticesView> => client.get<NoticesView>('/notices'),
  readNotices: (client: DeskClient): Promise<unknown> => client.post('/notices/read', {}),
};

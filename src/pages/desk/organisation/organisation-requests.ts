import type { ImportView, PointsView } from '../../../domain/organisation-views.js';
import type { DeskClient } from '../desk-client.js';

export type TableKind = 'points' | 'staff';

export const organisationRequests = {
  /** Those that words find, or those right below a point (null: the top). */
  points: (client: DeskClient, q: string, parent: string | null): Promise<PointsView> => {
    const query = new URLSearchParams(q === '' ? (parent === null ? {} : { parent }) : { q });
    return client.get<PointsView>(`/organisation/points?${query.toString()}`);
  },
  import: (client: DeskClient, table: TableKind, file: File, dry: boolean): Promise<ImportView> =>
    client.upload<ImportView>(`/organisation/import?table=${table}&dry=${dry ? '1' : '0'}`, file),
};

import type { Dimension, FigureTicketsView, FiguresView } from '../../../domain/figures.js';
import type { DeskClient } from '../desk-client.js';

/** A figure, or one row of it, whose tickets are to be seen. */
export interface FigureLink {
  readonly figure: string;
  readonly by?: Dimension | undefined;
  readonly key?: string | undefined;
}

/** Throws RequestError, as the next one. */
export function readFigures(client: DeskClient, month: string): Promise<FiguresView> {
  return client.get<FiguresView>(`/figures?${new URLSearchParams({ month }).toString()}`);
}

export function readFigureTickets(client: DeskClient, month: string, link: FigureLink, after: string | null): Promise<FigureTicketsView> {
  const query = new URLSearchParams({ month, figure: link.figure });
  if (link.by !== undefined && link.key !== undefined) {
    query.set('by', link.by);
    query.set('key', link.key);
  }
  if (after !== null) query.set('after', after);
  return client.get<FigureTicketsView>(`/figures/tickets?${query.toString()}`);
}

/** Files that leave the desk; each download is recorded. */
export const DOWNLOADS = [
  { file: 'report.docx', name: '月报（Word）' },
  { file: 'figures.xlsx', name: '数据和工单（Excel）' },
  { file: 'figures.csv', name: '数据（CSV）' },
  { file: 'tickets.csv', name: '工单（CSV）' },
] as const;

export function downloadAddress(file: string, month: string): string {
  return `/api/desk/figures/${file}?${new URLSearchParams({ month }).toString()}`;
}

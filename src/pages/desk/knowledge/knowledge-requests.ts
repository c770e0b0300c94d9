import type { KnowledgeDeskView } from '../../../domain/knowledge-views.js';
import type { DeskClient } from '../desk-client.js';

export interface FigureEntry {
  readonly value: number;
  readonly source: string;
  readonly sourceDate: string;
}

/** Requests of the section 知识; each change answers with the whole as it is then. */
export const knowledgeRequests = {
  view: (client: DeskClient) => client.get<KnowledgeDeskView>('/knowledge'),
  verify: (client: DeskClient, key: string, against: string) => client.post<KnowledgeDeskView>('/knowledge/verify', { key, against }),
  withdraw: (client: DeskClient, key: string) => client.post<KnowledgeDeskView>('/knowledge/withdraw', { key }),
  enter: (client: DeskClient, slot: string, entry: FigureEntry) =>
    client.post<KnowledgeDeskView>(`/knowledge/figures/${encodeURIComponent(slot)}`, entry),
  verifyFigure: (client: DeskClient, slot: string) =>
    client.post<KnowledgeDeskView>(`/knowledge/figures/${encodeURIComponent(slot)}/verify`, {}),
};

import type {
  AttachmentView,
  CalculationView,
  CalculatorView,
  CallBody,
  CallView,
  CannedReplyBody,
  CannedReplyView,
  CloseBody,
  ColleagueView,
  DraftView,
  NoteView,
  ProvisionHit,
  TicketExtras,
} from '../../../domain/desk-views.js';
import type { TicketKind } from '../../../domain/answer.js';
import type { TicketView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';

const at = (number: string): string => `/tickets/${encodeURIComponent(number)}`;

export type Inputs = Readonly<Record<string, string | number | boolean | null>>;
/** Moves that name a colleague. */
export type ColleagueMove = 'transfer' | 'invite' | 'uninvite' | 'assign';

/** Requests of the tools around a ticket. Each throws RequestError. */
export const toolRequests = {
  extras: (client: DeskClient, number: string): Promise<TicketExtras> => client.get(`${at(number)}/extras`),
  addNote: (client: DeskClient, number: string, note: { readonly id: string; readonly text: string }): Promise<NoteView> =>
    client.post(`${at(number)}/notes`, note),
  draft: (client: DeskClient, number: string): Promise<DraftView> => client.post(`${at(number)}/draft`, {}),
  provisions: async (client: DeskClient, q: string): Promise<readonly ProvisionHit[]> =>
    (await client.get<{ readonly hits: readonly ProvisionHit[] }>(`/provisions?q=${encodeURIComponent(q)}`)).hits,
  /** Filled in for a ticket. */
  canned: async (client: DeskClient, number: string): Promise<readonly CannedReplyView[]> =>
    (await client.get<{ readonly replies: readonly CannedReplyView[] }>(`/canned-replies?ticket=${encodeURIComponent(number)}`)).replies,
  saveCanned: (client: DeskClient, reply: CannedReplyBody): Promise<CannedReplyView> => client.post('/canned-replies', reply),
  removeCanned: (client: DeskClient, id: string): Promise<unknown> => client.post(`/canned-replies/${encodeURIComponent(id)}/remove`, {}),
  calculators: async (client: DeskClient): Promise<readonly CalculatorView[]> =>
    (await client.get<{ readonly calculators: readonly CalculatorView[] }>('/calculators')).calculators,
  calculate: (client: DeskClient, id: string, inputs: Inputs): Promise<CalculationView> =>
    client.post(`/calculators/${encodeURIComponent(id)}`, { inputs }),
  colleagues: async (client: DeskClient, kind: TicketKind): Promise<readonly ColleagueView[]> =>
    (await client.get<{ readonly colleagues: readonly ColleagueView[] }>(`/colleagues?kind=${kind}`)).colleagues,
  giveTo: (client: DeskClient, number: string, move: ColleagueMove, staffId: string): Promise<TicketView> =>
    client.post(`${at(number)}/${move}`, { staffId }),
  askPapers: (
    client: DeskClient,
    number: string,
    asked: { readonly id: string; readonly papers: readonly string[]; readonly words: string },
  ): Promise<TicketView> => client.post(`${at(number)}/ask-papers`, asked),
  close: (client: DeskClient, number: string, end: CloseBody): Promise<TicketView> => client.post(`${at(number)}/close`, end),
  openCall: (client: DeskClient, call: CallBody): Promise<CallView> => client.post('/tickets', call),
  upload: (client: DeskClient, number: string, file: File): Promise<AttachmentView> => client.upload(`${at(number)}/attachments`, file),
};

export function attachmentAddress(number: string, id: string): string {
  return `/api/desk${at(number)}/attachments/${encodeURIComponent(id)}`;
}

/** An image to be shown, not kept. */
export function imageAddress(number: string, id: string): string {
  return `${attachmentAddress(number, id)}?inline=1`;
}

/** A page to be printed. */
export function referralAddress(number: string): string {
  return `/api/desk${at(number)}/referral`;
}

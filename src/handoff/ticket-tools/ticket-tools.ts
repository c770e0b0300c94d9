import { oversees } from '../../domain/access.js';
import type { AttachmentView } from '../../domain/desk-views.js';
import type { Message } from '../../domain/message.js';
import type { Actor, HandoffUnitOfWork, StoredTicket } from '../ports.js';
import type { Attachments, MatterReader, NoteStore, PointReader, StoredAttachment, TicketTools } from './ports.js';

export interface TicketToolsDeps {
  readonly store: HandoffUnitOfWork;
  readonly notes: NoteStore;
  readonly attachments: Pick<Attachments, 'of'>;
  readonly points: PointReader;
  readonly matters: MatterReader;
  readonly staffNames: () => Promise<ReadonlyMap<string, string>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** ISO day in China. */
  readonly dayOf: (at: number) => string;
}

const GONE = '已离开的同事';
const SHOWN_DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric' });

/** What lawyers have beside a ticket. */
export function createTicketTools(deps: TicketToolsDeps): TicketTools {
  const wordsOf = (messages: readonly Message[]): string[] =>
    messages.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text] : []));

  return {
    wordsOf,
    async extras(by, { ticket, messages }) {
      const { brief, kind } = ticket;
      const day = deps.dayOf(deps.now());
      const [names, notes, files, point, satisfaction] = await Promise.all([
        deps.staffNames(),
        deps.notes.of(ticket.number),
        deps.attachments.of(ticket.conversationId),
        ticket.pointPath === '/' ? null : deps.points.byPath(ticket.pointPath),
        deps.store.handoff((stores) => stores.satisfaction.answerOf(ticket.number)),
      ]);
      const asked = ticket.details?.papers ?? [];
      return {
        details: ticket.details,
        result: ticket.result,
        pointName: point?.name ?? null,
        members: ticket.members.map((id) => ({ id, name: names.get(id) ?? GONE })),
        mayWrite: mayWrite(by, ticket),
        mayAssign: oversees(by, ticket),
        wantedName: ticket.wantedStaff === null ? null : (names.get(ticket.wantedStaff) ?? GONE),
        deadlines: deps.matters.deadlines(brief, day),
        papers:
          asked.length > 0
            ? asked.map((name) => ({ name, held: null }))
            : deps.matters.papers({ brief, kind, words: wordsOf(messages) }, day),
        notes: notes.map(({ id, staffId, text, at }) => ({ id, by: names.get(staffId) ?? GONE, text, at })),
        attachments: files.map((file) => attachmentView(file, names)),
        satisfaction,
      };
    },
    async note(by, ticketNumber, id, text) {
      const note = { id: `${by.id}:${id}`, ticketNumber, staffId: by.id, text, at: deps.now() };
      // looked up before: a unit of work has the only connection that SQLite gives
      const earlier = (await deps.notes.of(ticketNumber)).find((one) => one.id === note.id);
      if (!earlier) {
        const entry = { staffId: by.id, action: 'ticket-note', subject: `ticket:${ticketNumber}` } as const;
        await deps.store.handoff(({ audit }) => audit.append(entry, note.at));
      }
      const kept = await deps.notes.add(earlier ?? note);
      return { id: kept.id, by: by.name, text: kept.text, at: kept.at };
    },
    async replyValues(by, ticket) {
      const point = ticket.pointPath === '/' ? null : await deps.points.byPath(ticket.pointPath);
      return {
        // the person's name is not shown at the desk without a reason
        称呼: '您',
        我的名字: by.name,
        工单号: ticket.number,
        服务点: point?.name ?? null,
        服务点电话: point === null || point.phone === '' ? null : point.phone,
        今天: SHOWN_DAY.format(deps.now()),
      };
    },
  };
}

/** Who holds an open ticket writes to the citizen; who was invited reads along and takes notes. */
function mayWrite(by: Actor, ticket: StoredTicket): boolean {
  return ticket.holder === by.id && ticket.state !== 'closed' && ticket.state !== 'queued';
}

export function attachmentView(file: StoredAttachment, names: ReadonlyMap<string, string>): AttachmentView {
  const { id, name, type, size, staffId, at } = file;
  return { id, name, type, size, by: staffId === null ? null : (names.get(staffId) ?? GONE), at };
}

import { randomUUID } from 'node:crypto';
import { createAttachmentStore } from './adapters/database/attachment-store.js';
import { createCannedStore } from './adapters/database/canned-store.js';
import { createNoteStore } from './adapters/database/note-store.js';
import { createPointReader } from './adapters/database/point-reader.js';
import { createQueueStore } from './adapters/database/queue-store.js';
import { createAttachmentFiles } from './adapters/files/attachments/attachment-files.js';
import { readCannedReplies } from './adapters/files/read-canned-replies.js';
import type { App } from './app.js';
import { dayInChina } from './app.js';
import type { DeskConsultation } from './consultation/desk/ports.js';
import type { HandoffUnitOfWork } from './handoff/ports.js';
import { ATTACHMENT_LIMITS, createAttachments } from './handoff/ticket-tools/attachments.js';
import { createCannedReplies } from './handoff/ticket-tools/canned-replies.js';
import type { Attachments, CannedReplies, PointReader, QueueReader, ReferralPages, TicketTools } from './handoff/ticket-tools/ports.js';
import { createReferralPages } from './handoff/ticket-tools/referral-pages.js';
import { createTicketTools } from './handoff/ticket-tools/ticket-tools.js';
import type { LiveConsultation } from './live-consultation.js';
import type { PhoneCalls } from './messaging/phone/ports.js';
import { createPhoneCalls } from './messaging/phone/take-call.js';
import type { MessagingStore } from './messaging/ports.js';

export interface TicketToolParts {
  readonly config: { readonly knowledgeFolder: string; readonly attachmentsFolder: string };
  readonly db: Parameters<typeof createNoteStore>[0];
  readonly store: MessagingStore & HandoffUnitOfWork;
  readonly app: Pick<App, 'desk' | 'changes'>;
  readonly live: Pick<LiveConsultation, 'consult' | 'desk' | 'remedies'>;
  readonly now: () => number;
}

/** What lawyers work with, as the web server is handed it. */
export interface TicketToolSet {
  readonly queue: QueueReader;
  readonly ticketTools: TicketTools;
  readonly canned: CannedReplies;
  readonly attachments: Attachments;
  readonly attachmentLimits: typeof ATTACHMENT_LIMITS;
  readonly referralPages: ReferralPages;
  readonly deskConsultation: DeskConsultation;
  readonly phoneCalls: PhoneCalls;
  readonly points: PointReader;
  readonly dayOf: (at: number) => string;
}

/** Wires the tools of the desk. @throws BaimiError `bad-knowledge` where the pack's canned replies cannot be read */
export function buildTicketTools({ config, db, store, app, live, now }: TicketToolParts): TicketToolSet {
  const points = createPointReader(db);
  const attachments = createAttachments({
    store: createAttachmentStore(db),
    files: createAttachmentFiles(config.attachmentsFolder),
    newId: randomUUID,
    now,
  });
  return {
    queue: createQueueStore(db),
    ticketTools: createTicketTools({
      store,
      notes: createNoteStore(db),
      attachments,
      points,
      matters: live.desk,
      staffNames: () => app.desk.staffNames(),
      now,
      dayOf: dayInChina,
    }),
    canned: createCannedReplies({
      store: createCannedStore(db),
      pack: readCannedReplies(config.knowledgeFolder),
      newId: randomUUID,
      now,
    }),
    attachments,
    attachmentLimits: ATTACHMENT_LIMITS,
    referralPages: createReferralPages({ guides: live.desk, points, now, dayOf: dayInChina }),
    deskConsultation: live.desk,
    phoneCalls: createPhoneCalls({
      store,
      consult: live.consult,
      remedies: live.remedies,
      changes: app.changes,
      now,
      dayOf: dayInChina,
    }),
    points,
    dayOf: dayInChina,
  };
}

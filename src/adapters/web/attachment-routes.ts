import { Router, type Request, type Response } from 'express';
import { isTheirs, oversees } from '../../domain/access.js';
import type { AttachmentLimits } from '../../domain/desk-views.js';
import type { Audit } from '../../handoff/audit/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import type { Attachments, StoredAttachment } from '../../handoff/ticket-tools/ports.js';
import { citizenKey, createPace } from './citizen-session.js';
import { route, sendError } from './errors.js';
import type { WebDeps } from './ports.js';
import { receiveUpload } from './receive-upload.js';
import { ticketOf } from './ticket-of.js';

export interface AttachmentRoutesDeps {
  readonly attachments: Attachments;
  readonly attachmentLimits: AttachmentLimits;
  readonly audit: Audit;
}

/** Kinds that a page may show; everything else is only saved. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** Files of a ticket, at the desk. */
export function deskAttachmentRoutes(deps: AttachmentRoutesDeps & WebDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.post(
    '/tickets/:number/attachments',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      const { number, conversationId } = found.ticket;
      if (!isTheirs(staff, found.ticket) && !oversees(staff, found.ticket)) {
        sendError(response, 403, 'forbidden', '请先领取这张工单，再传附件。');
        return;
      }
      const file = await receiveUpload(request, deps.attachmentLimits.mostBytes, (name, content) =>
        deps.attachments.add({ conversationId, staffId: staff.id, name, content }),
      );
      await deps.audit.record({ staffId: staff.id, action: 'attachment-add', subject: `ticket:${number}`, detail: { file: file.id } });
      deps.changes.publish({ type: 'ticket', number, conversationId });
      response.json({ id: file.id, name: file.name, type: file.type, size: file.size, by: staff.name, at: file.at });
    }),
  );
  router.get(
    '/tickets/:number/attachments/:id',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      const file = await fileOf(deps.attachments, request, found.ticket.conversationId);
      if (!file) {
        sendNoSuchFile(response);
        return;
      }
      await deps.audit.recordReading({
        staffId: staff.id,
        action: 'attachment-read',
        subject: `ticket:${found.ticket.number}`,
        detail: { file: file.id },
      });
      await sendFile(deps.attachments, response, file, request.query['inline'] !== undefined);
    }),
  );
  return router;
}

/** A citizen's own files: photographs and papers for the lawyer. */
export function citizenAttachmentRoutes(deps: AttachmentRoutesDeps & WebDeps): Router {
  const router = Router();
  const atHumanPace = createPace();
  router.post(
    '/',
    route(async (request, response) => {
      const key = citizenKey(request, response, deps.secureCookies);
      if (!(await atHumanPace(request, response, key))) return;
      const conversationId = await deps.inbox.conversationId('web', key);
      const ticket = conversationId === null ? null : await deps.desk.latestOf(conversationId);
      if (conversationId === null || !ticket || ticket.state === 'closed') {
        request.resume();
        sendError(response, 409, 'no-ticket', '请先点“找律师”，有了工单再传材料。');
        return;
      }
      const file = await receiveUpload(request, deps.attachmentLimits.mostBytes, (name, content) =>
        deps.attachments.addFromCitizen({ conversationId, name, content }, async (media, { id, name: shown }) => {
          const { message } = await deps.inbox.receive({
            channel: 'web',
            externalKey: `${key}:file:${id}`,
            conversationKey: key,
            content: { type: 'file', media, name: shown },
          });
          return message.id;
        }),
      );
      response.json({ id: file.id, name: file.name, type: file.type, size: file.size, by: null, at: file.at });
    }),
  );
  router.get(
    '/:id',
    route(async (request, response) => {
      const conversationId = await deps.inbox.conversationId('web', citizenKey(request, response, deps.secureCookies));
      const file = conversationId === null ? null : await fileOf(deps.attachments, request, conversationId);
      // what colleagues put with the ticket is theirs
      if (!file || file.staffId !== null) sendNoSuchFile(response);
      else await sendFile(deps.attachments, response, file, request.query['inline'] !== undefined);
    }),
  );
  return router;
}

async function fileOf(attachments: Attachments, request: Request, conversationId: string): Promise<StoredAttachment | null> {
  const id = request.params['id'];
  const file = await attachments.byId(typeof id === 'string' ? id : '');
  return file?.conversationId === conversationId ? file : null;
}

function sendNoSuchFile(response: Response): void {
  sendError(response, 404, 'not-found', '没有这个文件。请刷新后再看。');
}

/** To be saved; an image may be shown. Nothing in it can run, or reach anything of ours. */
async function sendFile(attachments: Attachments, response: Response, file: StoredAttachment, inline: boolean): Promise<void> {
  const shown = inline && SHOWN.has(file.type);
  const content = await attachments.open(file.id);
  response.set({
    'content-type': file.type,
    'content-length': String(file.size),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, percent)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  await new Promise<void>((resolve, reject) => {
    content.on('error', reject);
    response.on('close', resolve);
    content.pipe(response);
  });
}

function percent(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

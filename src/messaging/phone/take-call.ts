import { answerText } from '../../domain/answer-text.js';
import { TICKET_KIND_NAMES, type Answer } from '../../domain/answer.js';
import { maskPersonalData } from '../../domain/mask.js';
import type { ServiceForm } from '../../domain/service-form.js';
import { classifyTurn } from '../../domain/turn.js';
import type { Consult, ConsultationResult } from '../../consultation/consult.js';
import { NEW_CONSULTATION } from '../../consultation/continue-consultation.js';
import { openTicket } from '../../handoff/open-ticket.js';
import type { StoredTicket } from '../../handoff/ports.js';
import type { Changes } from '../channel.js';
import { issuePickupCode } from '../identity/pickup-codes.js';
import { intakeBrief } from '../intake-brief.js';
import { NO_PROFILE } from '../my-data/ports.js';
import type { MessagingStore, MessagingWork } from '../ports.js';
import type { Call, PhoneCalls } from './ports.js';

export interface PhoneCallDeps {
  readonly store: Pick<MessagingStore, 'work' | 'receive'>;
  readonly consult: Consult;
  /** Begins to take away what breaks a consultation and can be had outside of it. */
  readonly remedies: () => (error: unknown) => Promise<boolean>;
  readonly changes: Changes;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly dayOf: (at: number) => string;
}

const MOST_TRIES = 12;
const IN_PROFILE = '（已留，要看请点“看联系方式”）';

/**
 * Calls to 12348, typed in: each is a conversation of its own. The caller's words are kept before anything else; answer, ticket
 * and code are one unit of work, and the same call again is the same ticket.
 */
export function createPhoneCalls({ store, consult, remedies, changes, now, dayOf }: PhoneCallDeps): PhoneCalls {
  return {
    async take(by, call) {
      const key = `${by.id}:${call.id}`;
      const words = { type: 'text', text: call.words } as const;
      const inbound = { channel: 'phone', externalKey: key, conversationKey: key, content: words } as const;
      const { conversationId } = await store.receive(inbound, now());
      const remedy = remedies();
      for (let tries = 1; ; tries++) {
        try {
          const done = await store.work((stores) => takeIn(stores, conversationId, by.id, call, { consult, at: now(), dayOf }));
          changes.publish({ type: 'thread', conversationId });
          changes.publish({ type: 'ticket', number: done.ticket.number, conversationId });
          return { number: done.ticket.number, pickupCode: done.code, readOut: done.readOut };
        } catch (error) {
          if (tries === MOST_TRIES || !(await remedy(error))) throw error;
        }
      }
    },
  };
}

interface Taken {
  readonly ticket: StoredTicket;
  readonly code: string | null;
  readonly readOut: string;
}

async function takeIn(
  stores: MessagingWork,
  conversationId: string,
  by: string,
  call: Call,
  { consult, at, dayOf }: { readonly consult: Consult; readonly at: number; readonly dayOf: (at: number) => string },
): Promise<Taken> {
  const pending = await stores.pending(conversationId, 1);
  const result = consult(call.words, NEW_CONSULTATION, dayOf(at));
  const ticket = (await stores.tickets.latestOf(conversationId)) ?? (await open(stores, conversationId, by, call, result, at));
  const [message] = pending;
  if (message) await answer(stores, conversationId, message.messageId, ticket, result, at);
  const pickup = await issuePickupCode(stores, conversationId, at);
  return { ticket, code: pickup?.code ?? null, readOut: readOut(result.answer) };
}

async function open(
  stores: MessagingWork,
  conversationId: string,
  by: string,
  call: Call,
  result: ConsultationResult,
  at: number,
): Promise<StoredTicket> {
  const { name, phone, village, kind, servicePoint } = call;
  if (name !== '' || phone !== '' || village !== '') {
    await stores.profiles.save(conversationId, { ...NO_PROFILE, name, phone, village }, at);
  }
  if (servicePoint !== null) await stores.routing.bind(conversationId, servicePoint);
  await stores.saveState(conversationId, result.state);
  const conversation = await stores.conversation(conversationId);
  const brief = await intakeBrief(stores, conversation, result);
  const reason = result.answer.kind === 'handoff' ? result.answer.reason : 'human-wanted';
  const details = detailsOf(call);
  const ticket = await openTicket(stores, { conversationId, kind, reason, brief, details, openedBy: by }, at);
  await stores.audit.append(
    { staffId: by, action: 'ticket-open', subject: `ticket:${ticket.number}`, detail: { kind, channel: 'phone' } },
    at,
  );
  return ticket;
}

async function answer(
  stores: MessagingWork,
  conversationId: string,
  messageId: number,
  ticket: StoredTicket,
  result: ConsultationResult,
  at: number,
): Promise<void> {
  await stores.answer(conversationId, messageId, { type: 'answer', answer: result.answer, ticketNumber: ticket.number }, at);
  const counted = classifyTurn({ answer: result.answer, held: false, topic: result.trace.topic, ticketNumber: ticket.number });
  await stores.recordTurn({ messageId, conversationId, at, channel: 'phone', ...counted, ticketNumber: ticket.number });
  await stores.finish(messageId);
}

/** Name and telephone stand in the profile only. */
function detailsOf({ name, phone, village, kind }: Call): ServiceForm {
  const line = (id: string, label: string, value: string): ServiceForm['answers'] => (value === '' ? [] : [{ id, label, value }]);
  return {
    form: 'call',
    kind,
    answers: [
      ...line('kind', '来电要办的事', TICKET_KIND_NAMES[kind]),
      ...line('name', '称呼', name === '' ? '' : IN_PROFILE),
      ...line('phone', '电话', phone === '' ? '' : IN_PROFILE),
      ...line('village', '村（社区）', maskPersonalData(village)),
    ],
    findings: [],
    papers: [],
  };
}

/** What an operator says: the answer without what only a page can show. */
function readOut(answer: Answer): string {
  const text = answerText(answer);
  return text.endsWith(answer.notice) ? text.slice(0, -answer.notice.length).trimEnd() : text;
}

import type { Inbox, Outgoing } from '../../messaging/channel.js';
import type { Collected, Delivery } from '../../messaging/delivery/ports.js';
import type { Inbound } from '../../domain/message.js';
import type { Reply } from './exchanges.js';
import { LINK_IDS, type Pushed } from './to-inbound.js';
import { TEXT_BYTES, byteLength, link, shownText, splitText } from './from-outgoing.js';
import type { PassiveSlots } from './passive-slots.js';
import { withinTime, type Deadline } from './within-time.js';

export interface ReplyDeps {
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly delivery: Delivery;
  /** Null where the account may not send by itself: then all that waits leaves in replies. */
  readonly slots: PassiveSlots | null;
  readonly onError: (error: unknown, part: string) => void;
}

const CHANNEL = 'official-account';
/** For what has to be done between the end of the wait and the reply. */
const SPARE_MS = 150;
/** Pauses between tries to store a message, in milliseconds. */
const STORE_PAUSES = [50, 200, 500, 1000];

export const TEXTS = {
  pending: `正在查依据，还要一会儿。过几秒${link('答案', LINK_IDS.pickup, '点这里看答复')}，或者回复“答案”。`,
  more: `\n还有内容，${link('继续', LINK_IDS.pickup, '点这里接着看')}，或者回复“继续”。`,
  nothing: '现在没有等着你的答复。请直接说你遇到的事，想找真人就回复“找律师”。',
  notStored: '系统这会儿太忙，你刚才那句话没有收到。请过一会儿再发一次。事情紧急请直接打 12348 法律援助热线，有危险先打 110。',
} as const;

type Pushing = Extract<Pushed, { kind: 'inbound' }>;

const only = (text: string | null, again = false): Reply => ({ text, again, settle: () => Promise.resolve() });

/**
 * What a push is answered with, in time whatever breaks: it is stored first; then what waits for the person leaves with it.
 * Never throws.
 */
export async function workOutReply(deps: ReplyDeps, push: Pushing, deadline: Deadline): Promise<Reply> {
  try {
    return deps.slots ? await throughSlot(deps, deps.slots, push, deadline) : await collected(deps, push, deadline);
  } catch (error) {
    deps.onError(error, 'reply');
    return only(TEXTS.pending, true);
  }
}

/** For an account that may send: the first text that delivery sends leaves through the open request. */
async function throughSlot(deps: ReplyDeps, slots: PassiveSlots, push: Pushing, deadline: Deadline): Promise<Reply> {
  const slot = slots.open(push.inbound.conversationKey);
  const stored = await store(deps, push.inbound, deadline);
  // of a repeated push the answer has left already, or is under way by itself
  const text = stored === 'new' ? await slot.text(deadline.left() - SPARE_MS) : await slot.text(0);
  if (stored === 'not-stored' && text === null) return only(TEXTS.notStored, true);
  return {
    text,
    again: false,
    settle(accepted) {
      // a text that came too late for this reply has not left with it
      slot.settle(accepted && text !== null);
      return Promise.resolve();
    },
  };
}

/** For an account that may only reply: what waits leaves with the reply, the rest at the next message. */
async function collected(deps: ReplyDeps, push: Pushing, deadline: Deadline): Promise<Reply> {
  const { inbound, wantsAnswer } = push;
  if (wantsAnswer !== 'no') {
    const waiting = await collect(deps, inbound.conversationKey, deadline, wantsAnswer);
    if (waiting !== null) return waiting;
    if (wantsAnswer === 'tap') return only(TEXTS.nothing);
  }
  if ((await store(deps, inbound, deadline)) === 'not-stored') return only(TEXTS.notStored, true);
  return (await collect(deps, inbound.conversationKey, deadline, 'no')) ?? only(null);
}

/** Null: nothing waits, and nothing is being worked out. */
async function collect(deps: ReplyDeps, openId: string, deadline: Deadline, wanted: Pushing['wantsAnswer']): Promise<Reply | null> {
  const look = wanted === 'maybe' ? await gather(deps, openId, 0, deadline) : null;
  if (look !== null && look.parts.length === 0 && !look.pending) return null;
  const found = look !== null && look.parts.length > 0 ? look : await gather(deps, openId, deadline.left() - 2 * SPARE_MS, deadline);
  if (found.parts.length === 0) return found.pending ? only(TEXTS.pending, true) : null;
  const { text, count } = pack(found.parts);
  return { text, again: false, settle: (accepted) => found.handedOver(accepted ? count : 0) };
}

/** What waits; where that cannot be told in time, something is still being worked out. */
async function gather({ delivery, onError }: ReplyDeps, openId: string, waitMs: number, deadline: Deadline): Promise<Collected> {
  const asked = delivery.collect(CHANNEL, openId, { waitMs: Math.max(0, waitMs) });
  const found = await withinTime(asked, deadline.left() - SPARE_MS);
  if (found !== 'late') return found;
  asked
    .then((tooLate) => tooLate.handedOver(0))
    .catch((error: unknown) => {
      onError(error, 'collect');
    });
  return { parts: [], pending: true, handedOver: () => Promise.resolve() };
}

/** As many parts as one text holds; the others wait for the next message. */
export function pack(parts: readonly Outgoing[]): { readonly text: string; readonly count: number } {
  let packedText = '';
  let count = 0;
  for (const part of parts) {
    const text = count === 0 ? firstOf(shownText(part)) : `${packedText}\n\n${shownText(part)}`;
    const isLast = count === parts.length - 1;
    if (count > 0 && byteLength(text) > TEXT_BYTES - (isLast ? 0 : byteLength(TEXTS.more))) break;
    packedText = text;
    count++;
  }
  const more = count < parts.length && byteLength(packedText) + byteLength(TEXTS.more) <= TEXT_BYTES ? TEXTS.more : '';
  return { text: packedText + more, count };
}

/** The channel's limit keeps a part shorter than this; a longer one would be shown as a fault. */
const firstOf = (text: string): string => (byteLength(text) <= TEXT_BYTES ? text : (splitText(text)[0] ?? ''));

/** Stores the message before anything is said, with some patience for a store that is busy. */
async function store({ inbox, onError }: ReplyDeps, inbound: Inbound, deadline: Deadline): Promise<'new' | 'known' | 'not-stored'> {
  for (const pause of [...STORE_PAUSES, null]) {
    try {
      const received = await withinTime(inbox.receive(inbound), deadline.left() - SPARE_MS);
      if (received === 'late') return 'not-stored';
      return received.duplicate ? 'known' : 'new';
    } catch (error) {
      onError(error, 'inbox');
      if (pause === null || deadline.left() < pause + SPARE_MS) return 'not-stored';
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return 'not-stored';
}

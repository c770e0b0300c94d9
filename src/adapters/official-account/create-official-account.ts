import type { ChannelProfile, Inbox, PushChannel, Sent } from '../../messaging/channel.js';
import type { Delivery } from '../../messaging/delivery/ports.js';
import { createApi, type OfficialAccountApi } from './api.js';
import { createExchanges } from './exchanges.js';
import { PART_BYTES, shownText, splitText } from './from-outgoing.js';
import { createMessageCrypto } from './message-crypto.js';
import { createPassiveSlots, type PassiveSlots } from './passive-slots.js';
import type { Mode } from './read-push.js';
import { sendServiceMessage } from './send-service-message.js';
import { createWindows } from './service-window.js';
import { createTurns } from './turns.js';
import { createWebhook, type RequestHandler } from './webhook.js';
import { workOutReply } from './work-out-reply.js';

export interface OfficialAccountOptions {
  readonly token: string;
  readonly appId: string;
  readonly mode: Mode;
  /** EncodingAESKeys: the current one and, while it is being changed, the one before; none in plain mode. */
  readonly aesKeys: readonly string[];
  /** Where the account is verified and may send by itself; null: it only replies. */
  readonly sender: { readonly secret: string; readonly baseUrl?: string | undefined } | null;
  /** Left out: 4500. The platform hangs up after 5 seconds. */
  readonly replyWithinMs?: number | undefined;
  /** Between two messages to one person, so that they arrive in order. Left out: 500. */
  readonly pauseMs?: number | undefined;
  /** How far a push's time may be from ours. Left out: five minutes. */
  readonly clockWithinMs?: number | undefined;
}

export interface OfficialAccountDeps {
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly delivery: Delivery;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What broke, and where; never what people wrote. */
  readonly onError: (error: unknown, part: string) => void;
}

export interface OfficialAccount {
  /** Takes what the platform pushes, mounted at an address of its own. */
  readonly handle: RequestHandler;
  readonly channel: PushChannel;
  /** What a person sent, by the platform's reference; null: this account may not ask. */
  readonly media: ((mediaId: string) => Promise<AsyncIterable<Uint8Array>>) | null;
}

/** What an Official Account can do: a verified one may send for a time after the person's last action, others only reply. */
export function officialAccountProfile(verified: boolean): ChannelProfile {
  return {
    name: 'official-account',
    textLimit: { most: PART_BYTES, per: 'bytes' },
    buttons: true,
    groups: false,
    push: verified ? 'window' : 'never',
  };
}

/** The WeChat Official Account as a channel. */
export function createOfficialAccount(options: OfficialAccountOptions, deps: OfficialAccountDeps): OfficialAccount {
  const { now } = deps;
  const windows = createWindows(now);
  const slots = options.sender ? createPassiveSlots() : null;
  let trouble: string | null = null;
  const handle = createWebhook({
    rules: {
      token: options.token,
      mode: options.mode,
      crypto: options.aesKeys.length === 0 ? null : createMessageCrypto(options.appId, options.aesKeys),
      clockWithinMs: options.clockWithinMs ?? 300_000,
    },
    exchanges: createExchanges(now),
    replyWithinMs: options.replyWithinMs ?? 4500,
    workOut: (push, deadline) => workOutReply({ ...deps, slots }, push, deadline),
    onPush(push) {
      if (push.kind === 'left') windows.close(push.openId);
      if (push.kind === 'inbound') windows.open(push.inbound.conversationKey, push.opens);
    },
    onRefused(reason) {
      // anybody can send a wrong signature; what the platform signed and we cannot open is ours to mend
      if (reason === 'key') trouble = '收到的消息解不开，请核对 BAIMI_OFFICIAL_ACCOUNT_AES_KEY';
      deps.onError(new Error(`push refused: ${reason}`), 'push');
    },
    now,
    onError: deps.onError,
  });
  const api = options.sender && createApi({ appId: options.appId, ...options.sender, now });
  const send = api
    ? createSend(api, windows, slots, { now, pauseMs: options.pauseMs ?? 500 })
    : (): Promise<Sent> => Promise.resolve({ kind: 'closed' });

  return {
    handle,
    media: api && ((mediaId) => api.media(mediaId)),
    channel: {
      profile: officialAccountProfile(options.sender !== null),
      async send(openId, message) {
        const sent = await send(openId, shownText(message));
        if (sent.kind === 'later') trouble = sent.reason;
        else if (sent.kind === 'sent') trouble = null;
        return sent;
      },
      start: () => Promise.resolve(),
      stop() {
        slots?.close();
        return Promise.resolve();
      },
      health: () => ({ ok: trouble === null, detail: trouble ?? '正常' }),
    },
  };
}

/** Sends to one person at a time, with pauses; through an open request where there is one. */
function createSend(
  api: OfficialAccountApi,
  windows: ReturnType<typeof createWindows>,
  slots: PassiveSlots | null,
  { now, pauseMs }: { readonly now: () => number; readonly pauseMs: number },
): (openId: string, text: string) => Promise<Sent> {
  const turns = createTurns();
  const inOrder = async (openId: string, text: string): Promise<Sent> => {
    for (const piece of splitText(text)) {
      if (await slots?.offer(openId, piece)) continue;
      const sent = await sendServiceMessage({ api, windows, now }, openId, piece);
      if (sent.kind !== 'sent') return sent;
    }
    return { kind: 'sent' };
  };
  return async (openId, text) => {
    const end = await turns.take(openId, 30_000);
    if (end === null) return { kind: 'later', afterMs: 1000, reason: '前一条还没发完' };
    try {
      return await inOrder(openId, text);
    } finally {
      setTimeout(end, pauseMs).unref();
    }
  };
}

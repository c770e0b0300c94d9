import type { Sent } from '../../messaging/channel.js';
import { REMEDIES, type OfficialAccountApi } from './api.js';
import { ApiFailure } from './call.js';
import { byteLength, splitText } from './from-outgoing.js';
import type { Windows } from './service-window.js';

const DAY_MS = 86_400_000;
/** China is eight hours ahead all year. */
const CHINA_AHEAD_MS = 8 * 3_600_000;
const TOO_LONG = 45002;
/** Halves of halves: a text is not cut further than this. */
const LEAST_BYTES = 250;

/** Nothing more until the person writes: window over, count used up, not following, not allowed to this account. */
const CLOSED: readonly number[] = [45015, 45047, 43004, 48001];
/** It will never reach this person. */
const FAILED: Readonly<Record<number, string>> = {
  40003: '公众号里没有这个人',
  43019: '对方在公众号的黑名单里',
  44004: '内容是空的',
  40033: '内容里有微信不收的字符',
};
/** When to try again, in milliseconds. */
const LATER: Readonly<Record<number, number>> = { [-1]: 2000, 40001: 30_000, 40014: 30_000, 42001: 30_000, 45011: 60_000 };
const OTHER_LATER_MS = 600_000;
const NOT_REACHED_LATER_MS = 5000;

/** Sends one text as a customer-service message. Never throws for what the platform does. */
export async function sendServiceMessage(
  { api, windows, now }: { readonly api: OfficialAccountApi; readonly windows: Windows; readonly now: () => number },
  openId: string,
  text: string,
): Promise<Sent> {
  if (!windows.isOpen(openId)) return { kind: 'closed' };
  try {
    await api.call('/cgi-bin/message/custom/send', { touser: openId, msgtype: 'text', text: { content: text } });
    windows.spend(openId);
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.code === TOO_LONG && byteLength(text) > LEAST_BYTES) {
      return sendInHalves({ api, windows, now }, openId, text);
    }
    const sent = whatBecame(error, now());
    if (sent.kind === 'closed') windows.close(openId);
    return sent;
  }
}

/** The platform finds a text too long: sentence by sentence, about half of it each. */
async function sendInHalves(to: Parameters<typeof sendServiceMessage>[0], openId: string, text: string): Promise<Sent> {
  for (const half of splitText(text, Math.ceil(byteLength(text) / 2) + 4)) {
    const sent = await sendServiceMessage(to, openId, half);
    if (sent.kind !== 'sent') return sent;
  }
  return { kind: 'sent' };
}

function whatBecame({ code, message }: ApiFailure, at: number): Sent {
  if (code === null) return { kind: 'later', afterMs: NOT_REACHED_LATER_MS, reason: `连不上微信的接口（${message}）` };
  if (CLOSED.includes(code)) return { kind: 'closed' };
  const failed = FAILED[code];
  if (failed !== undefined) return { kind: 'failed', reason: failed };
  // the day's count begins anew at midnight in China
  const afterMs = code === 45009 ? DAY_MS - ((at + CHINA_AHEAD_MS) % DAY_MS) : (LATER[code] ?? OTHER_LATER_MS);
  return { kind: 'later', afterMs, reason: `微信 errcode ${String(code)}${REMEDIES[code] === undefined ? '' : `：${REMEDIES[code]}`}` };
}

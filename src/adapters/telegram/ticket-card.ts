import { createHash } from 'node:crypto';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { HANDOFF_REASON_NAMES, TICKET_KIND_NAMES } from '../../domain/answer.js';
import { maskPersonalData } from '../../domain/mask.js';
import { TICKET_OUTCOMES, TICKET_OUTCOME_NAMES, TICKET_STATE_NAMES, type TicketOutcome } from '../../domain/ticket.js';
import type { StoredTicket } from '../../handoff/ports.js';
import { escapeHtml } from './html.js';
import { clip } from './split-text.js';

/** What a tap on a card asks for. The ticket is not in it: that is known from where the card stands. */
export type CardAction =
  | { readonly type: 'claim' | 'release' | 'choose-colleague' | 'choose-outcome' | 'back' }
  | { readonly type: 'transfer'; readonly to: string }
  | { readonly type: 'close'; readonly outcome: TicketOutcome };

/** Lengths that together stay below the limit of a message. */
const QUESTION_LENGTH = 1200;
const FACT_LENGTH = 80;
const MOST_FACTS = 20;
const PROVISION_LENGTH = 60;
const MOST_PROVISIONS = 5;
/** Colleagues to choose from. */
const MOST_COLLEAGUES = 30;
const BUTTON_LENGTH = 40;
const TOPIC_NAME_LENGTH = 128;

/**
 * A ticket as the lawyers' group sees it, in the platform's HTML: what the brief holds, masked, and never who asks.
 * @param nameOf name of a staff id
 */
export function cardText(ticket: StoredTicket, nameOf: (staffId: string) => string, now: number): string {
  const { brief } = ticket;
  const line = (label: string, value: string): string => `<b>${label}</b>：${escapeHtml(value)}`;
  const head = [
    `<b>${ticket.reason === 'danger' ? '【紧急】' : ''}工单 ${escapeHtml(ticket.number)}</b>　${TICKET_KIND_NAMES[ticket.kind]}`,
    line('主题', brief.topic ?? '未分类'),
    line('为什么转人工', HANDOFF_REASON_NAMES[ticket.reason]),
    line('现在', stateText(ticket, nameOf)),
    ...(ticket.state === 'queued' ? [line('已经等了', waitingText(now - ticket.createdAt))] : []),
  ];
  const facts = brief.facts
    .slice(0, MOST_FACTS)
    .map(({ label, value }) => `· ${escapeHtml(clip(`${label}：${maskPersonalData(value)}`, FACT_LENGTH))}`);
  const provisions = brief.provisions.slice(0, MOST_PROVISIONS).map((name) => `· ${escapeHtml(clip(name, PROVISION_LENGTH))}`);
  return [
    ...head,
    '',
    line('群众的话', clip(maskPersonalData(brief.question), QUESTION_LENGTH)),
    ...(facts.length === 0 ? [] : ['', '<b>情况</b>：', ...facts]),
    ...(provisions.length === 0 ? [] : ['', '<b>机器找到的条文</b>：', ...provisions]),
    ...(ticket.state === 'closed' ? [] : ['', '<i>回复这条消息，就是答复群众；以 // 开头的行只有群里看得到。</i>']),
  ].join('\n');
}

function stateText(ticket: StoredTicket, nameOf: (staffId: string) => string): string {
  const state = ticket.handedBack ? '已交还机器人' : TICKET_STATE_NAMES[ticket.state];
  const holder = ticket.holder === null ? '' : `（${nameOf(ticket.holder)}）`;
  const outcome = ticket.outcome === null ? '' : `，${TICKET_OUTCOME_NAMES[ticket.outcome]}`;
  return `${state}${outcome}${holder}`;
}

/** Coarse, so that a card is edited seldom: a group takes few edits a minute. */
export function waitingText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 10) return '不到 10 分钟';
  if (minutes < 60) return `${String(Math.floor(minutes / 10) * 10)} 多分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${String(hours)} 个多小时` : `${String(Math.floor(hours / 24))} 天多`;
}

/** Name of a ticket's topic. */
export function topicName(ticket: StoredTicket): string {
  return clip(`${ticket.number} ${TICKET_KIND_NAMES[ticket.kind]} ${ticket.brief.topic ?? ''}`.trim(), TOPIC_NAME_LENGTH);
}

export function cardButtons(ticket: StoredTicket): InlineKeyboardMarkup {
  const claim = button('领取', { type: 'claim' });
  const close = button('结案', { type: 'choose-outcome' });
  if (ticket.state === 'closed') return { inline_keyboard: [] };
  if (ticket.state === 'queued') return { inline_keyboard: [[claim, close]] };
  return { inline_keyboard: [[button('释放', { type: 'release' }), button('转交', { type: 'choose-colleague' }), close]] };
}

export function outcomeButtons(): InlineKeyboardMarkup {
  const outcomes = TICKET_OUTCOMES.map((outcome) => [button(TICKET_OUTCOME_NAMES[outcome], { type: 'close', outcome })]);
  return { inline_keyboard: [...outcomes, [BACK]] };
}

/** @param colleagues by staff id */
export function colleagueButtons(colleagues: ReadonlyMap<string, string>): InlineKeyboardMarkup {
  const rows = [...colleagues].slice(0, MOST_COLLEAGUES).map(([id, name]) => [button(`转给${name}`, { type: 'transfer', to: id })]);
  return { inline_keyboard: [...rows, [BACK]] };
}

/** Data of a button, at most 64 bytes: a word, and a staff id or an outcome. */
function button(text: string, action: CardAction): { text: string; callback_data: string } {
  const data = action.type === 'transfer' ? `to:${action.to}` : action.type === 'close' ? `end:${action.outcome}` : action.type;
  return { text: clip(text, BUTTON_LENGTH), callback_data: data };
}

const BACK = button('返回', { type: 'back' });

/** Reads what `cardButtons` and the others wrote; null for anything else. */
export function readCardAction(data: string): CardAction | null {
  switch (data) {
    case 'claim':
    case 'release':
    case 'choose-colleague':
    case 'choose-outcome':
    case 'back':
      return { type: data };
  }
  if (data.startsWith('to:')) return { type: 'transfer', to: data.slice(3) };
  const outcome = TICKET_OUTCOMES.find((one) => data === `end:${one}`);
  return outcome ? { type: 'close', outcome } : null;
}

/** Hash of what a card shows. */
export function cardDigest(text: string, buttons: InlineKeyboardMarkup): string {
  return createHash('sha256')
    .update(JSON.stringify([text, buttons]))
    .digest('hex');
}

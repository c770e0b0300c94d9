import type { Inbound, InboundContent } from '../../domain/message.js';
import { MENU } from './menu.js';
import type { Fields } from './xml.js';

/** Ids of the links that a reply ends with: what a tap on them means. */
export const LINK_IDS = { human: 'human', pickup: 'pickup', option: 'option' } as const;

/** What the client shows instead of a message that it cannot pass on. */
const UNSUPPORTED = /^【收到不支持的消息类型/;
/** Said by who waits for an answer; a message of its own where none is waiting. */
const ASKS_FOR_ANSWER = /^(?:答案|看答复|继续|好了吗|好了没有|在吗|好|好的|嗯|1|[?？]+)[。！!～~]?$/;
const KEY_LENGTH = 64;
const SCENE = /^[\w-]{1,64}$/;

/** What a person may be sent after what they did: see `createWindows`. */
export type Opens = 'message' | 'tap';

/** A push in our own words. */
export type Pushed =
  | {
      readonly kind: 'inbound';
      readonly inbound: Inbound;
      readonly opens: Opens;
      /** `tap`: wants the answer that waits; `maybe`: does if one waits. */
      readonly wantsAnswer: 'tap' | 'maybe' | 'no';
    }
  /** Stopped following: nothing can be sent. */
  | { readonly kind: 'left'; readonly openId: string }
  /** Something that nobody waits for a reply to. */
  | { readonly kind: 'ignored' };

export function toInbound(fields: Fields): Pushed {
  const openId = fields['FromUserName'] ?? '';
  const type = (fields['MsgType'] ?? '').toLowerCase();
  if (!/^[\w-]{1,64}$/.test(openId) || type === '') return { kind: 'ignored' };
  if (type === 'event') return event(fields, openId);
  const id = fields['MsgId'] ?? fields['CreateTime'] ?? '';
  if (id === '') return { kind: 'ignored' };
  const text = (fields['Content'] ?? '').trim();
  const link = fields['bizmsgmenuid'];
  return {
    kind: 'inbound',
    inbound: {
      channel: 'official-account',
      externalKey: `${openId}:${id.slice(0, KEY_LENGTH)}`,
      conversationKey: openId,
      content: content(type, fields),
    },
    // a tap on a link in a message counts as a tap on the menu
    opens: link === undefined ? 'message' : 'tap',
    wantsAnswer: link === LINK_IDS.pickup ? 'tap' : type === 'text' && ASKS_FOR_ANSWER.test(text) ? 'maybe' : 'no',
  };
}

function content(type: string, fields: Fields): InboundContent {
  const media = fields['MediaId'] ?? fields['PicUrl'] ?? '';
  switch (type) {
    case 'text':
      return words(fields);
    case 'voice': {
      const heard = fields['Recognition']?.trim() ?? '';
      return { type: 'voice', transcript: heard === '' ? null : heard, media };
    }
    case 'image':
      return { type: 'image', media };
    case 'location':
      return place(fields);
    default:
      return { type: 'unreadable' };
  }
}

function words(fields: Fields): InboundContent {
  const text = (fields['Content'] ?? '').trim();
  if (text === '' || UNSUPPORTED.test(text)) return { type: 'unreadable' };
  const link = fields['bizmsgmenuid'];
  if (link === LINK_IDS.human) return { type: 'human-wanted' };
  return link === undefined ? { type: 'text', text } : { type: 'tap', text };
}

function place(fields: Fields): InboundContent {
  const latitude = Number(fields['Location_X'] ?? Number.NaN);
  const longitude = Number(fields['Location_Y'] ?? Number.NaN);
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return { type: 'unreadable' };
  return { type: 'location', latitude, longitude, label: fields['Label'] ?? '' };
}

/** Events have no id: who, when and what make the key, for two different ones can share a second. */
function event(fields: Fields, openId: string): Pushed {
  const name = (fields['Event'] ?? '').toLowerCase();
  const key = fields['EventKey'] ?? '';
  if (name === 'unsubscribe') return { kind: 'left', openId };
  const content = meaning(name, key);
  if (content === null) return { kind: 'ignored' };
  const externalKey = [openId, fields['CreateTime'] ?? '', name, key].map((part) => part.slice(0, KEY_LENGTH)).join(':');
  return {
    kind: 'inbound',
    inbound: { channel: 'official-account', externalKey, conversationKey: openId, content },
    opens: 'tap',
    wantsAnswer: 'no',
  };
}

function meaning(name: string, key: string): InboundContent | null {
  switch (name) {
    case 'subscribe':
      return { type: 'join', servicePoint: scene(key.replace(/^qrscene_/, '')) };
    case 'scan':
      return { type: 'join', servicePoint: scene(key) };
    case 'click': {
      if (key === MENU.human.key) return { type: 'human-wanted' };
      const entry = Object.values(MENU).find((known) => known.key === key);
      return entry ? { type: 'tap', text: entry.name } : { type: 'unreadable' };
    }
    default:
      return null;
  }
}

const scene = (key: string): string | null => (SCENE.test(key) ? key : null);

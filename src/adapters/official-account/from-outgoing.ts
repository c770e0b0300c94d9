import type { Outgoing } from '../../messaging/channel.js';
import { LINK_IDS } from './to-inbound.js';
import { cdata } from './xml.js';

/** Longest text, in bytes of UTF-8. The platform takes 2048 and shows a fault for more. */
export const TEXT_BYTES = 2000;
/** What delivery may put into one message, so that what a reply ends with has room. */
export const PART_BYTES = 1850;

const SENTENCE_END = /[。！？!?；;\n]/;

export const byteLength = (text: string): number => Buffer.byteLength(text);

/** The text with what can be tapped below it: as links, or where these are too long, as a line of words to reply with. */
export function shownText({ text, options }: Pick<Outgoing, 'text' | 'options'>): string {
  const shown = plain(text);
  if (options.length === 0) return shown;
  const links = options.map((option) => link(option, option === '找律师' ? LINK_IDS.human : LINK_IDS.option));
  const endings = [`\n${links.join('\n')}`, `\n可以回复：${options.join(' / ')}`];
  return shown + (endings.find((ending) => byteLength(shown) + byteLength(ending) <= TEXT_BYTES) ?? '');
}

/** A link that sends its words when it is tapped. */
export function link(words: string, id: string, shown = words): string {
  const clean = (text: string): string => text.replace(/[&"'<>#%\s]/g, '');
  return `<a href="weixin://bizmsgmenu?msgmenucontent=${clean(words)}&msgmenuid=${id}">${shown.replace(/[<>]/g, '')}</a>`;
}

/** Without what chats show literally (Markdown's marks) and without links that are not ours. */
function plain(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/<(?=\/?a[\s>])/gi, '＜');
}

/**
 * A text in pieces of at most `most` bytes, cut after a sentence where there is one in the second half of a piece, and never
 * inside a character.
 */
export function splitText(text: string, most = TEXT_BYTES): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    for (const part of byteLength(segment) > most ? segment : [segment]) {
      const size = byteLength(part);
      if (bytes + size > most) {
        const at = lastSentenceEnd(piece);
        pieces.push(piece.slice(0, at));
        piece = piece.slice(at);
        bytes = byteLength(piece);
      }
      piece += part;
      bytes += size;
    }
  }
  return [...pieces, piece].map((each) => each.trim()).filter((each) => each !== '');
}

/** Where a full piece is cut: after its last sentence, unless that leaves less than half of it. */
function lastSentenceEnd(piece: string): number {
  for (let at = piece.length; at > piece.length / 2; at--) if (SENTENCE_END.test(piece[at - 1] ?? '')) return at;
  return piece.length;
}

/** Addresses of a reply: the push's, the other way round. */
export interface ReplyTo {
  readonly openId: string;
  readonly account: string;
}

/** A passive reply. @param at seconds since the epoch */
export function textReply({ openId, account }: ReplyTo, text: string, at: number): string {
  return `<xml><ToUserName>${cdata(openId)}</ToUserName><FromUserName>${cdata(account)}</FromUserName><CreateTime>${String(at)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${cdata(text)}</Content></xml>`;
}

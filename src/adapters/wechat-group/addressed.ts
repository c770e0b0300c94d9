import type { HeardMessage } from './protocol.js';

/** What a message in a group says to the bot. */
export interface Addressed {
  /** Without mentions and without what it quotes. */
  readonly words: string;
}

/** Spaces as clients put them after a mention (U+2005 as a rule), and others that look the same. */
const SPACES = '\\s\\u2004\\u2005\\u00a0\\u3000';
/** What may follow a name that is mentioned; without it "@法助手" would be a mention of 法助. */
const AFTER_NAME = `(?=[${SPACES}，,。.：:；;、！!？?]|$)`;
/** The sign inside an e-mail address is none. */
const NO_ADDRESS = '(?<![A-Za-z0-9._+-])';
const EVERYONE = new RegExp(`[@＠](?:所有人|全体成员|all)${AFTER_NAME}`, 'giu');
/** 「name：words」, a line of dashes, then what is said to it. */
const QUOTE = /^\s*[「“"](?<name>[^：:\n]{1,64})[：:][\s\S]*?[」”"]\s*\n\s*(?:[-—–]\s*){3,}\n?/u;

/**
 * Whether a message is meant for the bot: a mention by id, "@" and one of its names (spaces in the name are spaces of any
 * kind), or a quote of what the bot said. Calling everyone is none, also where the protocol then lists each member.
 * @param aliases further names by which people call the bot
 * @returns null: it is not
 */
export function addressed({ text, mentioned, self }: HeardMessage, aliases: readonly string[]): Addressed | null {
  const names = [...new Set([...self.names, ...aliases].map(plain))].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  const normal = text.normalize('NFC');
  const quoted = QUOTE.exec(normal);
  const own = quoted ? normal.slice(quoted[0].length) : normal;
  const toEveryone = own.search(EVERYONE) >= 0;
  const byId = mentioned.includes(self.id) && !toEveryone;
  const mention = mentionOf(names);
  const byName = mention !== null && own.search(mention) >= 0;
  const byQuote = quoted !== null && names.includes(plain(quoted.groups?.['name'] ?? ''));
  if (!byId && !byName && !byQuote) return null;
  const without = mention === null ? own : own.replace(mention, ' ');
  return { words: tidy(without.replace(EVERYONE, ' ')) };
}

function mentionOf(names: readonly string[]): RegExp | null {
  if (names.length === 0) return null;
  const any = names.map((name) => name.split(' ').map(escaped).join(`[${SPACES}]+`)).join('|');
  return new RegExp(`${NO_ADDRESS}[@＠](?:${any})${AFTER_NAME}`, 'giu');
}

const plain = (name: string): string =>
  name
    .normalize('NFC')
    .replace(new RegExp(`[${SPACES}]+`, 'gu'), ' ')
    .trim()
    .toLowerCase();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function tidy(text: string): string {
  return text
    .replace(/[\u2004\u2005\u00a0\u3000\t ]+/gu, ' ')
    .replace(/ *\n */g, '\n')
    .trim()
    .replace(/^[，,。：:；;、]\s*/u, '');
}

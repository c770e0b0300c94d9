import { CHANNEL_NAMES, wordsOf, type ChannelName } from '../../domain/message.js';
import { heldTicket } from '../../handoff/open-ticket.js';
import type { Middleware } from '../compose.js';
import type { Turn } from '../turn.js';
import { hashCode, newCode, readCode, shownCode } from './codes.js';
import { issuePickupCode } from './pickup-codes.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LINK_CODE_MS = 15 * MINUTE_MS;
/** In an hour: codes that one conversation may ask for, wrong codes that one conversation may write, and all together. */
const MOST_ISSUED = 5;
const MOST_WRONG = 5;
const MOST_WRONG_OVERALL = 200;
/** A reply that its channel has not taken for so long goes along with the person. */
const WAITS_TOO_LONG_MS = 15_000;

/** Others may read along, or it is not known whether they do: no code is written there and no reply is brought there. */
const MAY_BE_READ_BY_OTHERS: readonly ChannelName[] = ['wechat-group'];

/** Lawyers' replies that wait in the person's other conversations are told here, before what the turn says. */
export const bringWaitingReplies: Middleware<Turn> = async (turn, next) => {
  const { stores, conversation, at } = turn;
  if (turn.message.content.type !== 'recall' && !MAY_BE_READ_BY_OTHERS.includes(conversation.channel)) {
    for (const { message, staffId, channel } of await stores.links.undeliveredElsewhere(conversation.id, at - WAITS_TOO_LONG_MS)) {
      if (message.body.type !== 'text') continue;
      const text = withOrigin(message.body.text, channel);
      const copy = await stores.thread.send(conversation.id, 'staff', staffId, { type: 'text', text }, at);
      await stores.links.forwarded(message.id, copy.id, at);
    }
  }
  return next();
};

/** A reply that is passed on a second time still says where it was first written. */
function withOrigin(text: string, channel: ChannelName): string {
  return text.startsWith('（答复您在') ? text : `（答复您在${CHANNEL_NAMES[channel]}里的咨询）\n${text}`;
}

/** 绑定, a code, 解除绑定, 取件码, 作废取件码: dealt with here, whoever holds the conversation. */
export const personCommands: Middleware<Turn> = async (turn, next) => {
  const command = commandOf(wordsOf(turn.message.content));
  const text = command === null ? null : await command(turn);
  if (text === null) return next();
  const { stores, conversation, message, at } = turn;
  await stores.answer(conversation.id, message.messageId, { type: 'text', text }, at);
  turn.outcome = { answer: null, ticket: null };
};

/** What is said to it; null: it was none after all. */
type Command = (turn: Turn) => Promise<string | null>;

function commandOf(words: string): Command | null {
  const text = words
    .trim()
    .replace(/[。！!]+$/u, '')
    .trim();
  if (/^(?:我要|我的)?绑定码?$/u.test(text)) return giveLinkCode;
  if (/^(?:解除绑定|取消绑定|解绑)$/u.test(text)) return unlink;
  if (/^(?:我的|要)?取件码$/u.test(text)) return givePickupCode;
  if (/^(?:作废|取消)取件码$/u.test(text)) return revokePickupCode;
  const bare = text.replace(/^绑定码?\s*[:：是]?\s*/u, '');
  const code = readCode(bare);
  return code === null ? null : (turn) => redeem(turn, code, bare !== text);
}

const NOT_HERE = '为了保护您的隐私，这里不发码：群里别人也看得到。请打开网页，或者在公众号里问我要。';

const giveLinkCode: Command = async ({ stores, conversation, at }) => {
  if (MAY_BE_READ_BY_OTHERS.includes(conversation.channel)) return NOT_HERE;
  const scope = `link-issue:${conversation.id}`;
  if ((await stores.tries.count(scope, at - HOUR_MS)) >= MOST_ISSUED) return '您刚才要过好几次绑定码了。请一小时后再试。';
  await stores.tries.add(scope, at);
  const code = newCode();
  await stores.links.keepCode(hashCode('link', code), conversation.id, at + LINK_CODE_MS);
  return (
    `您的绑定码：${shownCode(code)}\n15 分钟内有效，只能用一次。\n` +
    '请到另一个渠道（公众号、网页、Telegram）里，把这个码发给我。绑好以后，律师的答复您在哪边说话，就送到哪边；两边的对话不会合在一起。不要把码告诉别人。'
  );
};

const redeem = async ({ stores, conversation, at }: Turn, code: string, named: boolean): Promise<string | null> => {
  const own = `link-wrong:${conversation.id}`;
  const [ownWrong, allWrong] = [await stores.tries.count(own, at - HOUR_MS), await stores.tries.count('link-wrong', at - HOUR_MS)];
  if (ownWrong >= MOST_WRONG || allWrong >= MOST_WRONG_OVERALL) {
    if (!named && (await heldTicket(stores, conversation.id)) !== null) return null;
    return '码试得太多了。请一小时后再试，或者点“找律师”。';
  }
  const hash = hashCode('link', code);
  const found = await stores.links.code(hash);
  if (found && found.usedAt === null && found.expiresAt > at) {
    if (found.conversationId === conversation.id) return '这个码要发到另一个渠道里，不是发在这里。';
    if (await stores.links.sharePerson(conversation.id, found.conversationId)) return '这两边已经绑定过了，不用再绑。';
    if (await stores.links.useCode(hash, at)) {
      await stores.links.link(conversation.id, found.conversationId, at);
      return '绑定好了。以后律师的答复，您在哪边说话，就送到哪边。想取消，或者这个码不是您自己要的，请回复“解除绑定”。';
    }
  }
  await stores.tries.add(own, at);
  await stores.tries.add('link-wrong', at);
  // a lawyer may have asked for the number of a contract
  if (!named && (await heldTicket(stores, conversation.id)) !== null) return null;
  return '这个码对不上：可能输错了、用过了，或者过了 15 分钟。请在另一个渠道里回复“绑定”，要一个新的。';
};

const unlink: Command = async ({ stores, conversation }) =>
  (await stores.links.unlink(conversation.id)) ? '已经解除绑定。' : '这里没有绑定过别的渠道。';

const givePickupCode: Command = async ({ stores, conversation, at }) => {
  if (MAY_BE_READ_BY_OTHERS.includes(conversation.channel)) return NOT_HERE;
  const issued = await issuePickupCode(stores, conversation.id, at);
  if (issued === null) return '您今天要过好几次取件码了。请明天再试。';
  return `取件码：${issued.code}\n30 天内有效。打开百米问法的网页，点“取件”，输入这个码，就能看到律师的答复。不要把码告诉别人；不想用了，回复“作废取件码”。`;
};

const revokePickupCode: Command = async ({ stores, conversation, at }) =>
  (await stores.pickups.revoke(conversation.id, at)) ? '取件码已经作废。' : '现在没有有效的取件码。';

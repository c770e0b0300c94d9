import { maskPersonalData } from '../../domain/mask.js';

/** Longest part of a question that is quoted, in characters. */
const QUOTED = 24;
/** Clients put this space after a mention. */
const MENTION_END = '\u2005';
const EVERYONE = /^\s*(?:所有人|全体成员|all)\s*$/iu;

export const TEXTS = {
  risk: '微信群用的是个人微信号的非官方接口，违反微信的使用条款，账号随时可能被限制或者封禁。请用专门的号，不要用工作人员自己的号；公众号和网页是正式的渠道。',
  greeting: (name: string): string =>
    [
      `大家好，我是百米问法，可以问房屋征收与征地、工伤、工资这三方面的事。`,
      `怎么问：@${name} 再写你的问题。没有@我的话，我不看也不记；@我的话会存下来，用来答复你、转给办理的人。不愿意的，就不要@我。`,
      '群里人多，请不要写电话、身份证号、住址、工资卡号；要说个人情况的，我会请你私下说。',
      '答复由人工智能根据法律条文整理，供参考，不是律师的正式意见。有人身危险先打110、120；法律援助热线12348。',
    ].join('\n'),
  paused: '好的，这个群先暂停。值班人员@我说“恢复”就接着回答。急事请打12348。',
  resumed: '好的，接着回答。请@我提问。',
  bound: (servicePoint: string): string => `好的，这个群已经绑定服务点 ${servicePoint}。`,
  unknownPoint: '没有这个服务点编号。请核对编号，再说一遍。',
  officersOnly: '这句话只有值班人员能说。值班人员请先私聊我：值班口令 加上口令。',
  toldInPrivate: '这件事要说到你个人的情况，群里不方便，我已经私聊你了，请看私聊。',
  goOnInPrivate: (address: string | null): string =>
    address === null
      ? '这件事要说到你个人的情况，或者要由律师来答，群里不方便说。请先加我好友，再私聊我；急事请打12348。'
      : `这件事要说到你个人的情况，或者要由律师来答，群里不方便说。请打开 ${address} 接着说，也可以加我好友后私聊我；急事请打12348。`,
  danger: '先保证安全：有危险马上打110，有人受伤打120。',
} as const;

/** A text to one person in a group: who is meant, what was asked (without personal data), then the text. */
export function inGroup(name: string, asked: string | null, text: string): string {
  // whoever calls himself so must not make the bot call everyone
  const mention = EVERYONE.test(name) ? '' : `@${name}${MENTION_END} `;
  if (asked === null || asked === '') return `${mention}${text}`;
  const characters = Array.from(maskPersonalData(asked).replace(/\s+/g, ' '));
  const quote = characters.length <= QUOTED ? characters.join('') : `${characters.slice(0, QUOTED).join('')}…`;
  return `${mention}「${quote}」\n${text}`;
}

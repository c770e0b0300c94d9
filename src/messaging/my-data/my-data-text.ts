import { CHANNEL_NAMES } from '../../domain/message.js';
import { TICKET_KIND_NAMES } from '../../domain/answer.js';
import { answerText } from '../../domain/answer-text.js';
import { TICKET_STATE_NAMES } from '../../domain/ticket.js';
import type { Message } from '../../domain/message.js';
import { maskedName, maskedPhone } from '../forms/read-answer.js';
import { RETENTION_NAMES, lastDayOf, type RetentionDays } from '../retention/retention-days.js';
import type { KeptConversation } from './ports.js';

const TIME = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' });

/** What is kept, in a few lines; the telephone is masked. */
export function overviewText(kept: readonly KeptConversation[], retention: RetentionDays): string {
  const profile = kept.map((one) => one.profile).find((one) => one !== null);
  const facts = kept.flatMap(({ state }) =>
    state
      ? [...state.known.map(({ label, display }) => `${label}：${display}`), ...state.facts.map(({ label, value }) => `${label}：${value}`)]
      : [],
  );
  const tickets = kept.flatMap((one) => one.tickets);
  const said = kept.reduce((sum, { messages }) => sum + messages.filter(({ author }) => author === 'citizen').length, 0);
  const all = kept.reduce((sum, { messages }) => sum + messages.length, 0);
  const files = kept.reduce((sum, one) => sum + one.files.length, 0);
  const ends = lastDayOf(kept, retention);
  return [
    '我们存着您的这些信息：',
    `姓名：${profile?.name ? maskedName(profile.name) : '没有'}`,
    `电话：${profile?.phone ? maskedPhone(profile.phone) : '没有'}`,
    `镇村：${profile?.village || '没有'}`,
    ...(profile?.address ? ['住址：已记下（导出里能看到）'] : []),
    `记下的情况：${facts.length === 0 ? '没有' : facts.join('；')}`,
    `工单：${tickets.length === 0 ? '没有' : tickets.map(({ number, kind, state }) => `${number}（${TICKET_KIND_NAMES[kind]}，${TICKET_STATE_NAMES[state]}）`).join('、')}`,
    `对话：${String(all)} 条，其中您说的 ${String(said)} 条`,
    `照片和文件：${String(files)} 个`,
    `渠道：${kept.map(({ channel }) => CHANNEL_NAMES[channel]).join('、')}`,
    `最晚存到：${ends === null ? '还在办的办完以后再算' : DAY.format(ends)}（本单位的设定值：${RETENTION_NAMES.conversationDays} ${String(retention.conversationDays)} 天，${RETENTION_NAMES.closedDays} ${String(retention.closedDays)} 天，${RETENTION_NAMES.serviceDays} ${String(retention.serviceDays)} 天）`,
    '',
    '记错了的情况，直接说“说错了，应该是……”。',
  ].join('\n');
}

/** Everything that is kept, to be read by the person. */
export function exportText(kept: readonly KeptConversation[], at: number): string {
  const lines = ['百米问法：您的信息', `导出时间：${TIME.format(at)}`, ''];
  for (const { channel, createdAt, profile, state, tickets, files, messages } of kept) {
    lines.push(`== ${CHANNEL_NAMES[channel]}，从 ${TIME.format(createdAt)} 开始 ==`);
    if (profile) lines.push(`姓名：${profile.name}`, `电话：${profile.phone}`, `镇村：${profile.village}`, `住址：${profile.address}`);
    for (const { label, display } of state?.known ?? []) lines.push(`${label}：${display}`);
    for (const { label, value } of state?.facts ?? []) lines.push(`${label}：${value}`);
    for (const { number, kind, state: stage, details, createdAt: opened } of tickets) {
      lines.push(`工单 ${number}：${TICKET_KIND_NAMES[kind]}，${TICKET_STATE_NAMES[stage]}，${TIME.format(opened)}`);
      for (const { label, value } of details?.answers ?? []) lines.push(`  ${label}：${value}`);
    }
    for (const { name, size, at: added } of files) lines.push(`文件：${name}（${String(size)} 字节），${TIME.format(added)}`);
    lines.push('');
    for (const message of messages) lines.push(`[${TIME.format(message.at)}] ${speaker(message)}：${wordsIn(message)}`);
    lines.push('');
  }
  return lines.join('\n');
}

function speaker({ author, staffName }: Message): string {
  switch (author) {
    case 'citizen':
      return '您';
    case 'bot':
      return '机器人';
    case 'staff':
      return staffName ?? '工作人员';
    case 'system':
      return '通知';
  }
}

function wordsIn({ body }: Message): string {
  return body.type === 'answer' ? answerText(body.answer) : body.text;
}

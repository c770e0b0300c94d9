import { wordsOf } from '../../domain/message.js';
import type { Middleware } from '../compose.js';
import { CONSENT_VERSION } from '../consent/consent-steps.js';
import { shownBack } from '../forms/form-text.js';
import { readName, readPhone, type ReadAnswer } from '../forms/read-answer.js';
import { hashCode, newCode, shownCode } from '../identity/codes.js';
import { mayBeReadByOthers } from '../read-by-others.js';
import { say } from '../say.js';
import type { Turn } from '../turn.js';
import { erase, openTickets } from './erase.js';
import { overviewText } from './my-data-text.js';
import { NO_PROFILE, type Profile } from './ports.js';

const EXPORT_MS = 24 * 3600_000;
/** Exports that one conversation may ask for in a day. */
const MOST_EXPORTS = 5;

export const CONFIRM_ERASURE = '确认删除';
export const ERASE_NOW = '现在就删';
export const ERASE_LATER = '结案后删';
export const KEEP = '不删了';

const NOT_HERE = '这是您个人的信息，群里别人也看得到。请打开网页，或者私下找我，再说一遍。';

const FIELDS = {
  'correct-name': { field: 'name', label: '姓名', read: readName },
  'correct-phone': { field: 'phone', label: '电话', read: readPhone },
  'correct-village': { field: 'village', label: '镇村', read: (words: string): ReadAnswer => ({ ok: true, value: words.slice(0, 60) }) },
} as const satisfies Readonly<Record<string, { field: keyof Profile; label: string; read: (words: string) => ReadAnswer }>>;
type Correction = keyof typeof FIELDS;

/** 我的信息, 更正, 导出, 删除, 不同意: in every channel, whoever holds the conversation. */
export const myData: Middleware<Turn> = async (turn, next) => {
  const words = wordsOf(turn.message.content).trim();
  const command = words === '' ? null : commandOf(turn, words.replace(/[。.！!]+$/u, ''));
  if (!command) return next();
  if (mayBeReadByOthers(turn.conversation)) return say(turn, NOT_HERE);
  return command(turn);
};

type Command = (turn: Turn) => Promise<void>;

function commandOf(turn: Turn, words: string): Command | null {
  if (/^(?:查看|看看?|查)?我的信息$/u.test(words)) return show;
  if (/^(?:更正|修改)(?:我的)?(?:信息)?$/u.test(words)) return offerCorrections;
  if (/^(?:导出|下载)我的信息$/u.test(words)) return giveExport;
  if (/^(?:删除|清除|删掉)我的(?:信息|记录|对话)$/u.test(words)) return askToErase('删除以后找不回来。');
  if (/^(?:我)?不同意(?:保存|存)?$/u.test(words)) {
    return askToErase('好的。不存您说的话，我就没法接着答，也没法转给律师。点“确认删除”，您说过的会全部删掉；公共法律服务热线是 12348。');
  }
  const [, label, value] = /^更正(姓名|电话|镇村)\s*[:：是为]?\s*(.*)$/u.exec(words) ?? [];
  const named = (Object.keys(FIELDS) as Correction[]).find((one) => FIELDS[one].label === label);
  if (named) return value ? (then) => correct(then, named, value) : (then) => askFor(then, named);
  const { asked } = turn;
  if (asked === 'erasure') {
    if (words === CONFIRM_ERASURE || words === ERASE_NOW) return eraseNow;
    if (words === ERASE_LATER) return eraseLater;
    if (words === KEEP) return (then) => say(then, '好的，没有删。');
  }
  if (asked === 'correct-name' || asked === 'correct-phone' || asked === 'correct-village') {
    return words === '取消' ? (then) => say(then, '好的，没有改。') : (then) => correct(then, asked, words);
  }
  return null;
}

const show: Command = async (turn) => {
  const { stores, conversation } = turn;
  const kept = await Promise.all((await stores.personal.conversationsOf(conversation.id)).map((id) => stores.personal.kept(id)));
  return say(turn, overviewText(kept, await stores.retention()), { options: ['更正', '导出我的信息', '删除我的信息'] });
};

const offerCorrections: Command = (turn) =>
  say(turn, '要更正哪一项？', { options: (Object.keys(FIELDS) as Correction[]).map((one) => `更正${FIELDS[one].label}`) });

function askFor(turn: Turn, correction: Correction): Promise<void> {
  return say(turn, `请写正确的${FIELDS[correction].label}。不改了，回复“取消”。`, { asks: correction, options: ['取消'] });
}

async function correct(turn: Turn, correction: Correction, words: string): Promise<void> {
  const { stores, conversation, at } = turn;
  const { field, label, read } = FIELDS[correction];
  const value = read(words);
  if (!value.ok) return say(turn, value.problem, { asks: correction, options: ['取消'] });
  const last = await stores.personal.lastSaid(conversation.id);
  for (const id of await stores.personal.conversationsOf(conversation.id)) {
    const profile = await stores.profiles.of(id);
    if (profile || id === conversation.id) await stores.profiles.save(id, { ...(profile ?? NO_PROFILE), [field]: value.value }, at);
  }
  if (field !== 'village') await stores.personal.conceal(conversation.id, last?.id ?? 0, `〔${label}已更正〕`);
  return say(turn, `${label}改好了：${shownBack(field, value.value)}。`);
}

const giveExport: Command = async (turn) => {
  const { stores, conversation, at } = turn;
  if (conversation.channel === 'web') {
    return say(turn, '点下面的“下载我的信息”，会存成一个文件。用公用电脑的，看完记得删掉。', { download: 'my-data' });
  }
  const scope = `export:${conversation.id}`;
  if ((await stores.tries.count(scope, at - EXPORT_MS)) >= MOST_EXPORTS) return say(turn, '您今天导出过好几次了。请明天再试。');
  await stores.tries.add(scope, at);
  const code = newCode();
  await stores.pickups.keep(hashCode('export', code), conversation.id, at + EXPORT_MS, at);
  return say(turn, `取件码：${shownCode(code)}\n24 小时内有效。打开百米问法的网页，点“取件”，输入这个码，就能下载。不要把码告诉别人。`);
};

const askToErase =
  (lead: string): Command =>
  async (turn) => {
    const { stores, conversation } = turn;
    const open = await openTickets(stores, await stores.personal.conversationsOf(conversation.id));
    const [held] = open.filter(({ holder }) => holder !== null);
    if (held) {
      return say(turn, `${lead}工单 ${held.number} 正有人在办，现在删，办的人就看不到您说过的话了。您要怎么删？`, {
        asks: 'erasure',
        options: [ERASE_LATER, ERASE_NOW, KEEP],
      });
    }
    const waiting = open.length > 0 ? '还在等人领取的工单，办的人也看不到您说的话了。' : '';
    return say(
      turn,
      `${lead}会删掉：您说的话和答复、记下的情况、姓名电话住址、照片文件、渠道绑定。${waiting}会留下：工单编号、办理时间和结果，里面没有您的个人信息。`,
      { asks: 'erasure', options: [CONFIRM_ERASURE, KEEP] },
    );
  };

const eraseNow: Command = async (turn) => {
  const { stores, conversation, at } = turn;
  const all = await stores.personal.conversationsOf(conversation.id);
  await erase(stores, all, { scope: 'person', subject: conversation.id, byStaff: null }, at);
  for (const id of all) await stores.consents.save(id, CONSENT_VERSION, 'refused', at);
  turn.erased = true;
  return say(turn, '已经删掉了，找不回来。工单编号和办理结果留着，里面没有您的个人信息。您再写，就是重新开始。');
};

const eraseLater: Command = async (turn) => {
  const { stores, conversation, at } = turn;
  for (const id of await stores.personal.conversationsOf(conversation.id)) {
    await stores.consents.save(id, CONSENT_VERSION, 'erase-on-closing', at);
  }
  return say(turn, '好的。工单办完、结案以后，自动全部删掉。');
};

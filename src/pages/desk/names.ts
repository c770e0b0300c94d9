import { TOPIC_NAMES } from '../../domain/answer.js';

const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  web: '网页',
  'wechat-group': '微信群',
  'official-account': '公众号',
  telegram: 'Telegram',
  phone: '12348 来电',
};

const EVENT_NAMES: Readonly<Record<string, string>> = {
  open: '建立工单',
  claim: '领取',
  release: '放回待办',
  transfer: '转交',
  assign: '分派',
  invite: '请人一起看',
  uninvite: '不再请人看',
  escalate: '没人领取，转上一级',
  reply: '答复',
  'ask-citizen': '请当事人补充',
  'hand-back': '交还机器人',
  close: '结案',
  'citizen-message': '当事人来信',
  'human-wanted': '当事人找律师',
  reopen: '重新打开',
};

const known = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;

/** A topic's key in Chinese; what is no key stays as it is. */
export const topicName = (topic: string): string => known(TOPIC_NAMES, topic);
export const channelName = (channel: string): string => known(CHANNEL_NAMES, channel);
export const eventName = (event: string): string => known(EVENT_NAMES, event);

import type { ConversationFigure, TurnFigure } from './definitions.js';
import { number, shareOf } from './reckon.js';

const everyOne = (): boolean => true;

/** From the rows of `turns`: a conversation is told once a month, by its first turn in it. */
export const CONSULTATION_FIGURES: readonly ConversationFigure[] = [
  {
    of: 'conversations',
    id: 'consultations',
    group: 'consultations',
    name: '咨询',
    definition:
      '这个月里至少有一轮咨询的对话数；同一个对话一个月只算一次，按这个月的第一轮归渠道、地方和时间，按第一次听出的事项归事项；只打招呼、关注、要取件码之类的不算。',
    unit: 'count',
    by: ['day', 'hour', 'weekday', 'channel', 'topic', 'township'],
    counts: everyOne,
    reckon: number,
  },
  {
    of: 'conversations',
    id: 'machine-alone',
    group: 'machine',
    name: '机器独立办完的咨询',
    definition: '这个月的咨询里，机器至少答过一轮、而且没有一轮转给律师的对话数。',
    unit: 'count',
    by: ['channel', 'topic'],
    counts: ({ answered, handed }) => answered && !handed,
    reckon: number,
  },
  {
    of: 'conversations',
    id: 'machine-alone-share',
    group: 'machine',
    name: '机器独立办完的比例',
    definition: '机器独立办完的咨询占这个月全部咨询的比例。',
    unit: 'share',
    by: ['topic'],
    counts: everyOne,
    reckon: shareOf(({ answered, handed }) => answered && !handed),
  },
];

/** From the rows of `turns`, each turn told once. */
export const TURN_FIGURES: readonly TurnFigure[] = [
  {
    of: 'turns',
    id: 'answered-turns',
    group: 'machine',
    name: '机器答复的轮次',
    definition: '机器给出有依据的答复或者办事指引的轮次（一轮是群众说一次、机器应一次）。',
    unit: 'count',
    by: [],
    counts: ({ kind }) => kind === 'cited' || kind === 'service',
  },
  {
    of: 'turns',
    id: 'clarified-turns',
    group: 'machine',
    name: '机器反问的轮次',
    definition: '机器没有直接答、先反问一两件事的轮次。',
    unit: 'count',
    by: [],
    counts: ({ kind }) => kind === 'clarify',
  },
  {
    of: 'turns',
    id: 'handed-turns',
    group: 'machine',
    name: '转给律师的轮次',
    definition: '机器没有答、转给律师的轮次，按当时的原因分。',
    unit: 'count',
    by: ['reason'],
    counts: ({ kind }) => kind === 'handoff',
  },
  {
    of: 'turns',
    id: 'also-handed-turns',
    group: 'machine',
    name: '答了同时转律师的轮次',
    definition: '机器答了、同时也请律师看的轮次，按当时的原因分。',
    unit: 'count',
    by: ['reason'],
    counts: ({ kind, reason }) => (kind === 'cited' || kind === 'service') && reason !== null,
  },
  {
    of: 'turns',
    id: 'held-turns',
    group: 'machine',
    name: '律师接手期间的轮次',
    definition: '律师正在办、机器不说话的轮次。',
    unit: 'count',
    by: [],
    counts: ({ kind }) => kind === 'held',
  },
];

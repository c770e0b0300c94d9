import { describe, expect, it } from 'vitest';
import type { CitedAnswer, ServiceAnswer } from '../../src/domain/answer.js';
import type { Message } from '../../src/domain/message.js';
import type { ChannelProfile } from '../../src/messaging/channel.js';
import { renderMessage } from '../../src/messaging/delivery/render.js';

const PROFILE: ChannelProfile = {
  name: 'wechat-group',
  textLimit: { most: 4000, per: 'bytes' },
  buttons: false,
  groups: true,
  push: 'always',
};
const CITED: CitedAnswer = {
  kind: 'cited',
  topic: 'wages',
  headline: '每满一年给一个月工资。',
  points: [],
  citations: [],
  steps: [],
  deadlines: [],
  evidence: [],
  further: [],
  guide: null,
  furtherCitations: [],
  caveats: [],
  calculation: { headline: '一共24,000元。', lines: ['月工资6,000元 × 4个月'] },
  ask: { id: 'a', text: '你哪天离开的？', options: ['上个月', '还没离开'] },
  alsoHandoff: null,
  confidence: 1,
  notice: '',
};
const SUM: ServiceAnswer = {
  kind: 'service',
  service: 'calculator',
  headline: '一共24,000元。',
  steps: [],
  sections: [],
  citations: [],
  alsoHandoff: null,
  options: [],
  confidence: 1,
  notice: '',
};
const message = (answer: CitedAnswer | ServiceAnswer): Message => ({
  id: 1,
  author: 'bot',
  staffName: null,
  body: { type: 'answer', answer, ticketNumber: null },
  at: 0,
});
const rendered = (answer: CitedAnswer | ServiceAnswer, group: boolean): string =>
  renderMessage(message(answer), null, { profile: PROFILE, group })
    .map(({ text, privately }) => (privately === true ? `〔私下〕${text}` : text))
    .join('\n');

describe('before others', () => {
  it('an answer says the law, and neither what the person earns nor what is asked of the person', () => {
    expect(rendered(CITED, true)).toContain('每满一年给一个月工资。');
    for (const own of ['24,000', '6,000', '你哪天离开的', '上个月']) expect(rendered(CITED, true), own).not.toContain(own);
  });

  it('a sum goes to the person alone', () => {
    expect(rendered(SUM, true)).toMatch(/^〔私下〕/);
  });

  it('all of it is said where nobody reads along', () => {
    for (const own of ['24,000', '6,000', '你哪天离开的', '上个月']) expect(rendered(CITED, false), own).toContain(own);
    expect(rendered(SUM, false)).not.toContain('〔私下〕');
  });

  it('puts what is to be known besides into the message of the answer, which makes room for it', () => {
    const account: ChannelProfile = { ...PROFILE, name: 'official-account', textLimit: { most: 1850, per: 'bytes' }, buttons: true };
    const long: CitedAnswer = {
      ...CITED,
      points: Array.from({ length: 40 }, (_, index) => `第${String(index)}点：${'要留好证据，'.repeat(5)}不要丢。`),
    };
    const footnote = { text: `说明：${'您说的话会存下来。'.repeat(10)}`, options: ['不同意'] };
    const message: Message = {
      id: 1,
      author: 'bot',
      staffName: null,
      body: { type: 'answer', answer: long, ticketNumber: '20261124-0001', footnote },
      at: 0,
    };
    const parts = renderMessage(message, 'k', { profile: account, group: false });
    expect(parts).toHaveLength(1);
    expect(parts[0]?.text).toContain(CITED.headline);
    expect(parts[0]?.text.endsWith(footnote.text)).toBe(true);
    expect(parts[0]?.options).toEqual(['上个月', '还没离开', '不同意']);
  });
});

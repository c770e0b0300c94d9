import { describe, expect, it } from 'vitest';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { SETTLE_MS, joined, oneTurnOf, settleFor } from '../../src/messaging/bursts.js';
import type { PendingMessage } from '../../src/messaging/ports.js';

const START = 1_000_000;
const said = (text: string, after = 0, id = 1): PendingMessage => ({
  messageId: id,
  conversationId: 'c',
  content: { type: 'text', text },
  at: START + after,
  attempts: 0,
});
const texts = (run: readonly PendingMessage[]): string[] =>
  run.map(({ content }) => (content.type === 'text' ? content.text : content.type));
const WEB = { state: null, channel: 'web' } as const;

describe('several short messages in a row', () => {
  const pieces = [said('我在工地上', 0, 1), said('昨天摔了', 900, 2), said('老板不给医药费怎么办', 2000, 3), said('还有工资', 2500, 4)];

  it('are one turn, up to the one that completes them', () => {
    const run = oneTurnOf(pieces);
    expect(texts(run)).toEqual(['我在工地上', '昨天摔了', '老板不给医药费怎么办']);
    expect(joined(run)).toMatchObject({ messageId: 3, content: { type: 'text', text: '我在工地上，昨天摔了，老板不给医药费怎么办' } });
  });

  it('are not joined over a pause, nor with a tap on a button, nor to a whole question', () => {
    expect(texts(oneTurnOf([said('我在工地上'), said('昨天摔了', 9000)]))).toEqual(['我在工地上']);
    expect(oneTurnOf([said('我在工地上'), { ...said('', 100), content: { type: 'human-wanted' } }])).toHaveLength(1);
    expect(texts(oneTurnOf([said('老板拖欠工资怎么办？'), said('还有加班费', 100)]))).toEqual(['老板拖欠工资怎么办？']);
  });
});

describe('waiting for the rest', () => {
  it('is done only for a piece, each piece anew, and never for long', () => {
    const wait = (run: readonly PendingMessage[], at: number): number => settleFor(run, WEB, START + at, SETTLE_MS);
    expect(wait([said('我在工地上')], 100)).toBe(SETTLE_MS.web - 100);
    expect(wait([said('我在工地上'), said('昨天摔了', 600)], 650)).toBe(SETTLE_MS.web - 50);
    expect(wait([said('我在工地上'), said('昨天摔了', 2400)], 2400)).toBe(100);
    expect(wait([said('我在工地上')], SETTLE_MS.web)).toBe(0);
    for (const whole of ['老板拖欠工资怎么办', '工伤赔多少钱？', '找律师', '我在工地上干活的时候从架子上摔下来了'])
      expect(wait([said(whole)], 0), whole).toBe(0);
  });

  it('is not done for the reply to a question back', () => {
    const replying = { state: { ...NEW_CONSULTATION, pending: 'land-kind' }, channel: 'web' } as const;
    expect(settleFor([said('农村')], replying, START, SETTLE_MS)).toBe(0);
  });
});

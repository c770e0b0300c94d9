import { describe, expect, it } from 'vitest';
import { before, monthOf } from '../../../src/handoff/figures/month.js';

const NOW = Date.parse('2026-11-20T10:00:00+08:00');

describe('a month of figures', () => {
  it('begins and ends at midnight in China', () => {
    expect(monthOf('2026-10', NOW)).toEqual({
      id: '2026-10',
      from: Date.parse('2026-10-01T00:00:00+08:00'),
      to: Date.parse('2026-11-01T00:00:00+08:00'),
    });
    expect(monthOf('2025-12', NOW).to).toBe(Date.parse('2026-01-01T00:00:00+08:00'));
  });

  it('comes after the one before, over the turn of the year too', () => {
    expect(before(monthOf('2026-01', NOW)).id).toBe('2025-12');
    expect(before(monthOf('2026-11', NOW))).toEqual(monthOf('2026-10', NOW));
  });

  it('is the running one at its first instant in China, while it is still yesterday elsewhere', () => {
    expect(monthOf('2026-12', Date.parse('2026-12-01T00:00:00+08:00')).id).toBe('2026-12');
    expect(() => monthOf('2026-12', Date.parse('2026-11-30T23:59:59.999+08:00'))).toThrow('2026-12 还没有到，没有数据。怎么改：写 2026-11');
  });

  it.each(['2026-13', '2026-1', '202610', '2026-10-01', '', '十月', '1999-10', ' 2026-10'])('refuses “%s” with what to write', (id) => {
    expect(() => monthOf(id, NOW)).toThrow('月份写得不对。怎么改：写四位年份和两位月份，例如 2026-11');
  });
});

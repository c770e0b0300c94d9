import { describe, expect, it } from 'vitest';
import type { QueueItem, QueueView } from '../../src/domain/desk-views.js';
import { badgeText, newsBetween, waitingForMe } from '../../src/pages/desk/alerts/what-is-new.js';
import { cursorOf, itemsOf, NO_PAGES, pageToRead, withPage, type QueuePages } from '../../src/pages/desk/queue/queue-pages.js';
import { EVERYTHING, queryOf } from '../../src/pages/desk/queue/queue-filter.js';
import { factsOf, placeText } from '../../src/pages/desk/queue/row-facts.js';
import { unfilled } from '../../src/pages/desk/tools/variables.js';
import { inserted } from '../../src/pages/desk/insert-words.js';

const NOW = Date.parse('2026-11-24T10:00:00+08:00');

const item = (number: string, change: Partial<QueueItem> = {}): QueueItem => ({
  ...{ number, kind: 'consultation', state: 'queued', reason: 'human-wanted', topic: 'wages', title: '老板不给钱' },
  ...{ holderName: null, mine: false, urgent: false, handedBack: false, createdAt: NOW, updatedAt: NOW },
  ...{ townshipName: null, pointName: null, priority: 0, deadlineDay: null, daysLeft: null, dueAt: null },
  ...{ overdue: false, forMe: false, invited: false },
  ...change,
});

const view = (numbers: readonly string[], next: string | null, counts: Partial<QueueView['counts']> = {}): QueueView => ({
  items: numbers.map((number) => item(number)),
  total: 6,
  counts: { waiting: 0, mine: 0, forMe: 0, overdue: 0, ...counts },
  next,
});

const numbers = (pages: QueuePages): string[] => itemsOf(pages).map(({ number }) => number);

describe('the pages of a queue', () => {
  const three = ['ab', 'cd', 'ef'].reduce(
    (pages, page, index) => withPage(pages, index, view(page.split(''), index === 2 ? null : page.slice(-1)), 1),
    NO_PAGES,
  );

  it('follow one another, each from where the one before ended', () => {
    expect(numbers(three)).toEqual('abcdef'.split(''));
    expect([0, 1, 2].map((index) => cursorOf(three, index))).toEqual([null, 'b', 'd']);
    expect(pageToRead(three, 0, 5, 1)).toBe(null);
  });

  it('read the next one before the end comes into view, and only then', () => {
    const long = withPage(
      NO_PAGES,
      0,
      view(
        Array.from({ length: 50 }, (_, index) => String(index)),
        'more',
      ),
      1,
    );
    expect(pageToRead(long, 0, 10, 1)).toBe(null);
    expect(pageToRead(long, 20, 30, 1)).toBe(1);
  });

  it('read the first one and those in view anew when something happened, not the others', () => {
    expect(pageToRead(three, 4, 5, 2)).toBe(0);
    const first = withPage(three, 0, view(['a', 'b'], 'b'), 2);
    expect(pageToRead(first, 4, 5, 2)).toBe(2);
    expect(pageToRead(withPage(first, 2, view(['e', 'f'], null), 2), 4, 5, 2)).toBe(null);
  });

  it('show a ticket that moved up once, and lose none behind a page that now ends elsewhere', () => {
    const moved = withPage(three, 0, view(['e', 'a'], 'a'), 2);
    expect(numbers(moved)).toEqual('eacdf'.split(''));
    expect(cursorOf(moved, 1)).toBe('a');
    expect(pageToRead(moved, 2, 3, 2)).toBe(1);
    expect(numbers(withPage(moved, 1, view(['b', 'c'], 'c'), 2))).toEqual('eabcf'.split(''));
  });

  it('go on to the next one although many tickets stand in two of them', () => {
    const row = (index: number): string => String(index);
    const list = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => row(from + index));
    const first = withPage(NO_PAGES, 0, view(list(0, 50), row(49)), 1);
    const both = withPage(first, 1, view(list(50, 100), row(99)), 1);
    // forty of the second page moved up to the first
    const moved = withPage(both, 0, view([...list(60, 100), ...list(0, 10)], row(9)), 2);
    const last = numbers(moved).length - 1;
    expect(last).toBe(59);
    const again = withPage(moved, 1, view(list(10, 60), row(59)), 2);
    expect(numbers(again)).toHaveLength(100);
    expect(pageToRead(again, 95, 99, 2)).toBe(2);
    const doubled = withPage(again, 0, view([...list(20, 60), ...list(0, 10)], row(9)), 3);
    const end = numbers(doubled).length - 1;
    expect(pageToRead(withPage(doubled, 1, view(list(10, 60), row(59)), 3), end - 2, end, 3)).toBe(2);
  });

  it('end where the server says so', () => {
    expect(numbers(withPage(three, 1, view(['c'], null), 2))).toEqual('abc'.split(''));
  });
});

describe('a filter', () => {
  it('is asked for without what is not set', () => {
    expect(queryOf(EVERYTHING)).toBe('show=open');
    expect(queryOf({ ...EVERYTHING, show: 'waiting', kind: 'mediation', township: 'none', q: ' 工钱 ' })).toBe(
      `show=waiting&kind=mediation&township=none&q=${encodeURIComponent('工钱')}`,
    );
  });
});

describe('a row', () => {
  const texts = (change: Partial<QueueItem>): string[] => factsOf(item('1', change), NOW).map(({ text }) => text);

  it('says in plain words what presses, worst first', () => {
    const pressing = { urgent: true, overdue: true, dueAt: NOW - 25 * 60_000, daysLeft: 6, forMe: true, invited: true };
    expect(texts(pressing)).toEqual(['人身安全', '超时没人领 25 分钟', '法定期限还剩 6 天', '找您的', '请您一起看']);
    expect(texts({})).toEqual([]);
  });

  it.each([
    [-3, '法定期限过了 3 天', 'red'],
    [0, '法定期限今天到期', 'red'],
    [7, '法定期限还剩 7 天', 'red'],
    [8, '法定期限还剩 8 天', 'amber'],
  ])('with %i days left reads “%s”', (daysLeft, text, tone) => {
    expect(factsOf(item('1', { daysLeft }), NOW)).toEqual([{ id: 'deadline', text, tone }]);
  });

  it('no longer presses once it is closed or claimed', () => {
    expect(texts({ state: 'closed', daysLeft: 2, forMe: true })).toEqual([]);
    expect(texts({ state: 'claimed', overdue: true, dueAt: NOW - 1 })).toEqual([]);
  });

  it('names the township once', () => {
    expect(placeText({ townshipName: '青禾镇工作站', pointName: '青禾镇红星村法律之家' })).toBe('青禾镇红星村法律之家');
    expect(placeText({ townshipName: '青禾镇', pointName: '红星村法律之家' })).toBe('青禾镇 红星村法律之家');
    expect(placeText({ townshipName: null, pointName: null })).toBe('');
  });
});

describe('news of what waits for me', () => {
  const waiting = (counts: Partial<QueueView['counts']>, items: readonly QueueItem[] = []) =>
    waitingForMe({ ...view([], null, counts), items });
  const mine = (number: string, updatedAt: number) => item(number, { state: 'claimed', mine: true, updatedAt });

  it('tells of a ticket for me before one for all', () => {
    expect(newsBetween(waiting({ waiting: 1 }), waiting({ waiting: 2, forMe: 1 }), null)).toContain('找您');
    expect(newsBetween(waiting({ waiting: 1 }), waiting({ waiting: 2 }), null)).toContain('等人领取');
    expect(newsBetween(waiting({ waiting: 2 }), waiting({ waiting: 1 }), null)).toBe(null);
  });

  it('tells of a citizen’s words on a ticket of mine, unless it is open before me', () => {
    const before = waiting({}, [mine('1', 5)]);
    const after = waiting({}, [mine('1', 9)]);
    expect(newsBetween(before, after, null)).toContain('工单 1');
    expect(newsBetween(before, after, '1')).toBe(null);
    expect(newsBetween(after, after, null)).toBe(null);
  });

  it('counts in the title what waits, up to 99', () => {
    expect(badgeText(waiting({}))).toBe('');
    expect(badgeText(waiting({ waiting: 2 }, [mine('1', 1)]))).toBe('(3) ');
    expect(badgeText(waiting({ waiting: 5000 }))).toBe('(99+) ');
  });
});

describe('what a tool puts into the reply', () => {
  it('stands on lines of its own where the cursor is', () => {
    expect(inserted('', 0, '《劳动合同法》第三十条')).toBe('《劳动合同法》第三十条');
    expect(inserted('您好。 请看', 3, ' 条文 ')).toBe('您好。\n条文\n请看');
  });

  it('is not sent while a variable stands unfilled', () => {
    expect(unfilled('{称呼}您好，工单号 {工单号}')).toEqual(['{称呼}', '{工单号}']);
    expect(unfilled('您好{笑脸}')).toEqual([]);
  });
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAddressBook } from '../../../src/adapters/wechat-group/address-book.js';
import { createOfficers, readOrder } from '../../../src/adapters/wechat-group/officers.js';
import { createPace } from '../../../src/adapters/wechat-group/pace.js';
import { fromPuppet, type HeardMessage } from '../../../src/adapters/wechat-group/protocol.js';
import { openRoomRecords } from '../../../src/adapters/wechat-group/room-records.js';
import { inGroup } from '../../../src/adapters/wechat-group/texts.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('the pace of sending', () => {
  const NOON = Date.UTC(2026, 5, 1, 4);

  it('never sends more than twenty messages in any minute, over all rooms', () => {
    let at = NOON;
    const pace = createPace({ perMinute: 20, perDay: 10_000, pauseMs: [1000, 3000], now: () => at, random: () => 0.5 });
    const leaving: number[] = [];
    for (; at < NOON + 600_000; at += 500) {
      const turn = pace.take(`room ${String(at % 7)}`);
      if (typeof turn === 'number') leaving.push(at + turn);
    }
    leaving.sort((a, b) => a - b);
    expect(leaving.length).toBeGreaterThan(150);
    expect(leaving.every((time, index) => (leaving[index + 20] ?? Infinity) - time >= 60_000)).toBe(true);
  });

  it('pauses one to three seconds between messages to one room', () => {
    let random = 0;
    const pace = createPace({ perMinute: 20, perDay: 100, pauseMs: [1000, 3000], now: () => NOON, random: () => random });
    expect(pace.take('a')).toBe(1000);
    random = 1;
    expect(pace.take('a')).toBe(4000);
    expect(pace.take('b')).toBe(3000);
  });

  it('stops at the day’s cap until midnight in China, and says so', () => {
    let at = NOON;
    const pace = createPace({ perMinute: 20, perDay: 2, pauseMs: [0, 0], now: () => at, random: () => 0 });
    pace.take('a');
    pace.take('a');
    expect(pace.take('a')).toEqual({ afterMs: 12 * 3_600_000, reason: expect.stringContaining('上限') as string });
    at += 12 * 3_600_000;
    expect(pace.take('a')).toBe(0);
  });
});

describe('what is kept of rooms', () => {
  const file = (): string => join(temporaryFolder(), 'wechat', 'rooms.json');

  it('outlives the login, in which the room has another id', () => {
    const path = file();
    openRoomRecords(path).change({ id: '@@1', topic: '普法群' }, { greeted: true, servicePoint: 'jy-01' });
    expect(openRoomRecords(path).read({ id: '@@2', topic: '普法群' })).toEqual({ greeted: true, paused: false, servicePoint: 'jy-01' });
    expect(openRoomRecords(path).read({ id: '@@2', topic: '别的群' }).greeted).toBe(false);
  });

  it('goes along when a room is renamed', () => {
    const records = openRoomRecords(file());
    records.change({ id: '@@1', topic: '旧名' }, { paused: true });
    expect(records.read({ id: '@@1', topic: '新名' }).paused).toBe(true);
  });

  it('is readable for this user alone, and names neither room nor id', () => {
    const path = file();
    openRoomRecords(path).change({ id: '@@1', topic: '普法群' }, { greeted: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toMatch(/普法群|@@1/);
  });

  it('is begun anew where the file is damaged', () => {
    const path = join(temporaryFolder(), 'rooms.json');
    writeFileSync(path, '{"version":1,"rooms":{"x":{"greeted":"ye');
    const records = openRoomRecords(path);
    expect(records.read({ id: '1', topic: 'a' }).greeted).toBe(false);
    records.change({ id: '1', topic: 'a' }, { greeted: true });
    expect(existsSync(path)).toBe(true);
  });
});

describe('duty officers', () => {
  it('are known by the password alone, until the next login', () => {
    const officers = createOfficers('kou-ling-2026', () => 0);
    expect(officers.greet('a', '值班口令 kou-ling-2026')).toContain('口令正确');
    expect(officers.isOfficer('a')).toBe(true);
    expect(officers.isOfficer('b')).toBe(false);
    officers.forget();
    expect(officers.isOfficer('a')).toBe(false);
  });

  it('are locked out for an hour after five wrong passwords, the right one included', () => {
    let at = 0;
    const officers = createOfficers('kou-ling-2026', () => at);
    for (let attempt = 0; attempt < 5; attempt++) expect(officers.greet('a', `值班口令 ${String(attempt)}`)).toBe('口令不对。');
    expect(officers.greet('a', '值班口令 kou-ling-2026')).toContain('一小时');
    expect(officers.greet('b', '值班口令 kou-ling-2026')).toContain('口令正确');
    at = 3_600_001;
    expect(officers.greet('a', '值班口令 kou-ling-2026')).toContain('口令正确');
  });

  it('do not exist where no password is configured', () => {
    const officers = createOfficers(null, () => 0);
    expect(officers.greet('a', '值班口令 null')).toBe('口令不对。');
    expect(officers.greet('a', '工伤怎么认定')).toBeNull();
  });

  it('give three orders; other words are none', () => {
    expect(readOrder('暂停')).toEqual({ type: 'pause' });
    expect(readOrder('恢复')).toEqual({ type: 'resume' });
    expect(readOrder('绑定服务点 jy-01')).toEqual({ type: 'bind', servicePoint: 'jy-01' });
    expect(readOrder('工资暂停发放怎么办')).toBeNull();
    expect(readOrder('绑定服务点')).toBeNull();
  });
});

describe('a text in a group', () => {
  it('mentions the asker and quotes the question, short and without personal data', () => {
    const text = inGroup('张三', '我电话13812345678，老板拖欠工资三个月不发怎么办啊急急急急急急急急', '可以申请劳动仲裁。');
    expect(text).toMatch(/^@张三\u2005 「.{10,26}…」\n可以申请劳动仲裁。$/u);
    expect(text).not.toContain('13812345678');
  });

  it('never calls everyone, whatever the asker calls himself', () => {
    expect(inGroup('所有人', null, '好的')).toBe('好的');
  });
});

describe('who is who', () => {
  const heard = (room: string | null, talker: string): HeardMessage => ({
    id: '1',
    room: room === null ? null : { id: room, topic: '' },
    talker: { id: talker, name: '张三', friend: true },
    type: 'text',
    text: '',
    mentioned: [],
    at: 0,
    self: { id: 'bot', names: [] },
  });

  it('goes by room and asker: the same name is not the same person, another room another conversation', () => {
    const book = createAddressBook(() => 0);
    const keys = [heard('r1', 'a'), heard('r1', 'b'), heard('r2', 'a'), heard(null, 'a')].map((message) => book.enter(message).key);
    expect(new Set(keys).size).toBe(4);
    expect(book.enter(heard('r1', 'a')).key).toBe(keys[0]);
    expect(keys.join()).not.toContain('r1');
  });

  it('goes on with the group’s conversation in private for a day, where the bot has turned to the person', () => {
    let at = 0;
    const book = createAddressBook(() => at);
    const address = book.enter(heard('r1', 'a'));
    book.goOnInPrivate(address);
    expect(book.enter(heard(null, 'a')).key).toBe(address.key);
    expect(book.enter(heard(null, 'b')).key).not.toBe(address.key);
    at = 86_400_001;
    expect(book.enter(heard(null, 'a')).key).not.toBe(address.key);
  });
});

describe('what the puppet’s process tells', () => {
  it.each([null, 'login', { type: 'login' }, { type: 'heard', message: {} }, { type: 'done', id: 1, ok: true, more: 1 }, { type: 'exec' }])(
    'is refused where it is not of the protocol: %j',
    (message) => {
      expect(fromPuppet.safeParse(message).success).toBe(false);
    },
  );
});

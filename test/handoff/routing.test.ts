import type { Kysely } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { dutyCalendar } from '../../src/adapters/calendar/duty-calendar.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createOrganisationStore } from '../../src/adapters/database/organisation-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { buildApp, type App } from '../../src/app.js';
import type { Consult } from '../../src/consultation/consult.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import { REPLIES, handoffAnswer } from '../../src/consultation/replies.js';
import { NO_TRACE } from '../../src/consultation/trace.js';
import { mayRead } from '../../src/domain/access.js';
import type { AnswerTopic, HandoffReason } from '../../src/domain/answer.js';
import type { InboundContent, Message } from '../../src/domain/message.js';
import type { StoredTicket } from '../../src/handoff/ports.js';
import { chooseCandidate, type Choice } from '../../src/handoff/routing/choose-candidate.js';
import { createRouter } from '../../src/handoff/routing/create-router.js';
import { createEscalation } from '../../src/handoff/routing/escalate.js';
import type { Candidate } from '../../src/handoff/routing/ports.js';
import { withRouter } from '../../src/messaging/with-router.js';
import { addPeople, importPoints } from '../support/with-points.js';

const MINUTE = 60_000;
const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);
const MONDAY_TEN = at('2026-11-23', '10:00');

const lawyer = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  roles: ['lawyer'],
  reach: '/',
  skills: [],
  ...change,
});

describe('whom a ticket is offered to', () => {
  const all = [lawyer('a'), lawyer('b', { skills: ['wages'] }), lawyer('c', { reach: '/city/t1/' }), lawyer('m', { roles: ['mediator'] })];
  const base: Choice = {
    kind: 'consultation',
    topic: null,
    wanted: null,
    notTo: null,
    candidates: all,
    onDuty: new Set(),
    absences: [],
    loads: new Map(),
  };
  const away = (staffId: string, deputy: string | null) => ({ id: 'x', staffId, fromDay: '', toDay: '', deputy, reason: '' });
  it.each<[string, Partial<Choice>, string | null]>([
    ['the nearest to the place', {}, 'c'],
    ['who knows the topic', { topic: 'wages' }, 'b'],
    ['who takes on the kind', { kind: 'mediation' }, 'm'],
    ['nobody, where nobody takes it on', { kind: 'mediation', candidates: [lawyer('a')] }, null],
    ['who is on duty', { onDuty: new Set(['a']) }, 'a'],
    ['who knows the topic, of those on duty', { onDuty: new Set(['a', 'b']), topic: 'wages' }, 'b'],
    ['the deputy of who is on duty and away', { onDuty: new Set(['a']), absences: [away('a', 'b')] }, 'b'],
    ['the deputy of the deputy', { onDuty: new Set(['a']), absences: [away('a', 'c'), away('c', 'b')] }, 'b'],
    ['nobody away', { absences: [away('c', null)], topic: 'wages' }, 'b'],
    ['nobody twice in a circle of deputies', { candidates: [lawyer('a'), lawyer('b')], absences: [away('a', 'b'), away('b', 'a')] }, null],
    ['who has least to do', { candidates: [lawyer('a'), lawyer('b')], loads: new Map([['a', 3]]) }, 'b'],
    ['whom the person picked', { wanted: 'a', topic: 'wages', onDuty: new Set(['b']) }, 'a'],
    ['the deputy of whom the person picked', { wanted: 'a', absences: [away('a', 'b')] }, 'b'],
    ['somebody else, where the picked one is away alone', { wanted: 'a', absences: [away('a', null)] }, 'c'],
    ['somebody else than who has just given it back', { notTo: 'c', topic: 'wages' }, 'b'],
  ])('%s', (_, change, expected) => {
    expect(chooseCandidate({ ...base, ...change })).toBe(expected);
  });
});

interface County {
  readonly app: App;
  readonly db: Kysely<Database>;
  readonly escalation: ReturnType<typeof createEscalation>;
  readonly told: string[][];
  clock: number;
  /** What the consultation says of the person's time limit. */
  deadline: string | null;
  say(key: string, content: InboundContent | string): Promise<Message>;
  ticket(key: string): Promise<StoredTicket>;
}

const opened: Kysely<Database>[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()));
});

/** A county with people at each tier; every question goes to a lawyer, for the reason that it names. */
async function county(): Promise<County> {
  const db = await openDatabase(':memory:');
  opened.push(db);
  await importPoints(db);
  await addPeople(db, {
    centre: { reach: '/city/' },
    town: { reach: '/city/t1/' },
    village: { reach: '/city/t1/v1/' },
    other: { reach: '/city/t1/v2/' },
    officer: { roles: ['officer'], reach: '/' },
  });
  const consult: Consult = (words) => {
    const reason = (/^(danger|not-confident)/.exec(words)?.[1] ?? 'not-confident') as HandoffReason;
    const topic: AnswerTopic = 'wages';
    const answer = /^hello/.test(words) ? REPLIES.greeting() : handoffAnswer(reason);
    return { answer, state: NEW_CONSULTATION, trace: { ...NO_TRACE, topic } };
  };
  const router = createRouter({ calendar: dutyCalendar, deadline: () => self.deadline });
  const store = withRouter(createMessageStore(db), router);
  const app = buildApp({
    store,
    staff: createStaffStore(db),
    consult,
    now: () => self.clock,
    onError: (error) => {
      throw error as Error;
    },
  });
  let keys = 0;
  const told: string[][] = [];
  const self: County = {
    app,
    db,
    told,
    clock: MONDAY_TEN,
    deadline: null,
    escalation: createEscalation({
      store,
      router,
      calendar: dutyCalendar,
      now: () => self.clock,
      onEscalated: (_, ids) => told.push([...ids]),
      onError: (error) => {
        throw error as Error;
      },
    }),
    async say(key, content) {
      const body = typeof content === 'string' ? ({ type: 'text', text: content } as const) : content;
      const { conversationId, message } = await app.messenger.receive({
        channel: 'web',
        conversationKey: key,
        externalKey: `k${String(keys++)}`,
        content: body,
      });
      await app.messenger.idle();
      const answer = (await app.messenger.messagesAfter(conversationId, message.id))[0];
      if (!answer) throw new Error('no answer');
      return answer;
    },
    async ticket(key) {
      const id = (await app.messenger.conversationId('web', key)) ?? '';
      const ticket = await app.desk.latestOf(id);
      if (!ticket) throw new Error('no ticket');
      return ticket;
    },
  };
  return self;
}

const textOf = ({ body }: Message): string =>
  body.type === 'answer'
    ? body.answer.kind === 'handoff'
      ? body.answer.text
      : body.answer.kind === 'service'
        ? JSON.stringify(body.answer)
        : ''
    : body.type === 'text'
      ? body.text
      : '';

describe('where a ticket waits', () => {
  it.each<[string, readonly (InboundContent | string)[], string]>([
    ['where the code was scanned', [{ type: 'join', servicePoint: 'v1' }, '被拖欠工资'], '/city/t1/v1/'],
    ['the last code scanned', [{ type: 'join', servicePoint: 'v1' }, { type: 'join', servicePoint: 't2' }, '被拖欠工资'], '/city/t2/'],
    ['at the centre for an unknown code', [{ type: 'join', servicePoint: 'nowhere' }, '被拖欠工资'], '/city/'],
    ['at the village that is named', ['我是松溪村的，老板不给钱'], '/city/t1/v2/'],
    ['at the township that is named', ['我在川坝镇做工，老板不给钱'], '/city/t2/'],
    ['at the centre where two townships are named', ['从川坝镇到云坪镇的路上受伤'], '/city/'],
    ['near where the person is', [{ type: 'location', latitude: 30.212, longitude: 104.312, label: '' }, '被拖欠工资'], '/city/t2/v3/'],
    ['at the centre for somebody far away', [{ type: 'location', latitude: 39.9, longitude: 116.4, label: '' }, '被拖欠工资'], '/city/'],
    ['at the centre else', ['被拖欠工资'], '/city/'],
  ])('%s', async (_, said, expected) => {
    const here = await county();
    for (const one of said) await here.say('a', one);
    expect((await here.ticket('a')).pointPath).toBe(expected);
  });

  it('is seen by the lawyer of the village and up the tree, and by no other village', async () => {
    const here = await county();
    await here.say('a', { type: 'join', servicePoint: 'v1' });
    await here.say('a', '被拖欠工资');
    const ticket = await here.ticket('a');
    const people = await here.app.desk.colleagues();
    expect(people.filter((person) => mayRead(person, ticket)).map(({ id }) => id)).toEqual(['centre', 'officer', 'town', 'village']);
    expect(ticket.offeredTo).toBe('village');
    const other = people.find(({ id }) => id === 'other');
    if (!other) throw new Error('nobody');
    expect(await here.app.tickets.claim(ticket.number, other)).toMatchObject({ ok: false });
  });
});

describe('until when', () => {
  it.each<[string, string, string | null, string, number, 0 | 1 | 2]>([
    ['half a working day', '被拖欠工资', null, '10:00', at('2026-11-23', '15:00'), 0],
    ['two hours where a time limit is near', '被拖欠工资', '2026-12-20', '10:00', at('2026-11-23', '12:00'), 1],
    ['as usual where it is far', '被拖欠工资', '2027-12-20', '10:00', at('2026-11-23', '15:00'), 0],
    ['a quarter of an hour in danger, also at night', 'danger', null, '23:00', at('2026-11-23', '23:15'), 2],
    ['the next working day in the evening', '被拖欠工资', null, '18:00', at('2026-11-24', '14:00'), 0],
  ])('%s', async (_, words, deadline, time, dueAt, priority) => {
    const here = await county();
    here.clock = at('2026-11-23', time);
    here.deadline = deadline;
    await here.say('a', words);
    expect(await here.ticket('a')).toMatchObject({ dueAt, priority, deadlineDay: deadline });
  });

  it('is said to the person: in hours, out of hours, in danger', async () => {
    const here = await county();
    expect(textOf(await here.say('a', '被拖欠工资'))).toContain('一般今天下午 3:00 以前有人领取');
    here.clock = at('2026-11-23', '20:00');
    expect(textOf(await here.say('b', '被拖欠工资'))).toMatch(/现在不是上班时间。最早明天上午 9:00 有人看到。.*先不要签/);
    expect(textOf(await here.say('c', 'danger'))).toMatch(/最早明天上午 9:00 有人看到。遇到危险不要等：打110/);
    here.clock = at('2026-11-27', '18:00');
    expect(textOf(await here.say('d', '被拖欠工资'))).toContain('最早11月30日（星期一）上午 9:00 有人看到');
  });

  it('tells of nobody asleep while somebody has a night shift', async () => {
    const here = await county();
    here.clock = at('2026-11-23', '20:00');
    const shift = { id: 's', staffId: 'centre', pointCode: 'city', startsAt: here.clock - MINUTE, endsAt: here.clock + 600 * MINUTE };
    await createOrganisationStore(here.db).addShifts([shift], 'officer', 0);
    expect(textOf(await here.say('a', '被拖欠工资'))).not.toContain('不是上班时间');
    expect((await here.ticket('a')).offeredTo).toBe('centre');
  });
});

describe('a ticket that nobody claims', () => {
  it('goes up a tier at a time, is offered anew, and the officer is told; at the top once a working day', async () => {
    const here = await county();
    await here.say('a', { type: 'join', servicePoint: 'v1' });
    await here.say('a', '被拖欠工资');
    const first = await here.ticket('a');
    here.clock = (first.dueAt ?? 0) - MINUTE;
    expect(await here.escalation.run()).toBe(0);
    const steps: unknown[] = [];
    for (let step = 0; step < 2; step++) {
      here.clock = (await here.ticket('a')).dueAt ?? 0;
      expect(await here.escalation.run()).toBe(1);
      expect(await here.escalation.run()).toBe(0);
      const { pointPath, offeredTo, escalations, state } = await here.ticket('a');
      steps.push([pointPath, offeredTo, escalations, state]);
    }
    expect(steps).toEqual([
      ['/city/t1/', 'town', 1, 'queued'],
      ['/city/', 'centre', 2, 'queued'],
    ]);
    here.clock = (await here.ticket('a')).dueAt ?? 0;
    expect(await here.escalation.run()).toBe(1);
    const top = await here.ticket('a');
    expect([top.pointPath, top.escalations]).toEqual(['/city/', 2]);
    expect(top.dueAt).toBe(at('2026-11-25', '09:00'));
    expect(here.told).toEqual([['officer'], ['officer'], ['officer']]);
    const notices = await createOrganisationStore(here.db).notices('officer');
    expect(notices).toHaveLength(3);
    expect(notices[0]?.text).toContain(`工单 ${first.number} 还没有人领取`);
    const events = (await here.app.desk.ticket(first.number))?.history.map(({ event }) => event);
    expect(events).toEqual(['open', 'escalate', 'escalate']);
  });

  it('stays where it is once somebody has claimed it, and is offered to somebody else when they give it back', async () => {
    const here = await county();
    await here.say('a', { type: 'join', servicePoint: 'v1' });
    await here.say('a', '被拖欠工资');
    const { number, dueAt } = await here.ticket('a');
    const village = (await here.app.desk.colleagues()).find(({ id }) => id === 'village');
    if (!village) throw new Error('nobody');
    await here.app.tickets.claim(number, village);
    here.clock = dueAt ?? 0;
    expect(await here.escalation.run()).toBe(0);
    await here.app.tickets.release(number, village);
    expect(await here.ticket('a')).toMatchObject({ state: 'queued', pointPath: '/city/t1/v1/', offeredTo: 'town' });
    expect((await here.ticket('a')).dueAt).toBeGreaterThan(here.clock);
  });

  it('is routed at the next look where it came to the queue without', async () => {
    const here = await county();
    await here.say('a', { type: 'join', servicePoint: 'v1' });
    await here.say('a', '被拖欠工资');
    const { number } = await here.ticket('a');
    await here.db.updateTable('tickets').set({ due_at: null, offered_to: null, point_path: '/' }).where('number', '=', number).execute();
    expect(await here.escalation.run()).toBe(1);
    expect(await here.ticket('a')).toMatchObject({ pointPath: '/city/t1/v1/', offeredTo: 'village', dueAt: at('2026-11-23', '15:30') });
    expect(here.told).toEqual([[]]);
  });

  it('goes up once, where two processes look at the same time', async () => {
    const here = await county();
    await here.say('a', { type: 'join', servicePoint: 'v1' });
    await here.say('a', '被拖欠工资');
    here.clock = (await here.ticket('a')).dueAt ?? 0;
    const counts = await Promise.all([here.escalation.run(), here.escalation.run(), here.escalation.run()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    expect(await here.ticket('a')).toMatchObject({ pointPath: '/city/t1/', escalations: 1 });
  });

  it('rises when its time limit comes near', async () => {
    const here = await county();
    here.deadline = '2027-01-10';
    await here.say('a', '被拖欠工资');
    expect((await here.ticket('a')).priority).toBe(0);
    here.clock = at('2026-12-15', '09:00');
    expect(await here.escalation.recompute()).toBe(1);
    expect(await here.ticket('a')).toMatchObject({ priority: 1, deadlineDay: '2027-01-10' });
    here.deadline = null; // over
    expect(await here.escalation.recompute()).toBe(1);
    expect(await here.escalation.recompute()).toBe(0);
    expect(await here.ticket('a')).toMatchObject({ priority: 0, deadlineDay: null });
  });
});

describe('service points in the conversation', () => {
  it('greets whoever scans a code with the point and who is on duty there', async () => {
    const here = await county();
    const shift = { id: 's', staffId: 'village', pointCode: 'v1', startsAt: here.clock - MINUTE, endsAt: here.clock + 60 * MINUTE };
    await createOrganisationStore(here.db).addShifts([shift], 'officer', 0);
    const greeting = textOf(await here.say('a', { type: 'join', servicePoint: 'v1' }));
    expect(greeting).toMatch(/云坪镇青湾村法律之家.*010-0000101.*现在开着，到今天中午 12:00.*现在值班：village律师/);
    expect(textOf(await here.say('b', { type: 'join', servicePoint: 'nowhere' }))).not.toContain('法律之家');
  });

  it('names the three nearest to a location', async () => {
    const here = await county();
    const answer = await here.say('a', { type: 'location', latitude: 30.516, longitude: 104.616, label: '' });
    const titles =
      answer.body.type === 'answer' && answer.body.answer.kind === 'service' ? answer.body.answer.sections.map(({ title }) => title) : [];
    expect(titles).toEqual(['云坪镇青湾村法律之家', '云坪镇松溪村法律之家', '云坪镇工作站']);
    expect(textOf(await here.say('a', '附近服务点'))).toContain('云坪镇松溪村法律之家'); // where they were
  });

  it.each(['附近服务点', '最近的服务点在哪里？', '服务点怎么去', '怎么去'])(
    'offers the townships for “%s” without a location',
    async (words) => {
      const here = await county();
      const answer = await here.say('a', words);
      expect(answer.body.type === 'answer' && answer.body.answer.kind === 'service' ? answer.body.answer.options : []).toEqual([
        '云坪镇的服务点',
        '川坝镇的服务点',
      ]);
      const town = textOf(await here.say('a', '云坪镇的服务点'));
      expect(town).toContain('云坪镇正街1号');
      expect(town).toContain('云坪镇青湾村的服务点');
      expect(textOf(await here.say('a', '云坪镇青湾村的服务点'))).toContain('010-0000101');
    },
  );

  it('says so where nothing was imported', async () => {
    const here = await county();
    await here.db.deleteFrom('service_points').execute();
    const text = textOf(await here.say('a', '附近服务点'));
    expect(text).toContain('还没有录进来');
    expect(text).toContain('找律师');
  });
});

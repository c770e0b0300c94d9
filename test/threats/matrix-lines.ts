import type { Role } from '../../src/domain/access.js';

/**
 * Who may do what at the desk, a line for each route. Whoever adds a route adds its line here: `route-matrix.test.ts` fails until
 * it is there, asks the route for every role (and every situation of a ticket), and writes docs/rights.md (`npx vitest run
 * test/threats/route-matrix.test.ts -u`).
 */
export type Expected = 'yes' | 401 | 403 | 404 | 409;

/** What a ticket is to whoever asks for it. */
export const SITUATIONS = {
  own: '自己手里的',
  'own-closed': '自己办结的',
  waiting: '待领取，本人范围内、接的种类',
  'other-kind': '待领取，本人范围内、不接的种类',
  elsewhere: '待领取，本人范围外',
  held: '同事手里的，本人范围内',
  'held-elsewhere': '同事手里的，本人范围外',
  closed: '同事办结的，本人范围内',
} as const;
export type Situation = keyof typeof SITUATIONS;

/** What each role is answered; a role that is not named: 404, as if the ticket were not there. */
export type TicketRule = Readonly<Partial<Record<Situation, Readonly<Partial<Record<Role, Expected>>>>>>;

const all = (expected: Expected): Readonly<Record<Role, Expected>> => ({
  lawyer: expected,
  mediator: expected,
  operator: expected,
  officer: expected,
  admin: expected,
});
/** Whoever takes on such tickets, and the officer. */
const takers = (taker: Expected, officer: Expected): Readonly<Partial<Record<Role, Expected>>> => ({
  lawyer: taker,
  mediator: taker,
  officer,
});
const officer = (expected: Expected): Readonly<Partial<Record<Role, Expected>>> => ({ officer: expected });

export const TICKET_RULES = {
  read: {
    own: all('yes'),
    'own-closed': all('yes'),
    waiting: takers('yes', 'yes'),
    'other-kind': officer('yes'),
    held: officer('yes'),
    closed: officer('yes'),
  },
  claim: {
    // the officer, and whoever takes on no tickets, is told that it is not theirs to claim
    own: { lawyer: 409, mediator: 409, operator: 403, officer: 403, admin: 403 },
    'own-closed': all(409),
    waiting: takers('yes', 403),
    'other-kind': officer(403),
    held: takers(409, 403),
    closed: officer(403),
  },
  /** What the holder alone does. */
  hold: {
    own: all('yes'),
    'own-closed': all(409),
    waiting: takers(409, 403),
    'other-kind': officer(403),
    held: takers(409, 403),
    closed: officer(403),
  },
  /** As `hold`; a ticket that waits can be closed by whoever could claim it. */
  close: {
    own: all('yes'),
    'own-closed': all(409),
    waiting: takers('yes', 403),
    'other-kind': officer(403),
    held: takers(409, 403),
    closed: officer(403),
  },
  /** What goes with a ticket, to be read by colleagues alone. */
  note: {
    own: all('yes'),
    'own-closed': all('yes'),
    waiting: takers(403, 'yes'),
    'other-kind': officer('yes'),
    held: officer('yes'),
    closed: officer('yes'),
  },
  /** As `read`; who answers no citizens has no use for a draft. */
  draft: {
    own: { ...all('yes'), admin: 403 },
    'own-closed': { ...all('yes'), admin: 403 },
    waiting: { ...takers('yes', 'yes'), admin: 403 },
    'other-kind': { officer: 'yes', admin: 403 },
    elsewhere: { admin: 403 },
    held: { officer: 'yes', admin: 403 },
    'held-elsewhere': { admin: 403 },
    closed: { officer: 'yes', admin: 403 },
  },
  /** Name and telephone of the person, with a reason: whoever has the ticket in hand. */
  unmask: { own: all('yes'), 'own-closed': all('yes') },
  assign: {
    own: { ...all(403), officer: 'yes' },
    'own-closed': { ...all(403), officer: 409 },
    waiting: takers(403, 'yes'),
    'other-kind': officer('yes'),
    held: officer('yes'),
    closed: officer(409),
  },
  reopen: {
    own: all(409),
    'own-closed': all('yes'),
    waiting: takers(403, 409),
    'other-kind': officer(409),
    held: officer(409),
    closed: officer('yes'),
  },
} as const satisfies Readonly<Record<string, TicketRule>>;

/** Ids that stand in paths and bodies. */
export interface Ids {
  readonly self: string;
  /** A lawyer and a mediator who has the ticket, where somebody else has it. */
  readonly colleague: string;
  /** Takes on every kind. */
  readonly deputy: string;
  /** An account that nothing else uses. */
  readonly target: string;
}

interface Line {
  /** After "?". */
  readonly query?: string | undefined;
  readonly body?: ((ids: Ids, unique: string) => unknown) | undefined;
  /** What whoever may is answered, where it is not 200. */
  readonly answers?: readonly number[] | undefined;
  /** Value of `:id`. */
  readonly id?: ((ids: Ids) => string) | undefined;
}
export interface TicketLine extends Line {
  readonly ticket: TicketRule;
}
export interface PlainLine extends Line {
  /** `signed-in`: whoever is; `anyone`: also who is not; else these roles, the others 403. */
  readonly who: 'anyone' | 'signed-in' | readonly Role[];
}

const target = (ids: Ids): string => ids.target;
const KNOWLEDGE = ['lawyer', 'officer'] as const;
const TOOLS = ['lawyer', 'mediator', 'operator', 'officer'] as const;
const ORGANISES = ['officer', 'admin'] as const;
const none = (): string => 'none';
const deputy = (ids: Ids): unknown => ({ staffId: ids.deputy });
const file = (): FormData => {
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), '合同.pdf');
  return form;
};

export const LINES: Readonly<Record<string, TicketLine | PlainLine>> = {
  'POST /login': { who: 'anyone', body: () => ({ login: 'nobody', password: 'wrong-password' }), answers: [401, 429] },
  'GET /me': { who: 'signed-in' },
  'POST /logout': { who: 'signed-in' },
  'POST /password': { who: 'signed-in', body: () => ({ current: 'wrong', next: 'a-new-password' }), answers: [400, 429] },
  'POST /totp/begin': { who: 'signed-in', body: () => ({ password: 'wrong' }), answers: [400, 429] },
  'POST /totp/confirm': { who: 'signed-in', body: () => ({ code: '000000' }), answers: [400] },
  'POST /totp/remove': { who: 'signed-in', body: () => ({ password: 'wrong' }), answers: [400, 429] },
  'POST /totp/recovery-codes': { who: 'signed-in', body: () => ({ password: 'wrong' }), answers: [400, 429] },
  'GET /sessions': { who: 'signed-in' },
  'POST /sessions/end-others': { who: 'signed-in' },
  // a session of somebody else is not there
  'POST /sessions/:id/end': { who: 'signed-in', id: () => 'session-of-the-colleague', answers: [404] },

  'GET /curated': { who: KNOWLEDGE },
  'POST /curated': { who: KNOWLEDGE, answers: [400] },
  'POST /curated/:id/approve': { who: KNOWLEDGE, id: () => 'none', answers: [404] },
  'POST /curated/:id/withdraw': { who: KNOWLEDGE, id: () => 'none', answers: [404] },
  'GET /unanswered': { who: KNOWLEDGE },

  'GET /knowledge': { who: KNOWLEDGE },
  'POST /knowledge/verify': { who: KNOWLEDGE, body: () => ({ key: 'none', against: '官方原文' }), answers: [404] },
  'POST /knowledge/withdraw': { who: KNOWLEDGE, body: () => ({ key: 'none' }), answers: [404] },
  'POST /knowledge/figures/:slot': {
    who: KNOWLEDGE,
    body: () => ({ value: 1, source: '统计公报', sourceDate: '2026-07-01' }),
    answers: [404],
  },
  'POST /knowledge/figures/:slot/verify': { who: KNOWLEDGE, answers: [404] },

  'GET /channels': { who: ['officer', 'admin'] },
  'GET /telegram-link': { who: 'signed-in' },
  'POST /telegram-link': { who: 'signed-in', answers: [404] },
  'POST /telegram-link/remove': { who: 'signed-in', answers: [404] },

  'GET /accounts': { who: ['admin'] },
  'POST /accounts': { who: ['admin'], body: (_ids, unique) => ({ login: unique, name: '新来的', roles: ['lawyer'] }) },
  'POST /accounts/:id/change': { who: ['admin'], id: target, body: () => ({ roles: ['admin'] }) },
  'POST /accounts/:id/block': { who: ['admin'], id: target },
  'POST /accounts/:id/unblock': { who: ['admin'], id: target },
  'POST /accounts/:id/unlock': { who: ['admin'], id: target },
  'POST /accounts/:id/reset-password': { who: ['admin'], id: target },
  'POST /accounts/:id/reset-totp': { who: ['admin'], id: target },
  'POST /accounts/:id/end-sessions': { who: ['admin'], id: target },
  'GET /audit': { who: ['officer', 'admin'] },
  'GET /audit/export.csv': { who: ['officer', 'admin'] },

  'GET /calculators': { who: TOOLS },
  'POST /calculators/:id': { who: TOOLS, id: none, body: () => ({ inputs: {} }), answers: [404] },
  'GET /provisions': { who: TOOLS, query: 'q=工伤保险条例第十四条' },
  'GET /canned-replies': { who: TOOLS },
  'POST /canned-replies': { who: TOOLS, body: () => ({ title: '收到', text: '{称呼}，材料收到了。', shared: false }) },
  'POST /canned-replies/:id/remove': { who: TOOLS, id: none, answers: [404] },
  'GET /canned-replies/:id/history': { who: TOOLS, id: none, answers: [200, 404] },

  'GET /organisation/points': { who: ORGANISES },
  'POST /organisation/import': { who: ORGANISES, body: file, answers: [400] },
  'GET /duty': { who: 'signed-in', query: 'week=2026-11-23' },
  'POST /duty': { who: ORGANISES, answers: [400] },
  'POST /duty/copy': { who: ORGANISES, answers: [400] },
  'POST /duty/:id/remove': { who: ORGANISES, id: none, answers: [404] },
  // leave of somebody else; one's own is everybody's to enter
  'POST /absences': { who: ORGANISES, body: (ids) => ({ staffId: ids.target, fromDay: '2030-01-07', toDay: '2030-01-08' }) },
  'POST /absences/:id/remove': { who: 'signed-in', id: none, answers: [404] },
  'GET /colleagues': { who: 'signed-in' },
  'GET /notices': { who: 'signed-in' },
  'POST /notices/read': { who: 'signed-in' },

  'GET /figures': { who: ['officer'], query: 'month=2026-10' },
  'GET /figures/tickets': { who: ['officer'], query: 'month=2026-10&figure=none', answers: [400, 404] },
  'GET /figures/figures.csv': { who: ['officer'], query: 'month=2026-10' },
  'GET /figures/tickets.csv': { who: ['officer'], query: 'month=2026-10' },
  'GET /figures/figures.xlsx': { who: ['officer'], query: 'month=2026-10' },
  'GET /figures/report.docx': { who: ['officer'], query: 'month=2026-10' },
  'GET /retention': { who: ['officer'] },
  'POST /retention': { who: ['officer'], body: () => ({ conversationDays: 200, closedDays: 800, serviceDays: 2000 }) },

  'POST /tickets': {
    who: ['lawyer', 'mediator', 'operator', 'officer'],
    body: (_ids, unique) => ({ id: unique, kind: 'consultation', words: '老板不发工资' }),
  },
  // what is listed is looked at by itself in the test
  'GET /queue': { who: 'signed-in' },
  'GET /townships': { who: 'signed-in' },
  'GET /tickets': { who: 'signed-in' },
  'GET /events': { who: 'signed-in' },
  'GET /tickets/:number': { ticket: TICKET_RULES.read },
  'GET /tickets/:number/feedback': { ticket: TICKET_RULES.read },
  'GET /tickets/:number/deliveries': { ticket: TICKET_RULES.read },
  'GET /tickets/:number/extras': { ticket: TICKET_RULES.read },
  'GET /tickets/:number/referral': { ticket: TICKET_RULES.read, query: 'to=court' },
  'GET /tickets/:number/attachments/:id': { ticket: TICKET_RULES.read, id: none, answers: [404] },
  'GET /tickets/:number/unmasked': { ticket: TICKET_RULES.unmask, query: 'reason=contact' },
  'POST /tickets/:number/draft': { ticket: TICKET_RULES.draft },
  'POST /tickets/:number/notes': { ticket: TICKET_RULES.note, body: () => ({ text: '等他送合同来' }) },
  'POST /tickets/:number/attachments': { ticket: TICKET_RULES.note, body: file },
  'POST /tickets/:number/invite': { ticket: TICKET_RULES.hold, body: deputy },
  'POST /tickets/:number/uninvite': { ticket: TICKET_RULES.hold, body: deputy },
  'POST /tickets/:number/transfer': { ticket: TICKET_RULES.hold, body: deputy },
  'POST /tickets/:number/assign': { ticket: TICKET_RULES.assign, body: deputy },
  'POST /tickets/:number/ask-papers': { ticket: TICKET_RULES.hold, body: (_ids, unique) => ({ id: unique, papers: ['劳动合同'] }) },
  'POST /tickets/:number/claim': { ticket: TICKET_RULES.claim },
  'POST /tickets/:number/release': { ticket: TICKET_RULES.hold },
  'POST /tickets/:number/hand-back': { ticket: TICKET_RULES.hold },
  'POST /tickets/:number/reply': { ticket: TICKET_RULES.hold, body: (_ids, unique) => ({ id: unique, text: '您好，请带上合同来。' }) },
  'POST /tickets/:number/close': { ticket: TICKET_RULES.close, body: () => ({ outcome: 'resolved', note: '' }) },
  'POST /tickets/:number/reopen': { ticket: TICKET_RULES.reopen },
};

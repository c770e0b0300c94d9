import { describe, expect, it } from 'vitest';
import {
  TICKET_STATES,
  applyTicketEvent,
  isHeldByHuman,
  refusalText,
  type Ticket,
  type TicketEvent,
  type TicketResult,
  type TicketState,
} from '../../src/domain/ticket.js';

const DAY = 86_400_000;
const CLOSED_AT = 1_700_000_000_000;
const NOW = CLOSED_AT + 3 * DAY;

/** 甲 holds the ticket, 乙 is another lawyer, 丙 is the one it is transferred to. */
const ticketIn = (state: TicketState, handedBack = false): Ticket => ({
  number: 'Z-1',
  kind: 'consultation',
  reason: 'not-confident',
  result: null,
  members: [],
  openedBy: null,
  pointPath: '/',
  state,
  holder: state === 'queued' ? null : '甲',
  handedBack,
  outcome: state === 'closed' ? 'resolved' : null,
  closedAt: state === 'closed' ? CLOSED_AT : null,
});

/** "answered 甲 back": state, holder, and whether the bot has the conversation; or why it was refused. */
function inWords(result: TicketResult): string {
  if (!result.ok) return result.refusal.reason;
  const { state, holder, handedBack } = result.ticket;
  return [state, holder ?? '-', ...(handedBack ? ['back'] : [])].join(' ');
}

const WRONG = 'wrong-state';
const NOT = 'not-holder';
const TAKEN = 'already-claimed';
const LATE = 'too-late';

type Row = readonly [name: string, event: TicketEvent, cells: readonly string[]];

// prettier-ignore
const HELD: readonly Row[] = [
  // event                                                   queued       claimed               answered              waiting-citizen       closed
  ['甲 claims',            { type: 'claim', by: '甲' },       ['claimed 甲', TAKEN,                TAKEN,                TAKEN,                WRONG]],
  ['乙 claims',            { type: 'claim', by: '乙' },       ['claimed 乙', TAKEN,                TAKEN,                TAKEN,                WRONG]],
  ['甲 releases',          { type: 'release', by: '甲' },     [WRONG,       'queued -',            'queued -',           'queued -',           WRONG]],
  ['乙 releases',          { type: 'release', by: '乙' },     [WRONG,       NOT,                   NOT,                  NOT,                  WRONG]],
  ['甲 transfers to 丙',   { type: 'transfer', by: '甲', to: '丙' }, [WRONG, 'claimed 丙',         'answered 丙',        'waiting-citizen 丙', WRONG]],
  ['乙 transfers to 丙',   { type: 'transfer', by: '乙', to: '丙' }, [WRONG, NOT,                  NOT,                  NOT,                  WRONG]],
  ['甲 replies',           { type: 'reply', by: '甲' },       [WRONG,       'answered 甲',         'answered 甲',        'answered 甲',        WRONG]],
  ['乙 replies',           { type: 'reply', by: '乙' },       [WRONG,       NOT,                   NOT,                  NOT,                  WRONG]],
  ['甲 asks the citizen',  { type: 'ask-citizen', by: '甲' }, [WRONG,       'waiting-citizen 甲',  'waiting-citizen 甲', 'waiting-citizen 甲', WRONG]],
  ['乙 asks the citizen',  { type: 'ask-citizen', by: '乙' }, [WRONG,       NOT,                   NOT,                  NOT,                  WRONG]],
  ['甲 hands back',        { type: 'hand-back', by: '甲' },   [WRONG,       'answered 甲 back',    'answered 甲 back',   'answered 甲 back',   WRONG]],
  ['乙 hands back',        { type: 'hand-back', by: '乙' },   [WRONG,       NOT,                   NOT,                  NOT,                  WRONG]],
  ['甲 closes',            { type: 'close', by: '甲', outcome: 'referred', at: NOW }, ['closed 甲', 'closed 甲',  'closed 甲',          'closed 甲',          WRONG]],
  ['乙 closes',            { type: 'close', by: '乙', outcome: 'referred', at: NOW }, ['closed 乙', NOT,          NOT,                  NOT,                  WRONG]],
  ['the citizen writes',   { type: 'citizen-message' },       ['queued -',  'claimed 甲',          'claimed 甲',         'claimed 甲',         WRONG]],
  ['the citizen wants a human', { type: 'human-wanted' },     ['queued -',  'claimed 甲',          'answered 甲',        'waiting-citizen 甲', WRONG]],
  ['reopened in time',     { type: 'reopen', at: NOW },       [WRONG,       WRONG,                 WRONG,                WRONG,                'queued -']],
  ['reopened late',        { type: 'reopen', at: CLOSED_AT + 8 * DAY }, [WRONG, WRONG,             WRONG,                WRONG,                LATE]],
];

// prettier-ignore
const HANDED_BACK: readonly Row[] = [
  // event                                                   claimed              answered             waiting-citizen
  ['甲 claims',            { type: 'claim', by: '甲' },       [TAKEN,               TAKEN,               TAKEN]],
  ['乙 claims',            { type: 'claim', by: '乙' },       [TAKEN,               TAKEN,               TAKEN]],
  ['甲 releases',          { type: 'release', by: '甲' },     ['queued -',          'queued -',          'queued -']],
  ['乙 releases',          { type: 'release', by: '乙' },     [NOT,                 NOT,                 NOT]],
  ['甲 transfers to 丙',   { type: 'transfer', by: '甲', to: '丙' }, ['claimed 丙 back', 'answered 丙 back', 'waiting-citizen 丙 back']],
  ['乙 transfers to 丙',   { type: 'transfer', by: '乙', to: '丙' }, [NOT,          NOT,                 NOT]],
  ['甲 replies',           { type: 'reply', by: '甲' },       ['answered 甲',       'answered 甲',       'answered 甲']],
  ['乙 replies',           { type: 'reply', by: '乙' },       [NOT,                 NOT,                 NOT]],
  ['甲 asks the citizen',  { type: 'ask-citizen', by: '甲' }, ['waiting-citizen 甲', 'waiting-citizen 甲', 'waiting-citizen 甲']],
  ['乙 asks the citizen',  { type: 'ask-citizen', by: '乙' }, [NOT,                 NOT,                 NOT]],
  ['甲 hands back',        { type: 'hand-back', by: '甲' },   ['answered 甲 back',  'answered 甲 back',  'answered 甲 back']],
  ['乙 hands back',        { type: 'hand-back', by: '乙' },   [NOT,                 NOT,                 NOT]],
  ['甲 closes',            { type: 'close', by: '甲', outcome: 'referred', at: NOW }, ['closed 甲', 'closed 甲', 'closed 甲']],
  ['乙 closes',            { type: 'close', by: '乙', outcome: 'referred', at: NOW }, [NOT,         NOT,         NOT]],
  ['the citizen writes',   { type: 'citizen-message' },       ['claimed 甲 back',   'answered 甲 back',  'waiting-citizen 甲 back']],
  ['the citizen wants a human', { type: 'human-wanted' },     ['claimed 甲',        'claimed 甲',        'claimed 甲']],
  ['reopened in time',     { type: 'reopen', at: NOW },       [WRONG,               WRONG,               WRONG]],
  ['reopened late',        { type: 'reopen', at: CLOSED_AT + 8 * DAY }, [WRONG,     WRONG,               WRONG]],
];

describe('a ticket', () => {
  it.each(HELD)('goes where the table says when %s', (_name, event, cells) => {
    expect(TICKET_STATES.map((state) => inWords(applyTicketEvent(ticketIn(state), event)))).toEqual(cells);
  });

  // only held tickets can be handed back: the walk below shows that no other ever is
  it.each(HANDED_BACK)('handed back to the bot goes where the table says when %s', (_name, event, cells) => {
    const states = ['claimed', 'answered', 'waiting-citizen'] as const;
    expect(states.map((state) => inWords(applyTicketEvent(ticketIn(state, true), event)))).toEqual(cells);
  });

  it('names its holder to whoever is refused', () => {
    const claimed = ticketIn('claimed');
    const refusals = [applyTicketEvent(claimed, { type: 'claim', by: '乙' }), applyTicketEvent(claimed, { type: 'reply', by: '乙' })];
    expect(refusals).toEqual([
      { ok: false, refusal: { reason: 'already-claimed', holder: '甲' } },
      { ok: false, refusal: { reason: 'not-holder', holder: '甲' } },
    ]);
  });

  it('keeps outcome and time of closing, and loses both when it is reopened', () => {
    const closed = applyTicketEvent(ticketIn('claimed'), { type: 'close', by: '甲', outcome: 'withdrawn', at: NOW });
    expect(closed).toMatchObject({ ok: true, ticket: { outcome: 'withdrawn', closedAt: NOW } });
    const reopened = applyTicketEvent(ticketIn('closed'), { type: 'reopen', at: NOW });
    expect(reopened).toMatchObject({ ok: true, ticket: { outcome: null, closedAt: null, holder: null } });
  });

  it('can be reopened to the end of the seventh day and not a moment later', () => {
    const reopenAt = (at: number): TicketResult => applyTicketEvent(ticketIn('closed'), { type: 'reopen', at });
    expect(reopenAt(CLOSED_AT + 7 * DAY).ok).toBe(true);
    expect(reopenAt(CLOSED_AT + 7 * DAY + 1)).toEqual({ ok: false, refusal: { reason: 'too-late', days: 7 } });
    expect(reopenAt(CLOSED_AT + 30 * DAY)).toEqual({ ok: false, refusal: { reason: 'too-late', days: 30 } });
  });

  it('is not changed in place', () => {
    const ticket = Object.freeze(ticketIn('queued'));
    expect(applyTicketEvent(ticket, { type: 'claim', by: '甲' })).toMatchObject({ ok: true, ticket: { state: 'claimed' } });
    expect(ticket.state).toBe('queued');
  });
});

it('a human holds the conversation from claim to close, except while it is handed back', () => {
  expect(TICKET_STATES.filter((state) => isHeldByHuman(ticketIn(state)))).toEqual(['claimed', 'answered', 'waiting-citizen']);
  expect(TICKET_STATES.filter((state) => isHeldByHuman(ticketIn(state, true)))).toEqual([]);
});

it('a refusal is told in plain words with the name of the lawyer', () => {
  const name = (id: string): string => ({ 甲: '王律师' })[id] ?? '？';
  expect(refusalText({ reason: 'already-claimed', holder: '甲' }, name)).toBe('王律师已经领取了这张工单。');
  expect(refusalText({ reason: 'not-holder', holder: '甲' }, name)).toContain('王律师');
  expect(refusalText({ reason: 'not-holder', holder: null }, name)).toBe('请先领取这张工单。');
  expect(refusalText({ reason: 'wrong-state', state: 'closed' }, name)).toContain('已结案');
  expect(refusalText({ reason: 'too-late', days: 9 }, name)).toContain('超过 7 天');
});

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is broken about a ticket; empty for a sound one. */
function faults(ticket: Ticket): string[] {
  const open = ticket.state === 'claimed' || ticket.state === 'answered' || ticket.state === 'waiting-citizen';
  const rules: readonly (readonly [string, boolean])[] = [
    ['queued has no holder, every other state has one', (ticket.state === 'queued') === (ticket.holder === null)],
    ['closed, and only closed, has the time of closing', (ticket.state === 'closed') === (ticket.closedAt !== null)],
    ['closed, and only closed, has an outcome', (ticket.state === 'closed') === (ticket.outcome !== null)],
    ['only a held ticket is handed back', open || !ticket.handedBack],
    ['a human holds it only in a held state', open || !isHeldByHuman(ticket)],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

it('no walk of 10,000 random events breaks a ticket', () => {
  const random = seeded(20_250_101);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const people = ['甲', '乙', '丙'];
  let now = CLOSED_AT;
  const next = (): TicketEvent => {
    now += random() * DAY;
    const by = pick(people);
    const late = random() < 0.1 ? 8 * DAY : 0;
    return pick<TicketEvent>([
      { type: 'claim', by },
      { type: 'release', by },
      { type: 'transfer', by, to: pick(people) },
      { type: 'reply', by },
      { type: 'ask-citizen', by },
      { type: 'hand-back', by },
      { type: 'close', by, outcome: pick(['resolved', 'referred', 'withdrawn'] as const), at: now },
      { type: 'citizen-message' },
      { type: 'human-wanted' },
      { type: 'reopen', at: now + late },
    ]);
  };
  let ticket = ticketIn('queued');
  const visited = new Set<string>();
  const broken: string[] = [];
  for (let step = 0; step < 10_000; step++) {
    const event = next();
    const result = applyTicketEvent(ticket, event);
    if (!result.ok) {
      if (result.refusal.reason === 'too-late') ticket = ticketIn('queued');
      continue;
    }
    for (const fault of faults(result.ticket)) broken.push(`${ticket.state} ${event.type}: ${fault}`);
    ticket = result.ticket;
    visited.add(ticket.state);
  }
  expect(broken).toEqual([]);
  expect([...visited].sort()).toEqual([...TICKET_STATES].sort());
});

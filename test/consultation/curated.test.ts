import { describe, expect, it } from 'vitest';
import { createCuratedStore } from '../../src/adapters/database/curated-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { createCuratedAnswers } from '../../src/consultation/curate.js';
import { answerOfCurated, checksumsOf, readProvision, stillHolds } from '../../src/consultation/curated.js';
import type { Proposal } from '../../src/consultation/curated/ports.js';
import type { CuratedAnswer } from '../../src/domain/curated-answer.js';
import { buildLibrary, type LawChange, type Library, type OfficialLaw } from '../../src/knowledge/library.js';
import type { PackLaw } from '../../src/knowledge/parse-pack-law.js';
import { TODAY } from '../support/consult-for-tests.js';

const pack = readPack(readConfig({}).knowledgeFolder);
const LAW = '工伤保险条例';
const ARTICLE = '第十七条';
const KEY = `${LAW}#${ARTICLE}`;

function libraryOf(
  laws: readonly PackLaw[] = pack.laws,
  official: readonly OfficialLaw[] = [],
  changes: readonly LawChange[] = [],
): Library {
  return buildLibrary(laws, official, [...pack.changes, ...changes], pack.checksums);
}
const library = libraryOf();

/** The library with one gist changed. */
function reworded(change: (rule: string) => string, part: 'plain' | 'rule' = 'plain'): Library {
  return libraryOf(
    pack.laws.map((entry) =>
      entry.law.title !== LAW
        ? entry
        : { ...entry, gists: entry.gists.map((gist) => (gist.article === ARTICLE ? { ...gist, [part]: change(gist[part]) } : gist)) },
    ),
  );
}
const happened = (event: LawChange['event'], article: string | null): Library =>
  libraryOf(pack.laws, [], [{ title: LAW, article, event, from: '2026-01-01', by: '某决定', source: '测试' }]);

const approved: CuratedAnswer = {
  id: 'one',
  topic: 'injury',
  asks: ['单位不申请工伤怎么办'],
  headline: '单位不申请工伤认定，自己在1年内也能申请。',
  points: [],
  cites: [{ law: LAW, article: ARTICLE }],
  checksums: checksumsOf([{ law: LAW, article: ARTICLE }], library),
  status: 'approved',
  ticketNumber: '20261123-0001',
  author: 'li',
  proposedAt: 1,
  approvedBy: 'zhao',
  approvedAt: 2,
  endedBy: null,
  endedAt: null,
};

describe('whether a curated answer still holds', () => {
  it('holds while its provisions say what they said', () => {
    expect(approved.checksums[KEY]).toMatch(/^[0-9a-f]{64}$/);
    expect(stillHolds(approved, library, TODAY)).toBe(true);
    expect(stillHolds(approved, libraryOf(), TODAY)).toBe(true);
  });

  it('no longer holds when a word of a gist changed, or a sentence moved from one part to the other', () => {
    expect(
      stillHolds(
        approved,
        reworded((text) => `${text}。`),
        TODAY,
      ),
    ).toBe(false);
    expect(
      stillHolds(
        approved,
        reworded((text) => text.slice(1), 'rule'),
        TODAY,
      ),
    ).toBe(false);
    const gist = library.byKey.get(KEY)?.gist;
    const moved = libraryOf(
      pack.laws.map((entry) => ({
        ...entry,
        gists: entry.gists.map((one) =>
          entry.law.title === LAW && one.article === ARTICLE ? { ...one, plain: (gist?.plain ?? '') + (gist?.rule ?? ''), rule: '' } : one,
        ),
      })),
    );
    expect(stillHolds(approved, moved, TODAY)).toBe(false);
  });

  it('no longer holds when the provision or its law was repealed, superseded or amended, from that day on', () => {
    for (const event of ['repealed', 'superseded', 'amended'] as const) {
      for (const article of [ARTICLE, null]) {
        expect(stillHolds(approved, happened(event, article), TODAY), event).toBe(false);
        expect(stillHolds(approved, happened(event, article), '2025-12-31'), event).toBe(true);
      }
    }
    expect(stillHolds(approved, happened('repealed', '第十四条'), TODAY)).toBe(true);
  });

  it('no longer holds when the library has lost the provision', () => {
    expect(stillHolds(approved, libraryOf(pack.laws.filter(({ law }) => law.title !== LAW)), TODAY)).toBe(false);
  });

  it('never holds without provisions, without checksums, or when it is not approved', () => {
    expect(stillHolds({ ...approved, cites: [] }, library, TODAY)).toBe(false);
    expect(stillHolds({ ...approved, checksums: {} }, library, TODAY)).toBe(false);
    for (const status of ['proposed', 'withdrawn', 'expired'] as const) {
      expect(stillHolds({ ...approved, status }, library, TODAY), status).toBe(false);
    }
  });
});

describe('the answer of a curated answer', () => {
  it('says what the lawyers wrote, with the provisions as the library has them', () => {
    expect(answerOfCurated(approved, library, TODAY, 0.9)).toMatchObject({
      kind: 'cited',
      topic: 'injury',
      headline: approved.headline,
      citations: [{ law: LAW, article: ARTICLE, verified: true, plain: library.byKey.get(KEY)?.gist?.plain }],
      confidence: 0.9,
    });
  });

  it('is none when it does not hold, or says a figure that no provision says', () => {
    expect(answerOfCurated(approved, happened('repealed', ARTICLE), TODAY, 0.9)).toBeNull();
    expect(answerOfCurated({ ...approved, headline: '自己在3年内也能申请。' }, library, TODAY, 0.9)).toBeNull();
  });
});

describe('provisions as lawyers write them', () => {
  it('reads any usual spelling, and any name of the law', () => {
    const ref = { ref: { law: LAW, article: ARTICLE } };
    for (const line of ['工伤保险条例第十七条', '《工伤保险条例》第17条', ' 工伤保险条例 17条 ', '《工伤保险条例》第十七条']) {
      expect(readProvision(line, library), line).toEqual(ref);
    }
    expect(readProvision('中华人民共和国劳动合同法第八十二条', library)).toEqual({ ref: { law: '劳动合同法', article: '第八十二条' } });
    const [alias, title] = [...library.names].find(([name, known]) => name !== known && library.byKey.has(`${known}#第一条`)) ?? ['', ''];
    if (alias !== '') expect(readProvision(`${alias}第一条`, library)).toEqual({ ref: { law: title, article: '第一条' } });
  });

  it('says what is wrong with the others', () => {
    for (const [line, fault] of [
      ['工伤那个条例', /认不出来/],
      ['第十七条', /认不出来/],
      ['工伤保险条例', /认不出来/],
      ['胡编乱造法第一条', /没有.*核对全称/],
      ['工伤保险条例第九百条', /没有《工伤保险条例》第九百条/],
    ] as const) {
      expect(readProvision(line, library), line).toEqual({ fault: expect.stringMatching(fault) as string });
    }
  });
});

/** Curated answers over a real database, and a ticket that 李 has worked on. */
async function desk() {
  const db = await openDatabase(':memory:');
  const messages = createMessageStore(db);
  let clock = Date.parse(`${TODAY}T02:00:00Z`);
  const now = (): number => clock++;
  const { conversationId } = await messages.receive(
    { channel: 'web', externalKey: 'k', conversationKey: 'c', content: { type: 'text', text: '单位不申请工伤怎么办' } },
    now(),
  );
  const brief = { question: '', topic: null, facts: [], botSaid: '', provisions: [], channel: '网页' };
  const { number } = await messages.handoff(({ tickets }) =>
    tickets.open({
      ...{ conversationId, kind: 'consultation', reason: 'not-confident', brief, state: 'queued', holder: null },
      ...{ handedBack: false, outcome: null, closedAt: null, note: null, createdAt: now() },
    }),
  );
  const state = { library, changes: 0 };
  let ids = 0;
  const curated = createCuratedAnswers({
    store: createCuratedStore(db),
    library: () => state.library,
    hasWorkedOn: (staffId, ticket) => Promise.resolve(ticket === number ? staffId === 'li' : null),
    newId: () => `c${String(++ids)}`,
    now,
    dayOf: () => TODAY,
    onChange: () => state.changes++,
  });
  return { curated, number, state };
}
const PROPOSAL: Proposal = {
  topic: 'injury',
  asks: ['单位不申请工伤怎么办', ' 单位不申请工伤怎么办 ', '公司不给申请工伤认定'],
  headline: '单位不申请工伤认定，自己在1年内也能申请。',
  points: ['带上病历。', ''],
  cites: ['《工伤保险条例》第17条', '工伤保险条例第十七条'],
};

describe('keeping curated answers', () => {
  it('takes two lawyers: one proposes, another approves', async () => {
    const { curated, number, state } = await desk();
    const proposed = await curated.propose('li', number, PROPOSAL);
    expect(proposed).toMatchObject({
      ok: true,
      curated: {
        status: 'proposed',
        asks: ['单位不申请工伤怎么办', '公司不给申请工伤认定'],
        points: ['带上病历。'],
        cites: [{ law: LAW, article: ARTICLE }],
        checksums: {},
        author: 'li',
      },
    });
    expect(await curated.active()).toEqual([]);
    expect(await curated.approve('li', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'own-proposal' } });
    expect(await curated.approve('zhao', 'c1')).toMatchObject({
      ok: true,
      curated: { status: 'approved', approvedBy: 'zhao', checksums: approved.checksums },
    });
    expect((await curated.active()).map(({ id }) => id)).toEqual(['c1']);
    expect(state.changes).toBe(2);
    expect(await curated.approve('qian', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'conflict' } });
  });

  it('is for lawyers who have worked on the ticket', async () => {
    const { curated, number } = await desk();
    expect(await curated.propose('zhao', number, PROPOSAL)).toMatchObject({ ok: false, refusal: { reason: 'not-your-ticket' } });
    expect(await curated.propose('li', '20000101-0001', PROPOSAL)).toMatchObject({ ok: false, refusal: { reason: 'not-found' } });
    expect(await curated.list()).toEqual([]);
  });

  it('says what keeps a draft from being an answer', async () => {
    const { curated, number } = await desk();
    for (const [over, text] of [
      [{ cites: ['胡编法第一条'] }, /核对全称/],
      [{ cites: ['工伤保险条例第九百条'] }, /没有《工伤保险条例》第九百条/],
      [{ cites: [' '] }, /至少要有一条依据/],
      [{ headline: '自己在3年内也能申请。' }, /“3年”在所引的条文里找不到/],
      [{ points: ['这样一定能赢。'] }, /不要保证结果/],
    ] as const) {
      const result = await curated.propose('li', number, { ...PROPOSAL, ...over });
      expect(result).toMatchObject({ ok: false, refusal: { reason: 'bad-draft', text: expect.stringMatching(text) as string } });
    }
  });

  it('refuses what is known at second hand only, and what is no longer law', async () => {
    const { curated, number, state } = await desk();
    const unverified = library.provisions.find((provision) => library.standing(provision, TODAY) === 'unverified');
    if (unverified) {
      const cites = [`${unverified.law.title}${unverified.article}`];
      const result = await curated.propose('li', number, { ...PROPOSAL, headline: '请看地方规定。', cites });
      expect(result).toMatchObject({ ok: false, refusal: { text: expect.stringMatching(/转述.*不能作依据/) as string } });
    }
    state.library = happened('repealed', ARTICLE);
    expect(await curated.propose('li', number, PROPOSAL)).toMatchObject({
      ok: false,
      refusal: { text: expect.stringMatching(/《工伤保险条例》第十七条已经废止.*不能作依据/) as string },
    });
  });

  it('looks again when it is approved: the law may have changed since it was proposed', async () => {
    const { curated, number, state } = await desk();
    await curated.propose('li', number, PROPOSAL);
    state.library = happened('amended', ARTICLE);
    expect(await curated.approve('zhao', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'bad-draft' } });
  });

  it('expires an answer whose provision changed; another lawyer can take it up again with what the provision says now', async () => {
    const { curated, number, state } = await desk();
    await curated.propose('li', number, PROPOSAL);
    await curated.approve('zhao', 'c1');
    state.library = reworded((text) => `${text}（改过）`);
    expect(await curated.active()).toEqual([]);
    expect(await curated.list()).toMatchObject([{ status: 'expired', endedBy: null, endedAt: expect.any(Number) as number }]);
    expect(await curated.approve('li', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'own-proposal' } });
    expect(await curated.approve('zhao', 'c1')).toMatchObject({ ok: true, curated: { status: 'approved', endedAt: null } });
    expect(await curated.active()).toHaveLength(1);
  });

  it('is withdrawn for good by any lawyer', async () => {
    const { curated, number } = await desk();
    await curated.propose('li', number, PROPOSAL);
    expect(await curated.withdraw('zhao', 'c1')).toMatchObject({ ok: true, curated: { status: 'withdrawn', endedBy: 'zhao' } });
    expect(await curated.approve('zhao', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'conflict' } });
    expect(await curated.withdraw('zhao', 'c1')).toMatchObject({ ok: false, refusal: { reason: 'conflict' } });
    expect(await curated.withdraw('zhao', 'none')).toMatchObject({ ok: false, refusal: { reason: 'not-found' } });
  });

  it('masks personal data that came along from the ticket', async () => {
    const { curated, number } = await desk();
    const result = await curated.propose('li', number, { ...PROPOSAL, points: ['有事打13812345678。'] });
    expect(JSON.stringify(result)).not.toContain('13812345678');
  });
});

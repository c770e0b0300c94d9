import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import type { CuratedAnswer } from '../../src/domain/curated-answer.js';
import { buildCuratedSearch, type CuratedSearch } from '../../src/retrieval/curated-search.js';
import { openModel } from '../../src/retrieval/model.js';
import { createSegment } from '../../src/retrieval/segment.js';

const pack = readPack(readConfig({}).knowledgeFolder);
const embedding = pack.model && openModel(pack.model).embedding;
const segment = createSegment();

function curated(id: string, asks: readonly string[], over: Partial<CuratedAnswer> = {}): CuratedAnswer {
  return {
    id,
    topic: 'injury',
    asks,
    headline: '按条文办。',
    points: [],
    cites: [{ law: '工伤保险条例', article: '第三十七条' }],
    checksums: {},
    status: 'approved',
    ticketNumber: '20261123-0001',
    author: 'li',
    proposedAt: 1,
    approvedBy: 'zhao',
    approvedAt: 2,
    endedBy: null,
    endedAt: null,
    ...over,
  };
}
const searchFor = (...asks: string[]): CuratedSearch => buildCuratedSearch([curated('one', asks)], segment, embedding);

/** The lawyer's wording, and what a citizen asks. */
const SAME: readonly (readonly [string, string])[] = [
  ['工伤十级怎么赔', '工伤十级怎么赔'],
  ['工伤十级怎么赔', '请问工伤十级怎么赔偿呢？'],
  ['工伤十级怎么赔', '工伤10级赔多少钱'],
  ['工伤十级怎么赔', '十级工伤咋个赔'],
  ['没签合同怎么办', '您好，律师，没有签合同该怎么办？'],
  ['没签合同怎么办', '没签合同咋办'],
  ['老板拖欠工资怎么办', '请问老板拖欠工资该怎么办呢'],
  ['上班路上被车撞了算不算工伤', '上班路上被车撞了，算工伤吗？'],
  ['上班路上被车撞了算不算工伤', '上班路上被车撞了算工伤不'],
  ['宅基地被征收补偿多久到账', '宅基地被征收，补偿好久到账啊'],
];
const MERELY_SIMILAR: readonly (readonly [string, string])[] = [
  ['工伤十级怎么赔', '工伤八级怎么赔'],
  ['工伤十级怎么赔', '工伤怎么赔'],
  ['工伤十级怎么赔', '工伤十级要鉴定吗'],
  ['没签合同', '签了合同'],
  ['没签合同怎么办', '签了合同怎么办'],
  ['没签合同给了工资能不能告', '签了合同没给工资能不能告'],
  ['被辞退有补偿吗', '试用期被辞退有补偿吗'],
  ['土地被征收怎么补偿', '土地被征收怎么赔偿'],
  ['工地上工友打了我住院了，医药费谁出', '工地上我打了工友住院了，医药费谁出'],
  ['先辞职后申请工伤认定可以吗', '先申请工伤认定后辞职可以吗'],
  ['女职工五十岁退休后受伤算工伤吗', '男职工五十岁退休后受伤算工伤吗'],
  ['公司不给缴社保怎么办', '公司给缴社保怎么办'],
  ['工伤认定要多久', '工伤认定要多少钱'],
  ['做到离职前一天受伤，要在30日内申请吗', '做到离职前一天受伤，要在60日内申请吗'],
  ['劳动能力鉴定怎么申请', '劳动仲裁怎么申请'],
];

describe('the search over curated answers', () => {
  for (const [ask, question] of SAME) {
    it(`takes “${question}” for “${ask}”`, () => {
      expect(searchFor(ask).nearest(question)).toMatchObject({ curated: { id: 'one' } });
      expect(searchFor(ask).nearest(question)?.score).toBeGreaterThan(0.8);
    });
  }

  for (const [ask, question] of MERELY_SIMILAR) {
    it(`does not take “${question}” for “${ask}”, nor the other way round`, () => {
      expect(searchFor(ask).nearest(question)).toBeNull();
      expect(searchFor(question).nearest(ask)).toBeNull();
    });
  }

  it('gives the same without an embedding, by words alone', () => {
    const search = buildCuratedSearch([curated('one', ['工伤十级怎么赔'])], segment, null);
    expect(search.nearest('请问十级工伤怎么赔')?.curated.id).toBe('one');
    expect(search.nearest('工伤八级怎么赔')).toBeNull();
  });

  it('knows an answer by every wording it was given', () => {
    const search = searchFor('没签合同怎么办', '公司不跟我签劳动合同');
    expect(search.nearest('公司不跟我签劳动合同啊')?.score).toBe(1);
    expect(search.nearest('没签合同怎么办')?.score).toBe(1);
  });

  it('prefers the exact wording, and of two with the same wording the one approved last', () => {
    const search = buildCuratedSearch(
      [curated('order', ['十级工伤怎么赔']), curated('old', ['工伤十级怎么赔']), curated('new', ['工伤十级怎么赔'], { approvedAt: 9 })],
      segment,
      embedding,
    );
    expect(search.nearest('工伤十级怎么赔')).toMatchObject({ curated: { id: 'new' }, score: 1 });
  });

  it('leaves out what nobody has approved, what was withdrawn and what has expired', () => {
    for (const status of ['proposed', 'withdrawn', 'expired'] as const) {
      const search = buildCuratedSearch([curated('one', ['工伤十级怎么赔'], { status })], segment, embedding);
      expect(search.nearest('工伤十级怎么赔'), status).toBeNull();
    }
  });

  it('finds nothing for nothing', () => {
    const search = searchFor('？？', '请问');
    for (const question of ['', '？？', '请问', '你好']) expect(search.nearest(question), question).toBeNull();
  });

  it('tells the questions of every matter of the pack apart: no ask of one matter is taken for another’s', () => {
    const all = pack.matters.flatMap((matter) => [curated(matter.file, matter.asks)]);
    const search = buildCuratedSearch(all, segment, embedding);
    const taken = pack.matters.flatMap((matter) =>
      matter.asks.flatMap((ask) => {
        const hit = search.nearest(ask);
        return hit && !hit.curated.asks.includes(ask) ? [`${ask} → ${hit.curated.id}`] : [];
      }),
    );
    expect(taken).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { clusterQuestions } from '../../src/consultation/cluster-questions.js';
import type { UnansweredQuestion, UnansweredReason } from '../../src/domain/unanswered.js';
import { embed } from '../../src/retrieval/embedding.js';
import { openModel } from '../../src/retrieval/model.js';
import { createSegment } from '../../src/retrieval/segment.js';
import { listTerms } from '../../src/retrieval/terms.js';
import { createRandom } from '../../src/retrieval/training/random.js';

const pack = readPack(readConfig({}).knowledgeFolder);
if (!pack.model) throw new Error('the pack has no model');
const model = openModel(pack.model).embedding;
const segment = createSegment();
const vectorOf = (text: string): Float32Array => embed([listTerms(text, segment)], model);

let clock = 0;
const ask = (text: string, reason: UnansweredReason = 'not-confident', ticketNumber: string | null = null): UnansweredQuestion => ({
  text,
  reason,
  ticketNumber,
  at: ++clock,
});
const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
};

/** What people ask, by matter: paraphrases, not copies. */
const MATTERS = [
  ['骑电动车上班路上摔伤了算工伤吗', '上班路上骑电瓶车摔伤，能不能算工伤', '上班途中骑电动车自己摔伤算不算工伤'],
  ['老板拖欠工资三个月不给怎么办', '被拖欠三个月工资，老板不给', '老板欠了三个月工资不给，怎么要'],
  ['离婚了孩子归谁', '离婚孩子归哪个', '离婚的话孩子判给谁'],
  ['宅基地上的房子被征收怎么补偿', '征收宅基地房屋怎么补偿', '房子在宅基地上被征收，补偿怎么算'],
];

describe('clusters of unanswered questions', () => {
  it('puts paraphrases together and different matters apart', () => {
    const clusters = clusterQuestions(
      shuffled(MATTERS.flat(), 1).map((text) => ask(text)),
      vectorOf,
    );
    const found = clusters.map(({ representative, others }) => [representative, ...others].sort());
    expect(found.sort()).toEqual(MATTERS.map((texts) => [...texts].sort()).sort());
  });

  it('is the same whatever the order of the questions', () => {
    const questions = pack.matters.slice(0, 30).flatMap(({ asks }) => asks.map((text) => ask(text)));
    const once = clusterQuestions(questions, vectorOf);
    for (const seed of [1, 2, 3]) expect(clusterQuestions(shuffled(questions, seed), vectorOf)).toEqual(once);
  });

  it('counts questions by reason, names the newest and the tickets, and repeats equal words once', () => {
    const questions = [
      ask('离婚孩子归谁', 'out-of-scope', '20261101-0001'),
      ask('离婚，孩子归谁？', 'out-of-scope', '20261102-0001'),
      ask('离婚的话孩子归谁', 'disliked', '20261102-0001'),
      ask('离婚孩子归谁', 'not-confident'),
    ];
    const [cluster, ...others] = clusterQuestions(questions, vectorOf);
    expect(others).toEqual([]);
    expect(cluster).toEqual({
      representative: '离婚孩子归谁',
      size: 4,
      reasons: { 'out-of-scope': 2, disliked: 1, 'not-confident': 1 },
      newest: questions.at(-1)?.at,
      others: ['离婚的话孩子归谁'],
      tickets: ['20261102-0001', '20261101-0001'],
    });
  });

  it('lists the greatest cluster first, of equals the newest', () => {
    const texts = ['离婚孩子归谁', '借钱不还怎么告', '借钱不还，怎么告他', '彩礼能退吗'];
    const clusters = clusterQuestions(
      texts.map((text) => ask(text)),
      vectorOf,
    );
    expect(clusters.map(({ size }) => size)).toEqual([2, 1, 1]);
    expect(clusters.map(({ representative }) => representative).slice(1)).toEqual(['彩礼能退吗', '离婚孩子归谁']);
  });

  it('keeps every question, those without a known word each by itself', () => {
    const questions = [ask('qqq zzz'), ask('xxx yyy'), ask('离婚孩子归谁'), ask('？？')];
    const clusters = clusterQuestions(questions, vectorOf);
    expect(clusters.reduce((sum, { size }) => sum + size, 0)).toBe(4);
    expect(clusters).toHaveLength(4);
    expect(clusterQuestions([], vectorOf)).toEqual([]);
  });

  it('puts each of 2,000 questions into one cluster', () => {
    const questions = shuffled(
      pack.matters.flatMap(({ asks }) => asks),
      7,
    )
      .slice(0, 2000)
      .map((text) => ask(text));
    expect(questions).toHaveLength(2000);
    const clusters = clusterQuestions(questions, vectorOf);
    expect(clusters.reduce((sum, { size }) => sum + size, 0)).toBe(2000);
  });
});

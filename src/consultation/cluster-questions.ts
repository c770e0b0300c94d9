import type { QuestionCluster, UnansweredQuestion, UnansweredReason } from '../domain/unanswered.js';
import { ExactVectorIndex } from '../retrieval/vector-index.js';

/** Least cosine of a question and the one that stands for its cluster; see test/consultation/cluster-questions.test.ts. */
export const CLUSTER_COSINE = 0.68;

/** How many other wordings and tickets a cluster lists. */
const LISTED = 20;

/** Questions in equal words. */
interface Wording {
  readonly text: string;
  /** Newest first. */
  readonly questions: readonly UnansweredQuestion[];
  readonly vector: Float32Array;
}

/**
 * Puts questions together that ask the same: the question with most neighbours within `least` stands for them, they are set
 * aside, and so on with the rest (Taylor and Butina's clustering). Every member is near to its representative, so that
 * clusters do not run together in chains. Deterministic, whatever the order of the questions.
 * @param embed unit vector of a text, all zeros where no word of it is known; dimension a multiple of 16
 * @param least cosine, 0 to 1
 * @returns clusters, greatest first, then newest
 */
export function clusterQuestions(
  questions: readonly UnansweredQuestion[],
  embed: (text: string) => Float32Array,
  least: number = CLUSTER_COSINE,
): QuestionCluster[] {
  const wordings = groupByWords(questions, embed);
  const neighbours = findNeighbours(wordings, least);
  const free = new Set(wordings.keys());
  // how many free questions stand around each wording
  const weights = neighbours.map((near) => near.reduce((sum, at) => sum + countOf(wordings, at), 0));
  const clusters: QuestionCluster[] = [];
  while (free.size > 0) {
    let leader = -1;
    // wordings are sorted: of equals the first stays
    for (const at of free) if (leader === -1 || (weights[at] as number) > (weights[leader] as number)) leader = at;
    const members = (neighbours[leader] ?? []).filter((at) => free.has(at));
    for (const member of members) {
      free.delete(member);
      for (const near of neighbours[member] ?? []) weights[near] = (weights[near] as number) - countOf(wordings, member);
    }
    clusters.push(describe(wordings, leader, members));
  }
  return clusters.sort((a, b) => b.size - a.size || b.newest - a.newest || (a.representative < b.representative ? -1 : 1));
}

/** Equal words are one wording; sorted by them, so that the order of the questions does not matter. */
function groupByWords(questions: readonly UnansweredQuestion[], embed: (text: string) => Float32Array): Wording[] {
  const groups = new Map<string, UnansweredQuestion[]>();
  for (const question of questions) {
    const words = question.text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
    groups.set(words, [...(groups.get(words) ?? []), question]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([words, group]) => {
      const newestFirst = group.sort((a, b) => b.at - a.at || (a.text < b.text ? -1 : 1));
      return { text: newestFirst[0]?.text ?? words, questions: newestFirst, vector: embed(words) };
    });
}

/** Per wording those at least that near, itself among them. */
function findNeighbours(wordings: readonly Wording[], least: number): number[][] {
  const first = wordings[0];
  if (!first) return [];
  const index = ExactVectorIndex.build(
    wordings.map(({ vector }) => vector),
    first.vector.length,
  );
  return wordings.map(({ vector }, own) => {
    const near: number[] = [];
    const cosines = index.cosines(vector);
    for (let at = 0; at < cosines.length; at++) if (at === own || (cosines[at] as number) >= least) near.push(at);
    return near;
  });
}

function countOf(wordings: readonly Wording[], at: number): number {
  return wordings[at]?.questions.length ?? 0;
}

function describe(wordings: readonly Wording[], leader: number, members: readonly number[]): QuestionCluster {
  const representative = wordings[leader]?.text ?? '';
  const questions = members.flatMap((at) => wordings[at]?.questions ?? []).sort((a, b) => b.at - a.at || (a.text < b.text ? -1 : 1));
  const reasons: Partial<Record<UnansweredReason, number>> = {};
  for (const { reason } of questions) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const others = members.filter((at) => at !== leader).map((at) => wordings[at]);
  return {
    representative,
    size: questions.length,
    reasons,
    newest: questions[0]?.at ?? 0,
    others: others
      .sort((a, b) => (b?.questions[0]?.at ?? 0) - (a?.questions[0]?.at ?? 0))
      .flatMap((wording) => wording?.text ?? [])
      .slice(0, LISTED),
    tickets: [...new Set(questions.flatMap(({ ticketNumber }) => ticketNumber ?? []))].slice(0, LISTED),
  };
}

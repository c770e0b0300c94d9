import type { AnswerTopic } from '../domain/answer.js';
import { provisionKey } from '../domain/law.js';
import { gradesIn } from '../domain/quantities.js';
import type { Library } from '../knowledge/library.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { MatterHit } from '../retrieval/matter-search.js';
import type { SearchHit } from '../retrieval/search.js';

/** How hits and matters are ordered for a topic; chosen on labelled questions (see eval/README.md). */
export interface TopicParameters {
  /** Factor on the score of provisions from laws that are near the topic. */
  readonly nearBoost: number;
  /** Factor on the score of provisions that the pack restates in plain words. */
  readonly gistBoost: number;
  /** Weight of a matter's agreement with the search over provisions. */
  readonly matterAgreement: number;
  /** Weight of the nearest matters' citations. */
  readonly matterVote: number;
  /** Least score (0 to 1) at which a matter answers. */
  readonly matterThreshold: number;
}

export const TOPIC_PARAMETERS: TopicParameters = {
  nearBoost: 1.4,
  gistBoost: 1.15,
  matterAgreement: 0.18,
  matterVote: 1.5,
  matterThreshold: 0.33,
};

/**
 * Orders hits for a topic: laws near the topic and provisions restated in plain words come forward, and so do the
 * provisions that the nearest matters cite, each by its matter's score and its place among the matter's citations.
 */
export function rankForTopic(
  hits: readonly SearchHit[],
  matters: readonly MatterHit[],
  topic: AnswerTopic,
  context: { readonly library: Library; readonly rules: TriageRules; readonly parameters: TopicParameters },
): SearchHit[] {
  const { library, rules, parameters } = context;
  const near = topic === 'services' ? [] : rules.lawsNear[topic];
  const votes = new Map<string, number>();
  for (const { matter, score } of matters.slice(0, VOTING_MATTERS)) {
    matter.cites.forEach((cite, place) => {
      const key = provisionKey(cite);
      votes.set(key, (votes.get(key) ?? 0) + (parameters.matterVote * score * score) / (1 + place / 4));
    });
  }
  const known = new Set(hits.map((hit) => hit.provision.key));
  const added = [...votes.keys()].flatMap((key): SearchHit[] => {
    const provision = known.has(key) ? undefined : library.byKey.get(key);
    return provision ? [{ provision, score: 0, exact: false, textScore: 0, questionScore: 0, denseScore: 0, denseQuestionScore: 0 }] : [];
  });
  const factor = ({ provision, exact }: SearchHit): number => {
    if (exact) return 1;
    const isNear = provision.topic === topic || near.some((word) => provision.law.title.includes(word));
    return (isNear ? parameters.nearBoost : 1) * (provision.gist === null ? 1 : parameters.gistBoost);
  };
  return [...hits, ...added]
    .map((hit) => ({ ...hit, score: hit.score * factor(hit) + (votes.get(hit.provision.key) ?? 0) }))
    .sort((a, b) => b.score - a.score || a.provision.id - b.provision.id);
}

/**
 * Matters near a question, those first whose provisions the search has found for it too: two ways of looking that agree
 * are right more often than either.
 * @param hits of the search over provisions, best first
 */
export function agreeingMatters(matters: readonly MatterHit[], hits: readonly SearchHit[], weight: number): MatterHit[] {
  const rank = new Map(hits.slice(0, AGREEMENT_DEPTH).map((hit, index) => [hit.provision.key, index]));
  return matters
    .map((hit) => {
      const agreement = hit.matter.cites.reduce((sum, cite) => {
        const at = rank.get(provisionKey(cite));
        return sum + (at === undefined ? 0 : 1 / (at + AGREEMENT_DAMPING));
      }, 0);
      return { ...hit, score: hit.score + weight * agreement };
    })
    .sort((a, b) => b.score - a.score || (a.matter.file < b.matter.file ? -1 : 1));
}

/**
 * Tells whether a matter may answer a question that names disability grades: one on other grades, by its title
 * ("工伤十级怎么赔") or by its first sentence, tells another amount, however near its words are.
 */
export function fitsGrades(question: string): (matter: Matter) => boolean {
  const asked = gradesIn(question);
  // most questions name none, and reading a matter's grades takes its time
  if (asked.size === 0) return () => true;
  return (matter) => {
    const inTitle = gradesIn(matter.title);
    const told = inTitle.size > 0 ? inTitle : gradesIn(matter.answer[0]?.text ?? '');
    return told.size === 0 || [...asked].some((grade) => told.has(grade));
  };
}

const AGREEMENT_DEPTH = 15;
const AGREEMENT_DAMPING = 3;

/** Only the nearest matters have a say in what is cited. */
const VOTING_MATTERS = 3;

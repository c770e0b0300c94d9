import { TOPIC_NAMES, type Citation, type ConsultationTopic } from '../domain/answer.js';
import { provisionKey, type ProvisionRef } from '../domain/law.js';
import { gradesIn } from '../domain/quantities.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Guide } from '../knowledge/parse-guide.js';
import type { CitedText, Matter } from '../knowledge/parse-matter.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { MatterHit } from '../retrieval/matter-search.js';
import type { SearchHit } from '../retrieval/search.js';
import type { TriageSignals } from './triage.js';

/** How an answer is put together; chosen on labelled questions (see eval/README.md). */
export interface ComposeParameters {
  /** Factor on the score of provisions from laws that are near the topic. */
  readonly nearBoost: number;
  /** Factor on the score of provisions that the pack restates in plain words. */
  readonly gistBoost: number;
  /** A further provision is cited if its score is at least this share of the best. */
  readonly citeRatio: number;
  readonly maxCitations: number;
  /** Weight of a matter's agreement with the search over provisions. */
  readonly matterAgreement: number;
  /** Weight of the nearest matters' citations. */
  readonly matterVote: number;
  /** Least score (0 to 1) at which a matter answers. */
  readonly matterThreshold: number;
}

export const DEFAULT_COMPOSE_PARAMETERS: ComposeParameters = {
  nearBoost: 1.4,
  gistBoost: 1.15,
  citeRatio: 0.75,
  maxCitations: 4,
  matterAgreement: 0.18,
  matterVote: 1.5,
  matterThreshold: 0.33,
};

/** Official text longer than this is shown from its beginning when there is no gist. */
const HEADLINE_LENGTH = 90;

/**
 * Orders hits for a topic: laws near the topic and provisions restated in plain words come forward, and so do the
 * provisions that the nearest matters cite, each by its matter's score and its place among the matter's citations.
 */
export function rankForTopic(
  hits: readonly SearchHit[],
  matters: readonly MatterHit[],
  topic: ConsultationTopic,
  context: { readonly library: Library; readonly rules: TriageRules; readonly parameters: ComposeParameters },
): SearchHit[] {
  const { library, rules, parameters } = context;
  const near = rules.lawsNear[topic];
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
 * Whether a matter may answer a question that names disability grades: one on other grades, by its title ("工伤十级怎么赔") or
 * by its first sentence, tells another amount, however near its words are.
 */
export function fitsGrades(matter: Matter, question: string): boolean {
  const asked = gradesIn(question);
  const inTitle = gradesIn(matter.title);
  const told = inTitle.size > 0 ? inTitle : gradesIn(matter.answer[0]?.text ?? '');
  return asked.size === 0 || told.size === 0 || [...asked].some((grade) => told.has(grade));
}

const AGREEMENT_DEPTH = 15;
const AGREEMENT_DAMPING = 3;

/** Only the nearest matters have a say in what is cited. */
const VOTING_MATTERS = 3;

/** What is cited: the best hits that may be cited, and, beside them, near ones known only at second hand. */
export function chooseCitations(
  ranked: readonly SearchHit[],
  library: Library,
  day: string,
  parameters: ComposeParameters,
): { citable: SearchHit[]; unverified: SearchHit[] } {
  const best = ranked[0]?.score ?? 0;
  const citable: SearchHit[] = [];
  const unverified: SearchHit[] = [];
  for (const hit of ranked) {
    const standing = library.standing(hit.provision, day);
    if (standing === 'unverified') {
      if (hit.score >= best * parameters.citeRatio && unverified.length === 0) unverified.push(hit);
      continue;
    }
    if (standing !== 'citable') continue;
    const first = citable[0];
    if (first && (hit.score < first.score * parameters.citeRatio || citable.length >= parameters.maxCitations)) continue;
    citable.push(hit);
  }
  return { citable, unverified };
}

export function citationOf(provision: LibraryProvision): Citation {
  const { law, gist, official } = provision;
  return {
    law: law.title,
    article: provision.article,
    level: law.level,
    region: law.region,
    published: law.published,
    inForceFrom: law.inForceFrom,
    plain: gist?.plain ?? firstSentence(official ?? ''),
    rule: gist?.rule ?? '',
    official,
    verified: provision.basis === 'official',
    source: provision.source,
  };
}

/** The beginning of an official text up to a full stop, or as much as fits a headline. */
function firstSentence(official: string): string {
  const sentence = /^[^。；\n]+/.exec(official)?.[0] ?? '';
  return sentence.length <= HEADLINE_LENGTH ? sentence : sentence.slice(0, HEADLINE_LENGTH);
}

/** The guide that fits a topic, a question and what is cited for it; null where none does. */
export function chooseGuide(
  guides: readonly Guide[],
  topic: ConsultationTopic,
  question: string,
  cited: readonly ProvisionRef[],
): Guide | null {
  const keys = cited.map(provisionKey);
  const scored = guides
    .filter((guide) => guide.topic === topic)
    .map((guide) => {
      const after = guide.after.map(provisionKey);
      const rank = keys.findIndex((key) => after.includes(key));
      return { guide, score: Math.min(3, guide.when.found(question).length) + (rank === -1 ? 0 : 2 / (rank + 1)) };
    })
    .sort((a, b) => b.score - a.score);
  const best = scored[0];
  return best && best.score > 0 ? best.guide : null;
}

/** Steps of a guide whose provisions may all be cited, with those provisions. */
export function stepsOf(guide: Guide, library: Library, day: string): { steps: string[]; provisions: LibraryProvision[] } {
  const steps: string[] = [];
  const provisions: LibraryProvision[] = [];
  for (const step of guide.steps) {
    const cited = step.cites.map((ref) => library.byKey.get(provisionKey(ref)));
    if (cited.some((provision) => !provision || library.standing(provision, day) !== 'citable')) continue;
    steps.push(withSource(step));
    for (const provision of cited) if (provision && !provisions.includes(provision)) provisions.push(provision);
  }
  return { steps, provisions };
}

/** What a matter says, with the provisions it rests on; null where its answer may not be given on that day. */
export function saidByMatter(
  matter: Matter,
  library: Library,
  day: string,
): { headline: string; points: string[]; steps: string[]; caveats: string[]; provisions: LibraryProvision[] } | null {
  const provisions = new Map<string, LibraryProvision>();
  const rests = (refs: readonly ProvisionRef[]): boolean => {
    const found = refs.map((ref) => library.byKey.get(provisionKey(ref)));
    if (found.some((provision) => !provision || library.standing(provision, day) !== 'citable')) return false;
    for (const provision of found) if (provision) provisions.set(provision.key, provision);
    return true;
  };
  // a statement whose provision may no longer be cited is left out; without its first sentence there is no answer
  const own = new Set(matter.cites.map(provisionKey));
  const said = (statements: readonly CitedText[]): string[] => statements.filter((statement) => rests(statement.cites)).map(withSource);
  // warnings that go beyond the provisions the matter turns on are left out, to keep the answer to the point
  const saidToThePoint = (statements: readonly CitedText[]): string[] =>
    said(statements.filter((statement) => statement.cites.every((cite) => own.has(provisionKey(cite)))));
  for (const cite of matter.cites) rests([cite]);
  const [first, ...others] = matter.answer;
  if (!first || !rests(first.cites)) return null;
  const points = said(others);
  const steps = said(matter.today);
  const evidence = matter.evidence.filter((statement) => rests(statement.cites)).map(({ text }) => text.replace(/[。；]$/, ''));
  if (evidence.length > 0) steps.push(`留好证据：${evidence.join('；')}。`);
  const caveats = [
    ...said(matter.deadlines).map((text) => `期限：${text}`),
    ...saidToThePoint(matter.mistakes).map((text) => `别弄错：${text}`),
    ...(matter.human === null ? [] : [`这些情况要找律师：${matter.human}`]),
  ];
  return { headline: first.text, points, steps, caveats, provisions: [...provisions.values()] };
}

/** A statement with the provisions it rests on at its end: “……。〔工伤保险条例第十七条〕”. */
function withSource({ text, cites }: { readonly text: string; readonly cites: readonly ProvisionRef[] }): string {
  return cites.length === 0 ? text : `${text}〔${cites.map((ref) => `${ref.law}${ref.article}`).join('；')}〕`;
}

/** What limits the answer. */
export function caveatsFor(topic: ConsultationTopic, signals: TriageSignals, unverified: readonly SearchHit[]): string[] {
  const caveats: string[] = [];
  if (unverified.length > 0) caveats.push('标“待核实”的地方规定还没有对照原文，签字或者打官司之前，请找律师确认。');
  if (signals.asksAmount) {
    caveats.push(
      topic === 'wages'
        ? '具体数额要按你的工资和工作时间来算，拿不准请找律师核算。'
        : '具体数额还要看当地当年的标准和你的具体情况，这里只说全国统一的规定；要算准请找律师。',
    );
  }
  if (signals.otherRegion) caveats.push(`你说的地方在四川以外，${TOPIC_NAMES[topic]}的地方标准可能不同，请向当地核实。`);
  return caveats;
}

import { z } from 'zod';
import { provisionKey, type ProvisionRef } from '../domain/law.js';
import type { LawTopic } from '../domain/law.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { MatterHit } from '../retrieval/matter-search.js';
import type { SearchHit } from '../retrieval/search.js';

/**
 * What is looked at to tell whether a careful lawyer would cite a provision for a question, in the order of the weights.
 * `first…` are of the nearest matter, `second…` and `third…` of the next ones, in proportion to how near they are.
 */
export const CITATION_FEATURES = [
  'rank', // of the provision for the topic, as 1 / (1 + place)
  'found', // the same for the search alone
  'share', // of the best provision's score
  'text',
  'ask',
  'dense',
  'askDense',
  'topic',
  'denseGap', // behind the best of the candidates
  'askDenseGap',
  'top3',
  'top8',
  'firstCites', // 1 / (1 + place) among what the matter cites
  'firstSays', // 1 / (1 + place) of the sentence that rests on it
  'firstCited',
  'firstSaid',
  'firstStep',
  'firstDeadline',
  'firstMistake',
  'firstCase',
  'firstCitedNear', // times how near the matter is
  'firstSaidNear',
  'secondCited',
  'secondSaid',
  'secondCites',
  'thirdCited',
  'thirdSaid',
  'thirdCites',
  'votes',
  'voted',
] as const;
export type CitationFeature = (typeof CITATION_FEATURES)[number];

/** A provision that may be cited, with what the model sees of it. */
export interface CitationCandidate {
  readonly provision: LibraryProvision;
  /** In the order of `CITATION_FEATURES`. */
  readonly features: readonly number[];
  /** The question names it. */
  readonly exact: boolean;
}

/** Logistic model (`knowledge/model/citations.json`): how probable it is that a careful lawyer would cite a provision. */
export const citationModelSchema = z.strictObject({
  version: z.literal(1),
  trainedOn: z.string(),
  questions: z.number().int(),
  intercept: z.number(),
  weights: z.record(z.enum(CITATION_FEATURES), z.number()),
  /** Least probability at which a provision is cited. */
  threshold: z.number().min(0).max(1),
  maxCitations: z.number().int().min(1),
  /** Measured by cross-validation, not on the data of the fit. */
  crossValidated: z.strictObject({ folds: z.number().int(), precision: z.number(), recall: z.number(), citesGold: z.number() }),
});
export type CitationModel = z.infer<typeof citationModelSchema>;

/** Provisions from the ranking that are looked at, and matters whose provisions are. */
const RANKED = 40;
const MATTERS = 6;

/**
 * The provisions that may be cited on `day` for a question, with their features.
 * @param hits of the search, best first
 * @param ranked the same for the topic, best first
 * @param matters near the question and of its topic, best first
 */
export function citationCandidates(
  {
    hits,
    ranked,
    matters,
    topic,
  }: {
    readonly hits: readonly SearchHit[];
    readonly ranked: readonly SearchHit[];
    readonly matters: readonly MatterHit[];
    readonly topic: LawTopic;
  },
  library: Library,
  day: string,
): CitationCandidate[] {
  const found = new Map(hits.map((hit, place) => [hit.provision.key, { hit, place }]));
  const placed = new Map(ranked.map((hit, place) => [hit.provision.key, { hit, place }]));
  const near = matters.slice(0, MATTERS).map((hit) => ({ ...hit, uses: usesOf(hit.matter) }));
  const keys = new Set([...ranked.slice(0, RANKED).map((hit) => hit.provision.key), ...near.flatMap(({ uses }) => [...uses.keys()])]);
  const provisions = [...keys].flatMap((key) => {
    const provision = library.byKey.get(key);
    return provision && library.standing(provision, day) === 'citable' ? [provision] : [];
  });
  const best = (of: (hit: SearchHit) => number): number =>
    provisions.reduce((most, { key }) => {
      const hit = found.get(key)?.hit;
      return hit ? Math.max(most, of(hit)) : most;
    }, 0);
  const bestScore = Math.max(1e-9, ...provisions.map(({ key }) => placed.get(key)?.hit.score ?? 0));
  const bestDense = best((hit) => hit.denseScore);
  const bestAskDense = best((hit) => hit.denseQuestionScore);
  const nearest = Math.max(1e-6, near[0]?.score ?? 0);

  return provisions.map((provision): CitationCandidate => {
    const { key } = provision;
    const own = found.get(key);
    const at = placed.get(key);
    const place = at?.place ?? ABSENT;
    const use = (of: number): Use => near[of]?.uses.get(key) ?? NO_USE;
    const first = use(0);
    const firstNear = Math.max(0, near[0]?.score ?? 0);
    const others = [1, 2].flatMap((of) => {
      const weight = (near[of]?.score ?? 0) / nearest;
      const { cited, said } = use(of);
      return [weight * Number(cited !== null), weight * Number(said !== null), cited === null ? 0 : weight / (1 + cited)];
    });
    const votes = near.reduce((sum, { uses, score }) => sum + ((uses.get(key) ?? NO_USE).cited === null ? 0 : (score / nearest) ** 2), 0);
    const features = [
      1 / (1 + place),
      1 / (1 + (own?.place ?? ABSENT)),
      (at?.hit.score ?? 0) / bestScore,
      own?.hit.textScore ?? 0,
      own?.hit.questionScore ?? 0,
      own?.hit.denseScore ?? 0,
      own?.hit.denseQuestionScore ?? 0,
      Number(provision.topic === topic),
      (own?.hit.denseScore ?? 0) - bestDense,
      (own?.hit.denseQuestionScore ?? 0) - bestAskDense,
      Number(place < 3),
      Number(place < 8),
      first.cited === null ? 0 : 1 / (1 + first.cited),
      first.said === null ? 0 : 1 / (1 + first.said),
      Number(first.cited !== null),
      Number(first.said !== null),
      Number(first.step),
      Number(first.deadline),
      Number(first.mistake),
      Number(first.inCase),
      firstNear * Number(first.cited !== null),
      firstNear * Number(first.said !== null),
      ...others,
      votes,
      Number(votes > 0),
    ];
    return { provision, features, exact: own?.hit.exact ?? false };
  });
}

/** Place of a provision that was not found. */
const ABSENT = 99;

/** Where a matter rests on a provision: place among its citations, place of the first sentence, and the other parts. */
interface Use {
  cited: number | null;
  said: number | null;
  step: boolean;
  deadline: boolean;
  mistake: boolean;
  inCase: boolean;
}
const NO_USE: Readonly<Use> = { cited: null, said: null, step: false, deadline: false, mistake: false, inCase: false };
const uses = new WeakMap<Matter, ReadonlyMap<string, Use>>();

/** How a matter uses each provision; worked out once a matter. */
function usesOf(matter: Matter): ReadonlyMap<string, Use> {
  const known = uses.get(matter);
  if (known) return known;
  const found = new Map<string, Use>();
  const at = (ref: ProvisionRef): Use => {
    const key = provisionKey(ref);
    const use = found.get(key) ?? { ...NO_USE };
    found.set(key, use);
    return use;
  };
  matter.cites.forEach((ref, place) => (at(ref).cited ??= place));
  matter.answer.forEach(({ cites }, place) => {
    for (const ref of cites) at(ref).said ??= place;
  });
  for (const { cites } of matter.today) for (const ref of cites) at(ref).step = true;
  for (const { cites } of matter.deadlines) for (const ref of cites) at(ref).deadline = true;
  for (const { cites } of matter.mistakes) for (const ref of cites) at(ref).mistake = true;
  for (const { cites } of [...matter.cases.values()].flat()) for (const ref of cites) at(ref).inCase = true;
  uses.set(matter, found);
  return found;
}

/** Probability, 0 to 1, that a careful lawyer would cite a candidate. */
export function citationProbability(
  features: readonly number[],
  { intercept, weights }: Pick<CitationModel, 'intercept' | 'weights'>,
): number {
  let sum = intercept;
  CITATION_FEATURES.forEach((name, at) => {
    sum += weights[name] * (features[at] ?? 0);
  });
  return 1 / (1 + Math.exp(-sum));
}

/** A candidate with its probability. */
export interface RatedCandidate extends CitationCandidate {
  readonly probability: number;
}

/** Candidates by probability, best first; what the question names comes before everything. */
export function rateCandidates(candidates: readonly CitationCandidate[], model: CitationModel): RatedCandidate[] {
  return candidates
    .map((candidate) => ({ ...candidate, probability: citationProbability(candidate.features, model) }))
    .sort((a, b) => Number(b.exact) - Number(a.exact) || b.probability - a.probability || a.provision.id - b.provision.id);
}

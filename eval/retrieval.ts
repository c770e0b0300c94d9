import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIndexStore } from '../src/adapters/files/index-files.js';
import { buildLibrary, type OfficialLaw } from '../src/knowledge/library.js';
import type { PackLaw } from '../src/knowledge/parse-pack-law.js';
import type { Synonyms } from '../src/knowledge/parse-synonyms.js';
import type { Matter } from '../src/knowledge/parse-matter.js';
import type { RetrievalModel } from '../src/retrieval/model.js';
import { DEFAULT_SEARCH_PARAMETERS, DENSE_WEIGHTS, HYBRID_WEIGHTS, KEYWORD_WEIGHTS, buildSearch } from '../src/retrieval/search.js';
import { createSegment } from '../src/retrieval/segment.js';
import { goldKeys, type RetrievalCase } from './cases.js';
import { mean, percentile, recallAt, reciprocalRankAt, rounded } from './measures.js';

export interface RetrievalReport {
  readonly system: string;
  readonly queries: number;
  readonly provisions: number;
  readonly 'R@1': number | null;
  readonly 'R@5': number | null;
  readonly 'R@10': number | null;
  readonly 'R@20': number | null;
  readonly 'R@100': number | null;
  readonly 'MRR@10': number | null;
  /** Share of questions with a gold provision among the first five. */
  readonly 'hit@5': number | null;
  readonly msPerQueryP50: number | null;
  readonly msPerQueryP99: number | null;
  /** Until all indexes over the corpus are built and stored, and until they are taken up again. */
  readonly buildSeconds: number | null;
  readonly loadSeconds: number | null;
  readonly rssMiB: number | null;
}

/** `fusion`: keywords and embedding by fixed weights; `hybrid`: with learned links and ranker, as the product searches. */
export const RETRIEVAL_SYSTEMS = ['bm25', 'dense', 'fusion', 'hybrid'] as const;
export type RetrievalSystem = (typeof RETRIEVAL_SYSTEMS)[number];
const WEIGHTS = { bm25: KEYWORD_WEIGHTS, dense: DENSE_WEIGHTS, fusion: HYBRID_WEIGHTS, hybrid: HYBRID_WEIGHTS };

/** Measures the search over official texts (and the pack, where given) on labelled questions. */
export function evaluateRetrieval(
  official: readonly OfficialLaw[],
  pack: readonly PackLaw[],
  cases: readonly RetrievalCase[],
  system: RetrievalSystem,
  model: RetrievalModel | null,
  { matters = [], synonyms = new Map() }: { readonly matters?: readonly Matter[]; readonly synonyms?: Synonyms } = {},
): RetrievalReport {
  const segment = createSegment();
  const library = buildLibrary(pack, official);
  const folder = mkdtempSync(join(tmpdir(), 'baimi-eval-'));
  const store = createIndexStore(folder, () => undefined);
  const options = { parameters: { ...DEFAULT_SEARCH_PARAMETERS, weights: WEIGHTS[system] }, matters, synonyms, store };
  const parts = partsOf(model, system);
  const started = performance.now();
  buildSearch(library, segment, parts, options);
  const built = performance.now();
  // the search that is measured runs on the stored index, as the product does from its second start on
  const search = buildSearch(library, segment, parts, options);
  const loaded = performance.now();
  rmSync(folder, { recursive: true, force: true });
  const labelled = cases.filter((example) => example.gold.length > 0);
  for (const example of labelled.slice(0, 20)) search.search(example.question, 100); // warm up
  const times: number[] = [];
  const results = labelled.map((example) => {
    const before = performance.now();
    const hits = search.search(example.question, 100);
    times.push(performance.now() - before);
    return { ranked: hits.map((hit) => hit.provision.key), gold: goldKeys(example) };
  });
  const recall = (k: number): number | null => rounded(mean(results.map(({ ranked, gold }) => recallAt(ranked, gold, k))));
  return {
    system,
    queries: labelled.length,
    provisions: search.size,
    'R@1': recall(1),
    'R@5': recall(5),
    'R@10': recall(10),
    'R@20': recall(20),
    'R@100': recall(100),
    'MRR@10': rounded(mean(results.map(({ ranked, gold }) => reciprocalRankAt(ranked, gold, 10)))),
    'hit@5': rounded(mean(results.map(({ ranked, gold }) => (ranked.slice(0, 5).some((key) => gold.has(key)) ? 1 : 0)))),
    msPerQueryP50: rounded(percentile(times, 0.5), 2),
    msPerQueryP99: rounded(percentile(times, 0.99), 2),
    buildSeconds: rounded((built - started) / 1000, 2),
    loadSeconds: rounded((loaded - built) / 1000, 2),
    rssMiB: rounded(process.memoryUsage.rss() / 2 ** 20, 0),
  };
}

/** The parts of a model that a system uses. */
function partsOf(model: RetrievalModel | null, system: RetrievalSystem): Partial<RetrievalModel> | null {
  if (model === null || system === 'bm25') return null;
  return system === 'hybrid' ? model : { embedding: model.embedding };
}

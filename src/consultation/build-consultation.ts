import { BaimiError } from '../domain/errors.js';
import { buildLibrary, type Library, type OfficialLaw } from '../knowledge/library.js';
import { buildMatterSearch } from '../retrieval/matter-search.js';
import { buildSearch, type SearchEngine } from '../retrieval/search.js';
import { createSegment } from '../retrieval/segment.js';
import { confidenceModelSchema, type ConfidenceModel } from './confidence.js';
import { createConsult, type Consult } from './consult.js';
import type { Knowledge } from './ports.js';

export interface BuiltConsultation {
  readonly consult: Consult;
  readonly library: Library;
  readonly search: SearchEngine;
}

/**
 * Builds library, index and consultation from the pack and, where given, official texts.
 * @param confidence instead of the model of the pack
 * @throws BaimiError `bad-knowledge` where the confidence model is missing or damaged
 */
export function buildConsultation(
  pack: Knowledge,
  official: readonly OfficialLaw[] = [],
  options: { readonly confidence?: ConfidenceModel; readonly onProgress?: (share: number) => void } = {},
): BuiltConsultation {
  const library = buildLibrary(pack.laws, official, pack.changes, pack.checksums);
  const segment = createSegment();
  const search = buildSearch(library, segment, pack.embedding, undefined, options.onProgress);
  const consult = createConsult({
    library,
    search,
    matters: buildMatterSearch(pack.matters, segment, pack.embedding),
    rules: pack.triage,
    clarify: pack.clarify,
    guides: pack.guides,
    confidence: options.confidence ?? readConfidence(pack.confidence),
  });
  return { consult, library, search };
}

function readConfidence(data: unknown): ConfidenceModel {
  const parsed = confidenceModelSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new BaimiError(
    'bad-knowledge',
    'knowledge/model/confidence.json 缺失或者损坏。怎么改：从发布包里恢复，或者用 baimi eval confidence 重新拟合',
    { cause: parsed.error },
  );
}

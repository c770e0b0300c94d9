import type { z } from 'zod';
import { BaimiError } from '../domain/errors.js';
import { buildLibrary, type Library, type OfficialLaw } from '../knowledge/library.js';
import { buildMatterSearch } from '../retrieval/matter-search.js';
import { openModel } from '../retrieval/model.js';
import type { Embedder, IndexStore, VectorIndex } from '../retrieval/ports.js';
import type { ExactVectorIndex } from '../retrieval/vector-index.js';
import { buildSearch, type SearchEngine } from '../retrieval/search.js';
import { askLinks } from '../retrieval/indexes.js';
import { embedCorpus, type RemoteVectors } from '../retrieval/remote-vectors.js';
import { embed, type EmbeddingModel } from '../retrieval/embedding.js';
import { createSegment, type Segment } from '../retrieval/segment.js';
import { listTerms } from '../retrieval/terms.js';
import { confidenceModelSchema, type ConfidenceModel } from './confidence.js';
import { citationModelSchema, type CitationModel } from './citation-model.js';
import { createConsult, type Consult, type CuratedAnswerFor } from './consult.js';
import type { RunningDeadline } from '../domain/desk-views.js';
import type { Fact } from './facts/index.js';
import { createDeskConsultation, type Remedies } from './desk/create-desk-consultation.js';
import type { DeskConsultation } from './desk/ports.js';
import type { ModelHelp } from './model-help.js';
import { runningDeadlines } from './running-deadlines.js';
import type { Knowledge, WorkingCalendar } from './ports.js';
import type { FigureBook } from '../knowledge/parse-figures.js';
import type { Verification } from '../knowledge/verification.js';

/** What is fitted on labelled questions. */
export interface ConsultationModels {
  readonly confidence: ConfidenceModel;
  readonly citations: CitationModel;
}

export interface BuiltConsultation {
  readonly consult: Consult;
  /** The same without a language model. */
  readonly alone: Consult;
  /** The same consultation with other models, over the same indexes, without a language model. */
  readonly withModels: (models: ConsultationModels) => Consult;
  /** The models that `consult` decides with. */
  readonly models: ConsultationModels;
  readonly library: Library;
  /** The pack that it was built from. */
  readonly pack: Knowledge;
  readonly search: SearchEngine;
  readonly segment: Segment;
  /** The pack's own embedding; null: it has none. */
  readonly embedding: EmbeddingModel | null;
  /** Unit vector of a text by it, all zeros where no word is known. */
  readonly embedText: (text: string) => Float32Array;
  /** What lawyers work with. */
  readonly deskWith: (remedies: Remedies) => DeskConsultation;
  /** Time limits that run, by what a person told; the nearest first. */
  readonly deadlines: (known: readonly Fact[], question: string, day: string) => RunningDeadline[];
}

/** What a consultation is built with besides the pack. */
export interface BuildOptions {
  /** Instead of the model of the pack. */
  readonly confidence?: ConfidenceModel;
  readonly citations?: CitationModel;
  /** Instead of the figures of the pack: with what has been entered and verified since. */
  readonly figures?: FigureBook;
  readonly verifications?: readonly Verification[];
  readonly calendar?: WorkingCalendar | undefined;
  readonly curated?: CuratedAnswerFor | undefined;
  /** A language model's help; without it the rules alone. */
  readonly help?: ModelHelp | undefined;
  /** Where the search's indexes are kept from one start to the next. */
  readonly indexes?: IndexStore;
  /** Makes a graph over the provisions' vectors, to be searched instead of every one. */
  readonly graph?: ((vectors: ExactVectorIndex, identity: string) => VectorIndex) | undefined;
  /** Called now and then while an index is built, with the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Builds library, index and consultation from the pack and, where given, official texts.
 * @throws BaimiError `bad-knowledge` where a model of the pack is missing or damaged
 */
export function buildConsultation(pack: Knowledge, official: readonly OfficialLaw[] = [], options: BuildOptions = {}): BuiltConsultation {
  return assemble(pack, libraryOf(pack, official, options), options);
}

/**
 * The same with an embedding elsewhere in place of our own. The consultation throws `VectorWanted` for a question that
 * `remote` has not prepared.
 * @throws BaimiError `unavailable` where the corpus cannot be embedded
 */
export async function buildRemoteConsultation(
  pack: Knowledge,
  official: readonly OfficialLaw[],
  embedder: Embedder,
  options: BuildOptions & { readonly onError?: (error: unknown) => void; readonly questions?: Embedder } = {},
): Promise<BuiltConsultation & { readonly remote: RemoteVectors }> {
  const library = libraryOf(pack, official, options);
  const remote = await embedCorpus(library, askLinks(library, pack.matters), embedder, options);
  return { ...assemble(pack, library, options, remote), remote };
}

function libraryOf(pack: Knowledge, official: readonly OfficialLaw[], { verifications }: BuildOptions): Library {
  return buildLibrary(pack.laws, official, pack.changes, pack.checksums, verifications);
}

function assemble(pack: Knowledge, library: Library, options: BuildOptions, remote?: RemoteVectors): BuiltConsultation {
  const segment = createSegment();
  const model = pack.model && openModel(pack.model);
  const search = buildSearch(library, segment, model, {
    matters: pack.matters,
    synonyms: pack.synonyms,
    store: options.indexes,
    onProgress: options.onProgress,
    remote,
    graph: options.graph,
  });
  const deps = {
    library,
    search,
    matters: buildMatterSearch(pack.matters, segment, model?.embedding ?? null),
    rules: pack.triage,
    clarify: pack.clarify,
    guides: pack.guides,
    figures: options.figures ?? pack.figures,
    calendar: options.calendar,
    curated: options.curated,
  };
  const withModels: BuiltConsultation['withModels'] = (models) => createConsult({ ...deps, ...models });
  const models = {
    confidence: options.confidence ?? readFitted(confidenceModelSchema, 'confidence', pack.confidence),
    citations: options.citations ?? readFitted(citationModelSchema, 'citations', pack.citations),
  };
  const embedText = (text: string): Float32Array =>
    model ? embed([listTerms(text, segment)], model.embedding) : new Float32Array(LEAST_DIMENSION);
  const alone = withModels(models);
  const consult = options.help ? createConsult({ ...deps, ...models, help: options.help }) : alone;
  const deskWith: BuiltConsultation['deskWith'] = (remedies) => createDeskConsultation({ ...deps, consult, alone, remedies });
  const deadlines: BuiltConsultation['deadlines'] = (known, question, day) =>
    runningDeadlines(known, question, deps.figures, day, deps.calendar);
  return {
    pack,
    consult,
    alone,
    withModels,
    models,
    library,
    search,
    segment,
    embedText,
    embedding: model?.embedding ?? null,
    deadlines,
    deskWith,
  };
}

/** Of the vectors where there is no embedding. */
const LEAST_DIMENSION = 16;

function readFitted<T>(schema: z.ZodType<T>, name: string, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new BaimiError(
    'bad-knowledge',
    `knowledge/model/${name}.json 缺失或者损坏。怎么改：从发布包里恢复，或者用 baimi eval fit 重新拟合`,
    { cause: parsed.error },
  );
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexStore } from './adapters/files/index-files.js';
import { chineseCalendar } from './adapters/calendar/chinese-calendar.js';
import { readPack } from './adapters/files/read-pack.js';
import { createRemoteEmbedder } from './adapters/models/remote-embedding.js';
import { readHnswIndex, writeHnswIndex } from './adapters/vectors/hnsw-file.js';
import { buildHnswIndex } from './adapters/vectors/hnsw-index.js';
import { dayInChina } from './app.js';
import type { Config } from './config.js';
import type { CuratedAnswerFor } from './consultation/consult.js';
import type { ModelHelp } from './consultation/model-help.js';
import { buildConsultation, buildRemoteConsultation, type BuiltConsultation } from './consultation/build-consultation.js';
import { BaimiError } from './domain/errors.js';
import { withEntered, type EnteredFigure } from './knowledge/parse-figures.js';
import type { Verification } from './knowledge/verification.js';
import { readOfficialLaws, type OfficialLaws } from './official-laws.js';
import type { VectorIndex } from './retrieval/ports.js';
import type { RemoteVectors } from './retrieval/remote-vectors.js';
import type { ExactVectorIndex } from './retrieval/vector-index.js';

/** What people have added to the pack while it runs. */
export interface Additions {
  readonly verifications: readonly Verification[];
  /** Oldest first. */
  readonly figures: readonly EnteredFigure[];
  readonly curated?: CuratedAnswerFor | undefined;
}

const NOTHING_ADDED: Additions = { verifications: [], figures: [] };

/** Below this, building an index is over before a line about it could be read. */
const SHOWN_AFTER_MS = 1500;

/** Someone waits for the answer: without a vector in time, keywords have to do. */
const IMPATIENT = { retries: 1, timeoutMs: 4000 };

/**
 * Reads pack and official texts and builds the consultation that the configuration asks for; the first time over a corpus
 * builds its indexes, which are kept in the data folder.
 * @param say one line for the person who waits
 * @param help of a language model
 */
export async function loadConsultation(
  config: Config,
  lawsFolder: string | null,
  say: (line: string) => void,
  onError: (error: unknown) => void,
  additions: Additions = NOTHING_ADDED,
  help?: ModelHelp,
): Promise<
  BuiltConsultation & { readonly remote?: RemoteVectors; readonly skipped: OfficialLaws['skipped']; readonly nextChange: string | null }
> {
  const pack = readPack(config.knowledgeFolder);
  const { laws, skipped, nextChange } = readOfficialLaws(
    config.dataFolder,
    lawsFolder,
    dayInChina(Date.now()),
    stepwise('读法规原文', say, (done: number, all: number) => done / all),
  );
  const options = {
    indexes: createIndexStore(config.indexFolder, say),
    onProgress: stepwise('建索引', say, (share: number) => share),
    onError,
    calendar: chineseCalendar,
    figures: withEntered(pack.figures, additions.figures, additions.verifications),
    verifications: additions.verifications,
    curated: additions.curated,
    help,
    graph: config.vectorIndex === 'hnsw' ? keptGraph(config.indexFolder, say) : undefined,
  };
  if (config.embedding === null) return { ...buildConsultation(pack, laws, options), skipped, nextChange };
  const embedder = createRemoteEmbedder(config.embedding);
  const questions = createRemoteEmbedder({ ...config.embedding, ...IMPATIENT });
  return { ...(await buildRemoteConsultation(pack, laws, embedder, { ...options, questions })), skipped, nextChange };
}

/** The graph over a corpus, built the first time and kept; where it cannot be had, every provision is compared instead. */
function keptGraph(folder: string, say: (line: string) => void): (vectors: ExactVectorIndex, identity: string) => VectorIndex {
  const file = join(folder, 'vectors.hnsw');
  return (vectors, identity) => {
    const { size, dimension } = vectors;
    try {
      return readHnswIndex(file, { identity, size, dimension });
    } catch (error) {
      if (!(error instanceof BaimiError)) throw error;
      if (error.code === 'unavailable') {
        say(error.message);
        return vectors;
      }
      if (existsSync(file)) say(`${error.message}。正在重新建……`);
    }
    const show = stepwise('建向量的图', say, (done: number) => done / size);
    let graph: VectorIndex = vectors;
    try {
      const built = buildHnswIndex(vectors.toFloats(), dimension, { onProgress: show });
      graph = built;
      writeHnswIndex(built, file, identity);
    } catch (error) {
      if (!(error instanceof BaimiError)) throw error;
      say(error.message);
    }
    return graph;
  };
}

/** Says every quarter of a job, once it has taken long enough to wonder. */
function stepwise<Arguments extends number[]>(
  what: string,
  say: (line: string) => void,
  shareOf: (...values: Arguments) => number,
): (...values: Arguments) => void {
  const started = performance.now();
  let said = 0;
  return (...values) => {
    const quarter = Math.floor(4 * shareOf(...values));
    if (quarter <= said || performance.now() - started < SHOWN_AFTER_MS) return;
    said = quarter;
    say(`${what}：${String(quarter * 25)}%`);
  };
}

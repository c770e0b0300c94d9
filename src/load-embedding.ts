import { readModel } from './adapters/files/model-files.js';
import { embed } from './retrieval/embedding.js';
import { openModel } from './retrieval/model.js';
import { createSegment } from './retrieval/segment.js';
import { listTerms } from './retrieval/terms.js';

/** Stands in for an embedding where the pack has no model: nothing is near to anything. */
const NOTHING = new Float32Array(16);

/**
 * Our own embedding of texts: unit vectors, all zeros where no word is known. Dictionary and model are read at the first
 * text (some 0.3 s and 100 MB), because few processes ever need them beside those of the search.
 * @throws BaimiError `bad-knowledge` at the first text where the pack's model is damaged
 */
export function lazyEmbedding(knowledgeFolder: string): (text: string) => Float32Array {
  let embedText: ((text: string) => Float32Array) | null = null;
  return (text) => (embedText ??= openEmbedding(knowledgeFolder))(text);
}

function openEmbedding(knowledgeFolder: string): (text: string) => Float32Array {
  const stored = readModel(knowledgeFolder);
  if (!stored) return () => NOTHING;
  const model = openModel(stored).embedding;
  const segment = createSegment();
  return (text) => embed([listTerms(text, segment)], model);
}

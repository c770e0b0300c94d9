import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import type { EmbeddingModel } from '../../retrieval/embedding.js';

/** What a trained model says of itself (`model/embedding.json`). */
const manifestSchema = z.strictObject({
  version: z.literal(1),
  dimension: z.number().int().positive().multipleOf(4),
  rows: z.number().int().positive(),
  seed: z.number().int(),
  trainedAt: z.string(),
  /** Hashes of the training data by name. */
  data: z.record(z.string(), z.string()),
  pairs: z.record(z.string(), z.number().int()),
  /** SHA-256 of vectors and vocabulary, so that a damaged file is never used. */
  sha256: z.string(),
});
export type EmbeddingManifest = z.infer<typeof manifestSchema>;

const FILES = { manifest: 'embedding.json', vectors: 'embedding.bin', vocabulary: 'embedding.vocabulary.txt' } as const;

/**
 * Reads `model/embedding.*` of the pack; null where there is none.
 * @throws BaimiError `bad-knowledge` where a file is missing, truncated or damaged
 */
export function readEmbedding(knowledgeFolder: string): EmbeddingModel | null {
  const at = (name: string): string => join(knowledgeFolder, 'model', name);
  if (!existsSync(at(FILES.manifest))) return null;
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(at(FILES.manifest), 'utf8')));
    const bytes = readFileSync(at(FILES.vectors));
    const words = readFileSync(at(FILES.vocabulary));
    if (hash([bytes, words]) !== manifest.sha256) throw new Error('the files do not belong together');
    const { rows, dimension } = manifest;
    if (bytes.length !== rows * (4 + dimension)) throw new Error('the vectors are not as long as the manifest says');
    // a copy that starts at a multiple of four, as floats need
    const memory = new Uint8Array(bytes).buffer;
    return {
      dimension,
      scales: new Float32Array(memory, 0, rows),
      vectors: new Int8Array(memory, 4 * rows, rows * dimension),
      vocabulary: new Map(
        words
          .toString('utf8')
          .split('\n')
          .map((term, row) => [term, row]),
      ),
    };
  } catch (cause) {
    throw new BaimiError(
      'bad-knowledge',
      `${at(FILES.manifest)} 描述的检索模型读不出来（文件缺失、不完整或者不配套）。怎么改：从发布包里恢复 model 目录，或者用 baimi model train 重新训练`,
      { cause },
    );
  }
}

/** Writes a model; the manifest last, so that a half-written model is never read as a whole one. */
export function writeEmbedding(
  knowledgeFolder: string,
  model: EmbeddingModel,
  about: Omit<EmbeddingManifest, 'version' | 'dimension' | 'rows' | 'sha256'>,
): EmbeddingManifest {
  const folder = join(knowledgeFolder, 'model');
  mkdirSync(folder, { recursive: true });
  const bytes = Buffer.concat([
    Buffer.from(model.scales.buffer, model.scales.byteOffset, model.scales.byteLength),
    Buffer.from(model.vectors.buffer, model.vectors.byteOffset, model.vectors.byteLength),
  ]);
  const words = Buffer.from([...model.vocabulary.keys()].join('\n'));
  const manifest: EmbeddingManifest = {
    version: 1,
    dimension: model.dimension,
    rows: model.scales.length,
    ...about,
    sha256: hash([bytes, words]),
  };
  for (const [name, content] of [
    [FILES.vectors, bytes],
    [FILES.vocabulary, words],
    [FILES.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)],
  ] as const) {
    writeFileSync(join(folder, `${name}.new`), content);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  }
  return manifest;
}

function hash(parts: readonly Buffer[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

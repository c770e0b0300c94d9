import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import type { StoredModel } from '../../retrieval/model.js';
import { readSections, writeSections, type Json } from './section-file.js';

/** What a trained model says of itself (`model/retrieval.json`). */
const manifestSchema = z.strictObject({
  version: z.literal(2),
  dimension: z.number().int().positive().multipleOf(16),
  rows: z.number().int().positive(),
  seed: z.number().int(),
  trainedAt: z.string(),
  /** SHA-256 of the training data by name. */
  data: z.record(z.string(), z.string()),
  pairs: z.record(z.string(), z.number().int()),
  /** Cross-validated figures, by system; see eval/README.md for the command. */
  measured: z.record(z.string(), z.record(z.string(), z.number())),
  /** SHA-256 of the two other files, so that what does not belong together is never used. */
  sha256: z.string(),
});
export type ModelManifest = z.infer<typeof manifestSchema>;

const FILES = { manifest: 'retrieval.json', arrays: 'retrieval.bin', vocabulary: 'retrieval.vocabulary.txt' } as const;
const IDENTITY = 'baimi retrieval model 2';

/**
 * Reads `model/retrieval.*` of the pack; null where there is none.
 * @throws BaimiError `bad-knowledge` where a file is missing, truncated, damaged or of another version
 */
export function readModel(knowledgeFolder: string): StoredModel | null {
  const at = (name: string): string => join(knowledgeFolder, 'model', name);
  if (!existsSync(at(FILES.manifest))) return null;
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(at(FILES.manifest), 'utf8')));
    const words = readFileSync(at(FILES.vocabulary));
    if (hash([readFileSync(at(FILES.arrays)), words]) !== manifest.sha256) throw new Error('the files do not belong together');
    const read = readSections(at(FILES.arrays), IDENTITY);
    if (read.kind !== 'ok') throw new Error(read.kind);
    const vocabulary = words.toString('utf8').split('\n');
    if (vocabulary.length !== manifest.rows) throw new Error('the vocabulary is not as long as the manifest says');
    return { identity: manifest.sha256, dimension: manifest.dimension, vocabulary, meta: read.meta, sections: read.sections };
  } catch (cause) {
    throw new BaimiError(
      'bad-knowledge',
      `${at(FILES.manifest)} 描述的检索模型读不出来（文件缺失、不完整或者不配套）。怎么改：从发布包里恢复 model 目录，或者用 baimi model train 重新训练`,
      { cause },
    );
  }
}

/** Writes a model; the manifest last, so that a half-written model is never read as a whole one. */
export function writeModel(
  knowledgeFolder: string,
  model: Omit<StoredModel, 'identity'>,
  about: Omit<ModelManifest, 'version' | 'dimension' | 'rows' | 'sha256'>,
): ModelManifest & { readonly bytes: number } {
  const folder = join(knowledgeFolder, 'model');
  mkdirSync(folder, { recursive: true });
  const { dimension, vocabulary, meta, sections } = model;
  writeSections(join(folder, FILES.arrays), { identity: IDENTITY, meta: meta as Json, sections });
  const arrays = readFileSync(join(folder, FILES.arrays));
  const words = Buffer.from(vocabulary.join('\n'));
  const manifest: ModelManifest = {
    version: 2,
    dimension,
    rows: vocabulary.length,
    ...about,
    sha256: hash([arrays, words]),
  };
  for (const [name, content] of [
    [FILES.vocabulary, words],
    [FILES.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)],
  ] as const) {
    writeFileSync(join(folder, `${name}.new`), content);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  }
  return { ...manifest, bytes: arrays.length + words.length };
}

function hash(parts: readonly Buffer[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

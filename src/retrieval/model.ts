import { z } from 'zod';
import { BaimiError } from '../domain/errors.js';
import type { BoostedTrees } from './boosted-trees.js';
import { vocabularyRows, type EmbeddingModel } from './embedding.js';
import { keywordIndexFrom, sectionsOf, takeSection, vectorIndexFrom, type Sections } from './sections.js';
import type { LearnedLinks } from './learned-links.js';
import { RANKING_FEATURES } from './ranking-features.js';

/** What training gives (`knowledge/model/`). Each part was trained with those before it. */
export interface RetrievalModel {
  /** SHA-256 of its files: an index that was built with another model is not used. */
  readonly identity: string;
  readonly embedding: EmbeddingModel;
  readonly learned: LearnedLinks | null;
  readonly ranker: BoostedTrees | null;
}

/** A model as its files hold it, checked for damage, not yet opened. */
export interface StoredModel {
  /** SHA-256 of the files. */
  readonly identity: string;
  readonly dimension: number;
  readonly vocabulary: readonly string[];
  readonly meta: unknown;
  readonly sections: Sections;
}

const numbers = z.array(z.number());
const metaSchema = z.strictObject({
  keys: z.array(z.string()),
  ranker: z
    .strictObject({
      features: z.array(z.string()),
      roots: numbers,
      feature: numbers,
      threshold: numbers,
      left: numbers,
      right: numbers,
    })
    .nullable(),
});

/**
 * Opens a stored model.
 * @throws BaimiError `bad-knowledge` where a part is missing, does not fit, or was trained for another version
 */
export function openModel(stored: StoredModel): RetrievalModel {
  const { identity, dimension, vocabulary, sections } = stored;
  try {
    const meta = metaSchema.parse(stored.meta);
    const scales = takeSection(sections, 'scales', Float32Array);
    const vectors = takeSection(sections, 'vectors', Int8Array);
    if (scales.length !== vocabulary.length || vectors.length !== vocabulary.length * dimension) throw new RangeError('sizes differ');
    if (meta.ranker && meta.ranker.features.join() !== RANKING_FEATURES.join()) throw new RangeError('the ranker knows other features');
    return {
      identity,
      embedding: { dimension, rows: vocabularyRows(vocabulary), vectors, scales },
      learned: {
        keys: meta.keys,
        uses: takeSection(sections, 'learned.uses', Uint16Array),
        starts: takeSection(sections, 'learned.starts', Uint32Array),
        targets: takeSection(sections, 'learned.targets', Uint32Array),
        vectors: vectorIndexFrom(sections, 'learned', dimension),
        pools: keywordIndexFrom(sections, 'pools', meta.keys.length),
      },
      ranker: meta.ranker,
    };
  } catch (cause) {
    throw new BaimiError(
      'bad-knowledge',
      '知识库里的检索模型和这个版本的程序不配套。怎么改：从发布包里恢复 model 目录，或者用 baimi model train 重新训练',
      { cause },
    );
  }
}

/** A model as sections and a description, to be stored. The ranker's thresholds keep nine digits, which is all that single precision has. */
export function modelSections(model: Omit<RetrievalModel, 'identity'>): {
  readonly meta: z.infer<typeof metaSchema>;
  readonly sections: Sections;
} {
  const { embedding, learned, ranker } = model;
  if (!learned) throw new RangeError('a model without learned links is not stored');
  const { features, roots, feature, threshold, left, right } = ranker ?? {
    features: [],
    roots: [],
    feature: [],
    threshold: [],
    left: [],
    right: [],
  };
  return {
    meta: {
      keys: [...learned.keys],
      ranker: ranker && {
        features: [...features],
        roots: [...roots],
        feature: [...feature],
        threshold: threshold.map((value) => Number(value.toPrecision(9))),
        left: [...left],
        right: [...right],
      },
    },
    sections: {
      scales: embedding.scales,
      vectors: embedding.vectors,
      'learned.uses': learned.uses,
      'learned.starts': learned.starts,
      'learned.targets': learned.targets,
      ...sectionsOf('learned', learned.vectors.parts),
      ...sectionsOf('pools', learned.pools.parts),
    },
  };
}

import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document } from '@langchain/core/documents';
import { Embeddings } from '@langchain/core/embeddings';
import { embed, type EmbeddingModel } from '../../src/retrieval/embedding.js';
import type { Segment } from '../../src/retrieval/segment.js';
import { listTerms } from '../../src/retrieval/terms.js';
import type { Contender, ContenderInput } from './contender.js';

/** Our embedding as LangChain's interface wants it: arrays of numbers. */
class OurEmbeddings extends Embeddings {
  constructor(
    private readonly model: EmbeddingModel,
    private readonly segment: Segment,
  ) {
    super({});
  }

  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.resolve(texts.map((text) => this.#embed(text)));
  }

  override embedQuery(text: string): Promise<number[]> {
    return Promise.resolve(this.#embed(text));
  }

  #embed(text: string): number[] {
    return [...embed([listTerms(text, this.segment)], this.model)];
  }
}

/**
 * LangChain's MemoryVectorStore over our embedding: cosine to every document in plain JavaScript (its default), the text
 * kept beside its vector, as it does. It cannot store itself.
 */
export function createLangchainMemory(input: ContenderInput): Contender {
  const store = new MemoryVectorStore(new OurEmbeddings(input.embedding(), input.segment));
  return {
    name: 'langchain-memory',
    async build() {
      const { documents } = input.takeCorpus();
      await store.addDocuments(documents.map(({ key, text }) => new Document({ pageContent: text, metadata: { key } })));
    },
    async search(question, limit) {
      const found = await store.similaritySearch(question, limit);
      return found.map(({ metadata }) => String((metadata as { readonly key: unknown }).key));
    },
  };
}

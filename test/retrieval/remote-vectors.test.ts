import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { buildApp } from '../../src/app.js';
import { buildRemoteConsultation } from '../../src/consultation/build-consultation.js';
import { BaimiError } from '../../src/domain/errors.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { normalise } from '../../src/retrieval/embedding.js';
import { askLinks } from '../../src/retrieval/indexes.js';
import type { Embedder } from '../../src/retrieval/ports.js';
import { VectorWanted, embedCorpus } from '../../src/retrieval/remote-vectors.js';
import { buildSearch } from '../../src/retrieval/search.js';
import { createSegment } from '../../src/retrieval/segment.js';

/** An embedding that puts texts near that share characters; its dimension is no multiple of 16. */
function characterEmbedder(): Embedder & { asked: string[]; broken: boolean } {
  const dimension = 200;
  return {
    name: 'characters',
    dimension,
    asked: [],
    broken: false,
    embed(texts) {
      this.asked.push(...texts);
      if (this.broken) return Promise.reject(new BaimiError('unavailable', '向量服务没有答复。怎么改：稍后再试'));
      return Promise.resolve(
        texts.map((text) => {
          const vector = new Float32Array(dimension);
          for (const char of new Set(text)) vector[(char.codePointAt(0) ?? 0) % dimension] = 1;
          normalise(vector);
          return vector;
        }),
      );
    },
  };
}

const full = readPack('knowledge');
const pack = {
  ...full,
  laws: full.laws.filter(({ law }) => ['工伤保险条例', '劳动合同法'].includes(law.title)),
  matters: full.matters.slice(0, 5),
};
const QUESTION = '在厂里被机器压到手了算工伤吗';

describe('an embedding elsewhere', () => {
  const library = buildLibrary(pack.laws, []);
  const links = askLinks(library, []);

  it('is asked for each text of the corpus once, and for a question before it is searched', async () => {
    const embedder = characterEmbedder();
    const shares: number[] = [];
    const remote = await embedCorpus(library, links, embedder, { onProgress: (share) => shares.push(share) });
    expect(embedder.asked).toHaveLength(library.provisions.length + links.length);
    expect(shares.at(-1)).toBe(1);
    const search = buildSearch(library, createSegment(), null, { remote });
    expect(() => search.search(QUESTION, 3)).toThrow(VectorWanted);
    await remote.prepare(QUESTION);
    const hits = search.search(QUESTION, 3);
    expect(hits.map((hit) => hit.provision.key)).toContain('工伤保险条例#第十四条');
    expect(hits[0]?.denseScore).toBeGreaterThan(0.1);
    expect(embedder.asked.filter((text) => text === QUESTION)).toHaveLength(1);
  });

  it('that fails leaves the search to keywords, for this question and once', async () => {
    const embedder = characterEmbedder();
    const errors: unknown[] = [];
    const remote = await embedCorpus(library, links, embedder, { onError: (error) => errors.push(error) });
    const search = buildSearch(library, createSegment(), null, { remote });
    embedder.broken = true;
    await remote.prepare(QUESTION);
    const hits = search.search(QUESTION, 3);
    expect(hits[0]?.denseScore).toBe(0);
    expect(hits[0]?.textScore).toBeGreaterThan(0);
    expect(errors).toHaveLength(1);
    embedder.broken = false;
    expect(() => search.search(QUESTION, 3)).toThrow(VectorWanted);
  });

  it('is never asked for a question without text', async () => {
    const embedder = characterEmbedder();
    const remote = await embedCorpus(library, links, embedder);
    const before = embedder.asked.length;
    await remote.prepare(' \n');
    expect(remote.of(' \n')).toBeNull();
    expect(embedder.asked).toHaveLength(before);
  });

  it('that cannot embed the corpus says so instead of searching without it', async () => {
    const embedder = characterEmbedder();
    embedder.broken = true;
    await expect(embedCorpus(library, links, embedder)).rejects.toThrow('向量服务没有答复');
  });

  it.each([false, true])('lets a message be answered once, while it works and while it is down (down: %s)', async (down) => {
    const embedder = characterEmbedder();
    const errors: unknown[] = [];
    const built = await buildRemoteConsultation(pack, [], embedder, { onError: (error) => errors.push(error) });
    embedder.broken = down;
    const db = await openDatabase(':memory:');
    const app = buildApp({
      store: createMessageStore(db),
      staff: createStaffStore(db),
      consult: built.consult,
      remote: () => built.remote,
      now: () => Date.UTC(2026, 10, 23, 2),
      onError: (error) => errors.push(error),
    });
    const content = { type: 'text', text: QUESTION } as const;
    const { conversationId } = await app.messenger.receive({ channel: 'web', externalKey: 'a', conversationKey: 'c', content });
    await app.messenger.idle();
    const thread = await app.messenger.messagesAfter(conversationId, 0);
    expect(thread.map(({ author }) => author)).toEqual(['citizen', 'bot']);
    expect(errors).toHaveLength(down ? 1 : 0);
    await db.destroy();
  });
});

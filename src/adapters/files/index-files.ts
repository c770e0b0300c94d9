import { join } from 'node:path';
import type { IndexStore } from '../../retrieval/ports.js';
import { readSections, writeSections, type Json, type SectionFileRead } from './section-file.js';

/**
 * Keeps the indexes of a corpus and model in one file, which is replaced as a whole and read with one read.
 * A file that belongs to another corpus or model, or is damaged, counts as none: the indexes are built again.
 * @param say one line for the person who waits: why an index is built again, or could not be kept
 */
export function createIndexStore(folder: string, say: (line: string) => void): IndexStore {
  const file = join(folder, 'search.index');
  return {
    load(identity) {
      let read: SectionFileRead;
      try {
        read = readSections(file, identity);
      } catch (error) {
        say(`索引文件读不了，正在重新建索引：${error instanceof Error ? error.message : String(error)}`);
        return null;
      }
      if (read.kind === 'ok') return read;
      if (read.kind === 'other-identity') say('法规、知识库或者检索模型变了，正在重新建索引……');
      if (read.kind === 'damaged') say(`索引文件 ${file} 坏了（${read.why}），正在重新建索引……`);
      return null;
    },
    save(identity, { meta, sections }) {
      try {
        writeSections(file, { identity, meta: meta as Json, sections });
      } catch (error) {
        say(`索引没能存下来，下次启动要重新建：${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

import type { CreateContender } from './contender.js';

/** Those that search with the trained model, and so know the questions that it was trained on by heart. */
export const WITH_MODEL: ReadonlySet<string> = new Set(['baimi', 'langchain-memory']);

/**
 * Every contender by name, in the order of the table. Loaded only in the process that runs it, so that nobody carries
 * another's modules. `baimi` without a trained model is the same as `baimi-keywords`.
 */
export const CONTENDERS: Readonly<Record<string, () => Promise<CreateContender>>> = {
  baimi: async () => {
    const { createOurs } = await import('./ours.js');
    return (input) => createOurs('baimi', input.model, input);
  },
  'baimi-keywords': async () => {
    const { createOurs } = await import('./ours.js');
    return (input) => createOurs('baimi-keywords', null, input);
  },
  minisearch: async () => (await import('./minisearch.js')).createMiniSearch,
  orama: async () => (await import('./orama.js')).createOrama,
  'sqlite-fts5': async () => (await import('./sqlite-fts.js')).createSqliteFts,
  'langchain-memory': async () => (await import('./langchain-memory.js')).createLangchainMemory,
};

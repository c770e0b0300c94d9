import { readPrompts } from './adapters/files/read-prompts.js';
import { createChatModel, type ModelEvent } from './adapters/models/chat-model.js';
import type { Config } from './config.js';
import { createModelHelp, type ModelHelp, type ModelHelpOptions } from './consultation/model-help.js';

/** Told what the language model does; no one's words are among it. */
export interface ModelListeners extends Pick<ModelHelpOptions, 'onRefusal' | 'onError' | 'kept' | 'failuresHoldMs'> {
  readonly onEvent?: ((event: ModelEvent) => void) | undefined;
}

/**
 * The help of the language model that the configuration names; undefined: it names none.
 * @throws BaimiError `bad-config` or `bad-knowledge` where the configuration or a prompt cannot be right
 */
export function openModelHelp(config: Config, { onEvent, ...listeners }: ModelListeners = {}): ModelHelp | undefined {
  if (config.languageModel === null) return undefined;
  const model = createChatModel({ ...config.languageModel, ...(onEvent ? { log: onEvent } : {}) });
  return createModelHelp({
    model,
    prompts: readPrompts(config.promptsFolder),
    budgetMs: config.languageModel.timeoutMs,
    ...listeners,
  });
}

import { join } from 'node:path';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { readPrompts } from '../../src/adapters/files/read-prompts.js';
import { createChatModel } from '../../src/adapters/models/chat-model.js';
import { packageRoot, readConfig } from '../../src/config.js';
import { buildConsultation } from '../../src/consultation/build-consultation.js';
import type { ConsultationResult } from '../../src/consultation/consult.js';
import { NEW_CONSULTATION, type ConsultationState } from '../../src/consultation/continue-consultation.js';
import { createModelHelp, helped, type ModelHelp, type ModelHelpOptions } from '../../src/consultation/model-help.js';
import type { OfficialLaw } from '../../src/knowledge/library.js';
import { TODAY } from './consult-for-tests.js';
import { CHAT_KEY, CHAT_MODEL, type FakeChatServer } from './fake-chat-server.js';

const prompts = readPrompts(join(packageRoot(), 'prompts'));

/** Help of the fake server's model; `refusals` grows as things are refused. */
export function helpOf(server: FakeChatServer, options: Partial<ModelHelpOptions> = {}): { help: ModelHelp; refusals: string[] } {
  const refusals: string[] = [];
  const model = createChatModel({
    ...{ baseUrl: server.baseUrl, apiKey: CHAT_KEY, model: CHAT_MODEL, json: 'json_object', timeoutMs: 5000, retries: 0 },
    failures: 1000,
  });
  const onRefusal = ({ task, reason }: { readonly task: string; readonly reason: string }): void => {
    refusals.push(`${task} ${reason}`);
  };
  return { help: createModelHelp({ model, prompts, budgetMs: 20_000, onRefusal, ...options }), refusals };
}

export interface HelpedAsk {
  readonly result: ConsultationResult;
  /** Sentences told before the answer. */
  readonly told: readonly string[];
}

let turns = 0;

/** The shipped consultation with a model's help, turn by turn. */
export function helpedConsultation(
  help: ModelHelp,
  official: readonly OfficialLaw[] = [],
): (question: string, state?: ConsultationState) => Promise<HelpedAsk> {
  const { consult } = buildConsultation(readPack(readConfig({}).knowledgeFolder), official, { help });
  return async (question, state = NEW_CONSULTATION) => {
    const told: string[] = [];
    const turn = { key: String(turns++), onSentence: (text: string) => void told.push(text) };
    return { result: await helped(help, turn, () => consult(question, state, TODAY)), told };
  };
}

import { readPack } from '../../src/adapters/files/read-pack.js';
import { readConfig } from '../../src/config.js';
import { buildConsultation, type BuiltConsultation } from '../../src/consultation/build-consultation.js';

let built: BuiltConsultation | null = null;

/** The shipped consultation, built once per test file. */
export function shippedConsultation(): BuiltConsultation {
  built ??= buildConsultation(readPack(readConfig({}).knowledgeFolder));
  return built;
}

/** A working day on which the pack's laws are in force. */
export const TODAY = '2026-11-23';

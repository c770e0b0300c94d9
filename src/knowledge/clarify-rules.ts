import { z } from 'zod';
import { CONSULTATION_TOPICS, type ClarifyingQuestion, type ConsultationTopic } from '../domain/answer.js';
import { compilePhrases } from './phrases.js';
import { parseWith } from './triage-rules.js';

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z-]*$/),
    topic: z.enum(CONSULTATION_TOPICS),
    text: z.string().min(4),
    label: z.string().min(2),
    options: z.array(z.string().min(1)).min(2).max(5),
    when: z.strictObject({ all: z.array(z.array(z.string().min(1)).min(1)).min(1), none: z.array(z.string().min(1)) }),
  }),
);

/** A question back, and when the law cannot be told without its answer (`knowledge/clarify.yaml`). */
export interface ClarifyRule extends ClarifyingQuestion {
  readonly topic: ConsultationTopic;
  /** Name of the fact it asks for, as the lawyer's brief shows it. */
  readonly label: string;
  applies(question: string): boolean;
}

/** @throws BaimiError `bad-knowledge` naming the field */
export function parseClarifyRules(file: string, text: string): ClarifyRule[] {
  return parseWith(file, text, schema).map((rule) => {
    const all = rule.when.all.map((group) => compilePhrases(`${file}: ${rule.id}`, group));
    const none = compilePhrases(`${file}: ${rule.id}`, rule.when.none);
    return {
      id: rule.id,
      topic: rule.topic,
      text: rule.text,
      label: rule.label,
      options: rule.options,
      applies: (question) => all.every((group) => group.any(question)) && !none.any(question),
    };
  });
}

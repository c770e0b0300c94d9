import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { CONSULTATION_TOPICS, type ConsultationTopic } from '../domain/answer.js';
import { BaimiError } from '../domain/errors.js';
import { compilePhrases, type Phrases } from './phrases.js';

const words = z.array(z.string().min(1));
const perTopic = <T extends z.ZodType>(value: T) =>
  z.strictObject({ expropriation: value, injury: value, wages: value } satisfies Record<ConsultationTopic, T>);

const schema = z.strictObject({
  topics: perTopic(z.strictObject({ strong: words, weak: words })),
  lawsNear: perTopic(words),
  human: words,
  danger: words,
  angry: words,
  strategy: words,
  outOfScope: words,
  otherMatter: words,
  amount: words,
  nationalAmounts: words,
  vague: words,
  otherRegions: words,
  services: z.strictObject({ mediation: words, 'legal-aid': words, notary: words, lawyer: words }),
  greeting: words,
  thanks: words,
});

export const SERVICES = ['mediation', 'legal-aid', 'notary', 'lawyer'] as const;
export type ServiceName = (typeof SERVICES)[number];

const LISTS = ['human', 'danger', 'angry', 'strategy', 'outOfScope', 'otherMatter', 'amount', 'nationalAmounts', 'vague', 'otherRegions', 'greeting', 'thanks'] as const;

/** The words by which a message is sorted; data that the bureau can edit (`knowledge/triage.yaml`). */
export interface TriageRules extends Readonly<Record<(typeof LISTS)[number], Phrases>> {
  readonly topics: Readonly<Record<ConsultationTopic, { readonly strong: Phrases; readonly weak: Phrases }>>;
  readonly lawsNear: Readonly<Record<ConsultationTopic, readonly string[]>>;
  readonly services: Readonly<Record<ServiceName, Phrases>>;
}

/** @throws BaimiError `bad-knowledge` naming the field */
export function parseTriageRules(file: string, text: string): TriageRules {
  const data = parseWith(file, text, schema);
  const compile = (field: string, list: readonly string[]): Phrases => compilePhrases(`${file}: ${field}`, list);
  const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
  return {
    ...record(LISTS, (key) => compile(key, data[key])),
    topics: record(CONSULTATION_TOPICS, (topic) => ({
      strong: compile(`topics.${topic}.strong`, data.topics[topic].strong),
      weak: compile(`topics.${topic}.weak`, data.topics[topic].weak),
    })),
    lawsNear: data.lawsNear,
    services: record(SERVICES, (service) => compile(`services.${service}`, data.services[service])),
  };
}

/** Reads YAML against a schema; messages name the file, the field and what to do. */
export function parseWith<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let data: unknown;
  try {
    data = parseYaml(text);
  } catch (cause) {
    throw new BaimiError('bad-knowledge', `${file}: 不是正确的 YAML（${cause instanceof Error ? cause.message.split('\n')[0] ?? '' : ''}）。怎么改：检查缩进、括号和引号`, { cause });
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new BaimiError('bad-knowledge', `${file}: “${issue?.path.join('.') ?? ''}”不对：${issue?.message ?? ''}。怎么改：照文件里别的条目的样子写`);
}

import { CONSULTATION_TOPICS, type ConsultationTopic, type HandoffReason } from '../domain/answer.js';
import { SERVICES, type ServiceName, type TriageRules } from '../knowledge/triage-rules.js';

/** What a message is about. */
export type Triage =
  | { readonly type: 'greeting' | 'thanks' | 'vague' }
  | { readonly type: 'service'; readonly service: ServiceName }
  /** `signals` where no word decided against answering: no topic was heard, that is all. */
  | {
      readonly type: 'handoff';
      readonly reason: HandoffReason;
      readonly topic: ConsultationTopic | null;
      readonly signals: TriageSignals | null;
    }
  | { readonly type: 'topic'; readonly topic: ConsultationTopic; readonly signals: TriageSignals };

/** What triage saw, for the confidence model. */
export interface TriageSignals {
  readonly strong: number;
  readonly weak: number;
  /** Strong words of the two other topics. */
  readonly otherTopics: number;
  readonly outOfScope: number;
  readonly asksAmount: boolean;
  readonly otherRegion: boolean;
}

/**
 * Sorts a message by the words of `knowledge/triage.yaml`. Order matters: danger and the wish for a human come before
 * everything; a matter of another kind comes before the topic whose words it borrows.
 */
export function triage(text: string, rules: TriageRules): Triage {
  if (rules.danger.any(text)) return { type: 'handoff', reason: 'danger', topic: bestTopic(text, rules).topic, signals: null };
  if (rules.human.any(text)) return { type: 'handoff', reason: 'human-wanted', topic: bestTopic(text, rules).topic, signals: null };
  if (rules.angry.any(text)) return { type: 'handoff', reason: 'angry', topic: bestTopic(text, rules).topic, signals: null };
  if (rules.greeting.any(text)) return { type: 'greeting' };
  if (rules.thanks.any(text)) return { type: 'thanks' };

  const { topic, strong, weak, otherTopics } = bestTopic(text, rules);
  const service = SERVICES.find((name) => rules.services[name].any(text));
  if (service !== undefined && strong < 2) return { type: 'service', service };
  if (rules.otherMatter.any(text)) return { type: 'handoff', reason: 'out-of-scope', topic, signals: null };
  const outOfScope = rules.outOfScope.found(text).length;
  if (topic === null || (strong === 0 && outOfScope > 0)) {
    if (rules.vague.any(text) || (outOfScope === 0 && Array.from(text).length < 12)) return { type: 'vague' };
    const signals = {
      strong,
      weak,
      otherTopics,
      outOfScope,
      asksAmount: rules.amount.any(text),
      otherRegion: rules.otherRegions.any(text),
    };
    return { type: 'handoff', reason: 'out-of-scope', topic: null, signals };
  }
  if (rules.strategy.any(text)) return { type: 'handoff', reason: 'case-strategy', topic, signals: null };
  if (rules.vague.any(text)) return { type: 'vague' };
  const asksAmount = rules.amount.any(text);
  const otherRegion = rules.otherRegions.any(text);
  if (asksAmount && otherRegion && !rules.nationalAmounts.any(text))
    return { type: 'handoff', reason: 'other-region', topic, signals: null };
  return { type: 'topic', topic, signals: { strong, weak, otherTopics, outOfScope, asksAmount, otherRegion } };
}

interface TopicCount {
  readonly topic: ConsultationTopic | null;
  readonly strong: number;
  readonly weak: number;
  readonly otherTopics: number;
}

function bestTopic(text: string, rules: TriageRules): TopicCount {
  const counts = CONSULTATION_TOPICS.map((topic) => ({
    topic,
    strong: rules.topics[topic].strong.found(text).length,
    weak: rules.topics[topic].weak.found(text).length,
  })).sort((a, b) => b.strong - a.strong || b.weak - a.weak);
  const best = counts[0];
  if (!best || (best.strong === 0 && best.weak < 2)) return { topic: null, strong: 0, weak: 0, otherTopics: 0 };
  const otherTopics = counts.slice(1).reduce((sum, other) => sum + other.strong, 0);
  return { ...best, otherTopics };
}

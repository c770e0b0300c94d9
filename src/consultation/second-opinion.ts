import type { ConsultationTopic, HandoffReason } from '../domain/answer.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { ModelTriage } from './model-drafts.js';
import type { Triage, TriageSignals } from './triage.js';

/** Whether the rules heard nothing in a message that could be answered, and nothing against answering either. */
export function heardNothing(heard: Triage): boolean {
  return heard.type === 'vague' || (heard.type === 'handoff' && heard.signals !== null && heard.signals.outOfScope === 0);
}

/** Why a message that says nothing to the rules has to go to a human, as a model hears it; it may call one, never off. */
export function humanCalled(opinion: ModelTriage | null): HandoffReason | null {
  if (opinion?.danger === true) return 'danger';
  return opinion?.wantsHuman === true ? 'human-wanted' : null;
}

export type TopicHeard =
  | { readonly kind: 'topic'; readonly topic: ConsultationTopic; readonly signals: TriageSignals }
  | { readonly kind: 'handoff'; readonly reason: HandoffReason; readonly topic: ConsultationTopic };

/** A topic that a model hears where the rules heard none; the rules' own bounds of a topic hold for it too. */
export function topicHeard(opinion: ModelTriage | null, text: string, rules: TriageRules): TopicHeard | null {
  const topic = opinion?.topic ?? null;
  if (topic === null || opinion?.outOfScope === true) return null;
  if (rules.strategy.any(text)) return { kind: 'handoff', reason: 'case-strategy', topic };
  const [asksAmount, otherRegion] = [rules.amount.any(text), rules.otherRegions.any(text)];
  if (asksAmount && otherRegion) return { kind: 'handoff', reason: 'other-region', topic };
  return { kind: 'topic', topic, signals: { strong: 0, weak: 0, otherTopics: 0, outOfScope: 0, asksAmount, otherRegion } };
}

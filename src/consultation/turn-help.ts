import { Concealer } from '../domain/mask.js';
import type { DraftMaterial, DraftSentence, Fact, ModelTriage } from './model-drafts.js';
import { takeOrWant, type HelpTask, type ModelHelp } from './model-help.js';
import { faultName, type ModelFault } from './model-text.js';

/** A draft in the person's own names, its sentences without placeholders. */
export interface HelpedDraft {
  readonly headline: DraftSentence;
  readonly points: readonly DraftSentence[];
  readonly steps: readonly DraftSentence[];
}

/** How a draft is checked and shown while it is written; both are given sentences without placeholders. */
export interface DraftCheck {
  readonly judge: (sentence: DraftSentence) => readonly ModelFault[];
  readonly shown: (sentence: DraftSentence) => string;
}

/**
 * A language model's help for one turn. Personal data is put out of sight in everything that leaves, the same everywhere, and
 * put back into what comes; a placeholder that was never given refuses what it stands in. Null: the rules have to do.
 * Each of them throws ModelWanted where the model has not been asked yet.
 */
export interface TurnHelp {
  /** The question in words nearer to the statutes, for retrieval alone. */
  rewrite(question: string, facts: readonly Fact[]): string | null;
  triage(message: string): ModelTriage | null;
  draft(material: DraftMaterial, check: DraftCheck): HelpedDraft | null;
  refused(task: HelpTask, fault: ModelFault | 'not-enough' | 'other-provisions'): void;
}

/** One for each run of a turn: what is concealed in the same order has the same placeholders. */
export function createTurnHelp(help: ModelHelp): TurnHelp {
  const concealer = new Concealer();
  const conceal = (text: string): string => concealer.conceal(text).text;
  const concealFacts = (facts: readonly Fact[]): Fact[] => facts.map(({ label, value }) => ({ label, value: conceal(value) }));
  const restored = (sentence: DraftSentence): DraftSentence => ({ ...sentence, text: concealer.restore(sentence.text) });
  const strangers = (text: string): ModelFault[] =>
    concealer.leftover(text).map((words) => ({ fault: 'unknown-placeholder', words }) as const);
  const refused: TurnHelp['refused'] = (task, fault) => {
    help.refused({ task, reason: typeof fault === 'string' ? fault : faultName(fault) });
  };

  return {
    refused,
    rewrite(question, facts) {
      const rewrite = takeOrWant(help, { task: 'rewrite', question: conceal(question), facts: concealFacts(facts) });
      if (rewrite === null) return null;
      const faults = strangers(rewrite.question);
      for (const fault of faults) refused('rewrite', fault);
      return faults.length > 0 ? null : concealer.restore(rewrite.question);
    },
    triage: (message) => takeOrWant(help, { task: 'triage', message: conceal(message) }),
    draft(material, { judge, shown }) {
      const draft = takeOrWant(help, {
        task: 'draft',
        material: {
          question: conceal(material.question),
          facts: concealFacts(material.facts),
          excerpts: material.excerpts.map((excerpt) => ({ ...excerpt, text: conceal(excerpt.text) })),
          draft: conceal(material.draft),
        },
        judge: (sentence) => [...strangers(sentence.text), ...judge(restored(sentence))],
        shown: (sentence) => shown(restored(sentence)),
      });
      if (draft === null) return null;
      if (!draft.enough) {
        refused('draft', 'not-enough');
        return null;
      }
      const { headline, points, steps } = draft;
      return { headline: restored(headline), points: points.map(restored), steps: steps.map(restored) };
    },
  };
}

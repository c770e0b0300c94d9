import { dayInChina } from './app.js';
import { createCuratedAnswers } from './consultation/curate.js';
import type { CuratedAnswers, CuratedStore } from './consultation/curated/ports.js';
import type { HandoffUnitOfWork } from './handoff/ports.js';
import { hasWorkedOn } from './handoff/worked-on.js';
import type { Library } from './knowledge/library.js';
import type { Outbox } from './messaging/channel.js';
import { createFeedback } from './messaging/feedback.js';
import type { Feedback, FeedbackStore, Unanswered, UnansweredStore } from './messaging/feedback/ports.js';
import { createUnanswered } from './messaging/unanswered.js';

export interface LearningDeps {
  readonly store: HandoffUnitOfWork & Pick<Outbox, 'messagesAfter'>;
  readonly feedback: FeedbackStore & UnansweredStore;
  readonly curated: CuratedStore;
  /** As it stands now. */
  readonly library: () => Library;
  /** Unit vector of a text, all zeros where no word of it is known; dimension a multiple of 16. */
  readonly embed: (text: string) => Float32Array;
  readonly newId: () => string;
  readonly now: () => number;
  /** Called when what is in use among the curated answers may have changed. */
  readonly onCuratedChange?: (() => void) | undefined;
}

/** How the service learns from its use: what people say of answers, what lawyers keep, what could not be answered. */
export interface Learning {
  readonly feedback: Feedback;
  readonly curated: CuratedAnswers;
  readonly unanswered: Unanswered;
}

/** Wires the parts that learn from use. No work is done before it is asked for. */
export function buildLearning(deps: LearningDeps): Learning {
  const { store, now } = deps;
  return {
    feedback: createFeedback(deps.feedback, store, now),
    curated: createCuratedAnswers({
      store: deps.curated,
      library: deps.library,
      hasWorkedOn: (staffId, number) => store.handoff((stores) => hasWorkedOn(stores, number, staffId)),
      newId: deps.newId,
      now,
      dayOf: dayInChina,
      onChange: deps.onCuratedChange,
    }),
    unanswered: createUnanswered(deps.feedback, deps.embed, now),
  };
}

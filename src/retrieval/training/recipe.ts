/** How the retrieval model is trained; each number was chosen by cross-validation (see eval/README.md). */
export const RECIPE = {
  /** Least number of texts that a token of the vocabulary stands in. */
  minDocuments: 4,
  batch: 384,
  rate: 0.05,
  /** What needs no expert: sentence → the rest of its article; question → answer. */
  general: { sentenceEpochs: 5, answerEpochs: 5, temperature: 0.05 },
  /** What experts, the pack and its matters say, on top of it. */
  expert: {
    answerEpochs: 4,
    epochs: 4,
    batch: 128,
    temperature: 0.1,
    /** Hard negatives a pair, drawn from the first so many of the keyword search. */
    hardNegatives: 8,
    near: 100,
    /** How often a question that experts have matched stands among the pairs. */
    expertRepeats: 3,
  },
  /** Of the pack's lay questions and ways of asking, one in so many of a fold is held out to teach the ranker. */
  heldAskShare: 5,
} as const;

/** What a person can do from inside the thread. */
export interface ThreadActions {
  /** Sends a text as it reads. */
  readonly say: (text: string) => void;
  readonly findLawyer: () => void;
  /** Begins, in the composer, the correction of what the machine has understood. */
  readonly correct: (fact: string) => void;
}

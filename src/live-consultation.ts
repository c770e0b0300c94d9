import { randomUUID } from 'node:crypto';
import { libraryStamp } from './adapters/files/import/read-library.js';
import type { Knowledge, VerificationStore } from './consultation/ports.js';
import type { Consult, CuratedAnswerFor } from './consultation/consult.js';
import type { BuiltConsultation } from './consultation/build-consultation.js';
import type { Remedies } from './consultation/desk/create-desk-consultation.js';
import type { DeskConsultation } from './consultation/desk/ports.js';
import { ModelWanted, type ModelHelp } from './consultation/model-help.js';
import { answerOfCurated } from './consultation/curated.js';
import type { CuratedAnswer } from './domain/curated-answer.js';
import { dayInChina } from './app.js';
import type { Config } from './config.js';
import type { Library } from './knowledge/library.js';
import { loadConsultation } from './load-consultation.js';
import { libraryFolder } from './official-laws.js';
import { buildCuratedSearch, type CuratedSearch } from './retrieval/curated-search.js';
import { VectorWanted, type RemoteVectors } from './retrieval/remote-vectors.js';

/** A curated answer was approved by two lawyers for these very words. */
const CURATED_CONFIDENCE = 0.95;

/** The consultation of a running service: what people import, verify and approve is used at once. */
export interface LiveConsultation {
  readonly consult: Consult;
  /** The same without a language model. */
  readonly alone: Consult;
  readonly library: () => Library;
  readonly pack: () => Knowledge;
  readonly remote: () => RemoteVectors | undefined;
  readonly embed: (text: string) => Float32Array;
  /** Begins to take away what breaks a look-up outside of a turn, and can be had by waiting. */
  readonly remedies: Remedies;
  /** What lawyers work with. */
  readonly desk: DeskConsultation;
  /** Time limits that run, by what a person told; the nearest first. */
  readonly deadlines: BuiltConsultation['deadlines'];
  /** Puts curated answers into use in the place of those before. */
  readonly useCurated: (curated: readonly CuratedAnswer[]) => void;
  /** Looks whether anything has changed, and if so loads anew; the old one serves until the new one is whole. */
  refresh(): Promise<boolean>;
}

export interface LiveOptions {
  readonly config: Config;
  readonly store: VerificationStore;
  /** A language model's, where there is one. */
  readonly help?: ModelHelp | undefined;
  readonly now: () => number;
  readonly say: (line: string) => void;
  /** A question that could not be embedded. */
  readonly onError: (error: unknown) => void;
  /** Called with what of the laws could not be read. */
  readonly onSkipped: (skipped: readonly { readonly file: string; readonly reason: string }[]) => void;
}

/**
 * Loads the consultation, and again whenever the imported laws, the verified facts or figures, or the laws in force have
 * changed.
 * @throws BaimiError as `loadConsultation` does
 */
export async function openLiveConsultation(options: LiveOptions): Promise<LiveConsultation> {
  const { config, store, now } = options;
  let curatedAnswers: readonly CuratedAnswer[] = [];
  let curatedSearch: CuratedSearch | null = null;
  const curated: CuratedAnswerFor = (question, day) => {
    const hit = curatedSearch?.nearest(question);
    return hit ? answerOfCurated(hit.curated, current.library, day, CURATED_CONFIDENCE) : null;
  };
  const load = async () => {
    const [verifications, figures] = [await store.verifications(), await store.figures()];
    const loaded = await loadConsultation(
      config,
      config.lawsFolder,
      options.say,
      options.onError,
      { verifications, figures, curated },
      options.help,
    );
    if (loaded.skipped.length > 0) options.onSkipped(loaded.skipped);
    return loaded;
  };
  const stamp = async (): Promise<string> => [libraryStamp(libraryFolder(config.dataFolder)), await store.version(), dueStamp()].join('|');
  /** Another version of an imported law comes into force at midnight. */
  const dueStamp = (): string => (nextChange !== null && dayInChina(now()) >= nextChange ? nextChange : '');
  let nextChange: string | null = null;
  let loadedStamp = await stamp();
  let current = await load();
  nextChange = current.nextChange;
  loadedStamp = await stamp();
  let refreshing: Promise<boolean> | null = null;

  const refreshNow = async (): Promise<boolean> => {
    const found = await stamp();
    if (found === loadedStamp) return false;
    const fresh = await load();
    current = fresh;
    nextChange = fresh.nextChange;
    loadedStamp = await stamp();
    useCurated(curatedAnswers);
    return true;
  };
  const useCurated = (curated: readonly CuratedAnswer[]): void => {
    curatedAnswers = curated;
    curatedSearch = curated.length === 0 ? null : buildCuratedSearch(curated, current.segment, current.embedding);
  };
  /** A look-up of the desk waits for what has to be fetched, as a turn does. */
  const remedies: Remedies = () => {
    const key = `desk:${randomUUID()}`;
    return async (error) => {
      if (error instanceof VectorWanted && current.remote) {
        await current.remote.prepare(error.question);
        return true;
      }
      if (!(error instanceof ModelWanted) || !options.help) return false;
      await options.help.prepare(error.request, { key });
      return true;
    };
  };
  const desk = (): DeskConsultation => current.deskWith(remedies);
  return {
    remedies,
    desk: {
      searchProvisions: (...of) => desk().searchProvisions(...of),
      deadlines: (...of) => desk().deadlines(...of),
      papers: (...of) => desk().papers(...of),
      referral: (...of) => desk().referral(...of),
      draft: (...of) => desk().draft(...of),
      calculators: () => desk().calculators(),
      calculate: (...of) => desk().calculate(...of),
    },
    consult: (message, state, day) => current.consult(message, state, day),
    alone: (message, state, day) => current.alone(message, state, day),
    library: () => current.library,
    pack: () => current.pack,
    remote: () => current.remote,
    embed: (text) => current.embedText(text),
    deadlines: (known, question, day) => current.deadlines(known, question, day),
    useCurated,
    refresh: () => (refreshing ??= refreshNow().finally(() => (refreshing = null))),
  };
}

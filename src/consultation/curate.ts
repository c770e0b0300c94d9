import type { CuratedAnswer, CuratedStatus } from '../domain/curated-answer.js';
import { provisionKey, type ProvisionRef } from '../domain/law.js';
import { maskPersonalData } from '../domain/mask.js';
import type { Library } from '../knowledge/library.js';
import { checksumsOf, draftFaults, readProvision, stillHolds } from './curated.js';
import type { CuratedAnswers, CuratedRefusal, CuratedResult, CuratedStore, Proposal } from './curated/ports.js';

export interface CurateDeps {
  readonly store: CuratedStore;
  /** As it stands now. */
  readonly library: () => Library;
  /** Whether a lawyer holds a ticket or has worked on it; null: there is no such ticket. */
  readonly hasWorkedOn: (staffId: string, ticketNumber: string) => Promise<boolean | null>;
  readonly newId: () => string;
  readonly now: () => number;
  /** ISO day at a time, in China. */
  readonly dayOf: (at: number) => string;
  /** Called after each change, so that what is in use can be taken up anew. */
  readonly onChange?: (() => void) | undefined;
}

/** The use cases of curated answers: two lawyers, one who proposes and another who approves. */
export function createCuratedAnswers(deps: CurateDeps): CuratedAnswers {
  const { store, library, now } = deps;
  const today = (): string => deps.dayOf(now());

  /** One move of an answer that stands at one of `from`. */
  const move = async (
    id: string,
    from: readonly CuratedStatus[],
    next: (current: CuratedAnswer) => CuratedAnswer | CuratedRefusal,
  ): Promise<CuratedResult> => {
    const current = await store.byId(id);
    if (!current) return refuse('not-found', '没有这条常用答复。请刷新后再看。');
    if (!from.includes(current.status)) return refuse('conflict', '它已经被别人处理过了。请刷新后再看。');
    const moved = next(current);
    if ('reason' in moved) return { ok: false, refusal: moved };
    if (!(await store.move(moved, current.status))) return refuse('conflict', '别人先了一步。请刷新后再看。');
    deps.onChange?.();
    return { ok: true, curated: moved };
  };

  /** Marks approved answers that no longer hold. */
  const expire = async (all: readonly CuratedAnswer[]): Promise<CuratedAnswer[]> => {
    const day = today();
    return Promise.all(
      all.map(async (curated): Promise<CuratedAnswer> => {
        if (curated.status !== 'approved' || stillHolds(curated, library(), day)) return curated;
        const expired: CuratedAnswer = { ...curated, status: 'expired', endedBy: null, endedAt: now() };
        if (!(await store.move(expired, 'approved'))) return (await store.byId(curated.id)) ?? expired;
        deps.onChange?.();
        return expired;
      }),
    );
  };

  return {
    async propose(by, ticketNumber, proposal) {
      const worked = await deps.hasWorkedOn(by, ticketNumber);
      if (worked === null) return refuse('not-found', '没有这张工单。请回到列表刷新。');
      if (!worked) return refuse('not-your-ticket', '只有办过这张工单的律师，才能把答复收作常用答复。');
      const draft = tidy(proposal);
      const read = readCites(proposal.cites, library());
      const faults = 'fault' in read ? [read.fault] : draftFaults(draft, read.cites, library(), today());
      if ('fault' in read || faults[0] !== undefined) return refuse('bad-draft', faults[0] ?? '');
      const curated: CuratedAnswer = {
        ...draft,
        id: deps.newId(),
        cites: read.cites,
        checksums: {},
        status: 'proposed',
        ticketNumber,
        author: by,
        proposedAt: now(),
        approvedBy: null,
        approvedAt: null,
        endedBy: null,
        endedAt: null,
      };
      await store.add(curated);
      deps.onChange?.();
      return { ok: true, curated };
    },
    approve: (by, id) =>
      move(id, ['proposed', 'expired'], (current) => {
        if (current.author === by) return { reason: 'own-proposal', text: '自己提的，要请另一位律师批准。' };
        // the law may have changed since it was proposed
        const [fault] = draftFaults(current, current.cites, library(), today());
        if (fault !== undefined) return { reason: 'bad-draft', text: fault };
        const checksums = checksumsOf(current.cites, library());
        return { ...current, checksums, status: 'approved', approvedBy: by, approvedAt: now(), endedBy: null, endedAt: null };
      }),
    withdraw: (by, id) =>
      move(id, ['proposed', 'approved', 'expired'], (current) => ({ ...current, status: 'withdrawn', endedBy: by, endedAt: now() })),
    list: async () => expire(await store.list()),
    async active() {
      const all = await expire(await store.list());
      return all.filter(({ status }) => status === 'approved');
    },
    says(ref) {
      const provision = library().byKey.get(provisionKey(ref));
      if (!provision) return null;
      return provision.gist === null ? (provision.official ?? '') : [provision.gist.plain, provision.gist.rule].filter(Boolean).join('\n');
    },
  };
}

function refuse(reason: CuratedRefusal['reason'], text: string): CuratedResult {
  return { ok: false, refusal: { reason, text } };
}

/** Without empty lines and repetitions, personal data masked: others will read it. */
function tidy({ topic, asks, headline, points }: Proposal): Omit<Proposal, 'cites'> {
  const lines = (texts: readonly string[]): string[] => [
    ...new Set(texts.map((text) => maskPersonalData(text.trim())).filter((text) => text !== '')),
  ];
  return { topic, asks: lines(asks), headline: maskPersonalData(headline.trim()), points: lines(points) };
}

/** The provisions of a proposal, each once, or the first line's fault. */
function readCites(lines: readonly string[], library: Library): { readonly cites: ProvisionRef[] } | { readonly fault: string } {
  const cites = new Map<string, ProvisionRef>();
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const read = readProvision(line, library);
    if ('fault' in read) return read;
    cites.set(provisionKey(read.ref), read.ref);
  }
  return { cites: [...cites.values()] };
}

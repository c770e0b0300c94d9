import type { OrganisationStore } from './handoff/organisation/ports.js';

/** Codes as service points have them. */
const CODE = /^[\w-]{1,40}$/;

/** Which codes of service points are in use, for those who cannot wait for an answer. */
export interface KnownPoints {
  /** Before anything was imported every possible code is known. */
  knows(code: string): boolean;
  refresh(): Promise<void>;
}

export async function watchPoints(store: Pick<OrganisationStore, 'points'>): Promise<KnownPoints> {
  let codes: ReadonlySet<string> = new Set();
  const refresh = async (): Promise<void> => {
    codes = new Set((await store.points()).filter(({ active }) => active).map(({ code }) => code));
  };
  await refresh();
  return { knows: (code) => (codes.size === 0 ? CODE.test(code) : codes.has(code)), refresh };
}

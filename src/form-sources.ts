import { provisionKey } from './domain/law.js';
import type { Library } from './knowledge/library.js';
import type { Guide } from './knowledge/parse-guide.js';
import type { FormSources } from './messaging/forms/ports.js';

const PAPERS = '带什么';

/** What forms ask of the pack, as it is in use at the moment. */
export function formSourcesOf(live: {
  readonly library: () => Library;
  readonly pack: () => { readonly guides: readonly Guide[] };
}): FormSources {
  return {
    citable(ref, day) {
      const provision = live.library().byKey.get(provisionKey(ref));
      return provision !== undefined && live.library().standing(provision, day) === 'citable';
    },
    papers(title) {
      const guide = live.pack().guides.find((one) => one.title === title);
      const lines = guide?.sections.find((section) => section.title === PAPERS)?.statements ?? [];
      return lines.map(({ text }) => text);
    },
  };
}

import type { ProvisionHit } from '../../domain/desk-views.js';
import type { Library, LibraryProvision, Standing } from '../../knowledge/library.js';
import type { SearchEngine } from '../../retrieval/search.js';

const STATUS: Readonly<Partial<Record<Standing, ProvisionHit['status']>>> = { repealed: 'repealed', 'not-yet-in-force': 'not-yet' };

const CAUTIONS: Readonly<Partial<Record<Standing, string>>> = {
  repealed: '这一条已经失效，不能再引。',
  'not-yet-in-force': '这一条还没有施行，现在不能引。',
  changed: '这一条可能已经修改，新的原文还没有导入，引用前请核对。',
  stale: '要旨是照旧的原文写的，请只看原文。',
  unverified: '只见过转述，没有核实，引用前请核对原文。',
  conflicting: '几处转述说法不一，不能直接引用，请核对原文。',
  replaced: '这是转述，原文已经导入，请引原文。',
};

/** Best first, after those that the question names outright. */
export function provisionHits(search: SearchEngine, library: Library, question: string, day: string, limit: number): ProvisionHit[] {
  const named = search.exact.provisions(question).flatMap((key) => library.byKey.get(key) ?? []);
  const found = search.search(question, limit + named.length).map(({ provision }) => provision);
  return [...new Set([...named, ...found])].slice(0, limit).map((provision) => provisionHit(provision, library, day));
}

export function provisionHit(provision: LibraryProvision, library: Library, day: string): ProvisionHit {
  const standing = library.standing(provision, day);
  const { law, article, gist, official } = provision;
  const restated = standing === 'stale' ? '' : (gist?.rule ?? gist?.plain ?? '');
  const text = official ?? (restated === '' ? (gist?.plain ?? '') : restated);
  const verified = provision.basis === 'official' || provision.verification !== null;
  const name = `《${law.title}》${article}`;
  return {
    law: law.title,
    article,
    text,
    official: official !== null,
    status: STATUS[standing] ?? 'in-force',
    inForceFrom: law.inForceFrom,
    verified,
    caution: CAUTIONS[standing] ?? null,
    insert: official === null ? `${name}${verified ? '' : '（待核实）'}的意思是：${text}` : `${name}：“${text}”`,
  };
}

import type { Duty } from '../../domain/access.js';

/** The desk's parts. */
export const SECTIONS = [
  'tickets',
  'curated',
  'unanswered',
  'knowledge',
  'figures',
  'channels',
  'duty',
  'organisation',
  'accounts',
  'audit',
  'me',
] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_NAMES: Readonly<Record<Section, string>> = {
  tickets: '工单',
  curated: '常用答复',
  unanswered: '答不上的问题',
  knowledge: '知识',
  figures: '数据',
  channels: '渠道',
  duty: '排班',
  organisation: '服务点',
  accounts: '账号',
  audit: '操作记录',
  me: '我的账号',
};

/** Parts that need a duty; the server asks for it again. */
const NEEDS: Readonly<Partial<Record<Section, Duty>>> = {
  curated: 'knowledge',
  unanswered: 'knowledge',
  knowledge: 'knowledge',
  figures: 'figures',
  organisation: 'organise',
  accounts: 'accounts',
  audit: 'audit',
};

/** What somebody with these duties is shown. */
export function sectionsFor(duties: readonly Duty[]): Section[] {
  return SECTIONS.filter((section) => {
    const needed = NEEDS[section];
    return needed === undefined || duties.includes(needed);
  });
}

/** What stands in the address for a part; a ticket's number stands there by itself. Null: the queue. */
export function placeOf(section: Section): string | null {
  return section === 'tickets' ? null : `/${section}`;
}

export function sectionAt(place: string | null): Section {
  return SECTIONS.find((section) => placeOf(section) === place) ?? 'tickets';
}

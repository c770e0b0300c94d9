/** The desk's parts. */
export const SECTIONS = ['tickets', 'curated', 'unanswered'] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_NAMES: Readonly<Record<Section, string>> = { tickets: '工单', curated: '常用答复', unanswered: '答不上的问题' };

/** What stands in the address for a part; a ticket's number stands there by itself. Null: the queue. */
export function placeOf(section: Section): string | null {
  return section === 'tickets' ? null : `/${section}`;
}

export function sectionAt(place: string | null): Section {
  return SECTIONS.find((section) => placeOf(section) === place) ?? 'tickets';
}

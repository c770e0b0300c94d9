/** Rank of a legal text, as the national database names it. */
export const LAW_LEVELS = ['宪法', '法律', '行政法规', '司法解释', '部门规章', '地方性法规', '地方政府规章'] as const;
export type LawLevel = (typeof LAW_LEVELS)[number];

export const TOPICS = ['expropriation', 'injury', 'wages', 'civil', 'services'] as const;
export type LawTopic = (typeof TOPICS)[number];

/** Where a law holds; a narrower region adds to the wider ones. */
export const REGIONS = ['全国', '四川', '成都', '简阳'] as const;
export type Region = (typeof REGIONS)[number];

export const LAW_STATUSES = ['in-force', 'repealed', 'not-yet'] as const;
export type LawStatus = (typeof LAW_STATUSES)[number];

/** A law: one title in one version. Dates are ISO days; null where the source does not give one. */
export interface Law {
  readonly title: string;
  readonly aliases: readonly string[];
  readonly issuer: string | null;
  readonly number: string | null;
  readonly level: LawLevel | null;
  readonly published: string | null;
  readonly inForceFrom: string | null;
  readonly status: LawStatus;
  readonly region: Region;
}

/** The key of a provision: law title and article number in the statute's own numerals. */
export interface ProvisionRef {
  readonly law: string;
  readonly article: string;
}

export function provisionKey(ref: ProvisionRef): string {
  return `${ref.law}#${ref.article}`;
}

/** Whether a law may be cited as law in force on `day` (ISO day). */
export function inForceOn(law: Pick<Law, 'status' | 'inForceFrom'>, day: string): boolean {
  return law.status === 'in-force' && (law.inForceFrom === null || law.inForceFrom <= day);
}

/** A title as a key: without 中华人民共和国, book-title marks, white space and a trailing version such as （2018修正）. */
export function normaliseTitle(title: string): string {
  return title
    .trim()
    .replace(/\s+/g, '')
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
    .replace(/（(?:19|20)\d{2}[^）]*）(?=[》〉]?$)/, '')
    .replace(/^[《〈]|[》〉]$/g, '')
    .replace(/^中华人民共和国(?=.)/, '');
}

import { replaceAt } from './mask/concealer.js';
import { findPersonalData } from './mask/find-personal-data.js';
import { PERSONAL_DATA_LABELS } from './mask/kinds.js';

export { Concealer, concealPersonalData, type ConcealedText, type FoundPersonalData } from './mask/concealer.js';
export type { KnownValue } from './mask/find-personal-data.js';
export type { PersonalDataKind } from './mask/kinds.js';

/**
 * Hides personal data in a text for good: names, telephone, identity, card, passport and case numbers, plates, e-mail
 * and WeChat addresses, where someone lives (below the county), the proper names of firms. Each becomes its label:
 * 〔姓名〕〔电话〕〔身份证号〕〔卡号〕… Amounts, dates, periods, article and document numbers, public bodies and hotlines stay.
 * Masking again changes nothing. Used wherever text goes to a log, a metric, a list or a third party.
 */
export function maskPersonalData(text: string): string {
  return replaceAt(
    text,
    findPersonalData(text).map((span) => ({ ...span, placeholder: `〔${PERSONAL_DATA_LABELS[span.kind].masked}〕` })),
  );
}

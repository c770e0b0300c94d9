/** What is hidden: each kind with its name in a masked text and the name that its numbered placeholders carry. */
export const PERSONAL_DATA_LABELS = {
  name: { masked: '姓名', numbered: '姓名' },
  phone: { masked: '电话', numbered: '电话' },
  'identity-number': { masked: '身份证号', numbered: '身份证' },
  'bank-card': { masked: '卡号', numbered: '银行卡' },
  plate: { masked: '车牌', numbered: '车牌' },
  email: { masked: '邮箱', numbered: '邮箱' },
  /** WeChat, QQ and the like. */
  account: { masked: '账号', numbered: '账号' },
  /** Passport, social security, title deed, parcel: any number that its words introduce. */
  document: { masked: '证件号', numbered: '证件' },
  'case-number': { masked: '案号', numbered: '案号' },
  address: { masked: '住址', numbered: '住址' },
  /** The proper name alone: 宏达 of 简阳市宏达建筑有限公司. */
  employer: { masked: '单位', numbered: '单位' },
} as const;

export type PersonalDataKind = keyof typeof PERSONAL_DATA_LABELS;

/** A run of personal data in a text, in UTF-16 units. */
export interface PersonalDataSpan {
  readonly kind: PersonalDataKind;
  readonly index: number;
  readonly length: number;
}

import type { Setting } from './define-calculator.js';
import type { HumanReason, Note, Payer } from './types.js';
import { note, type Working } from './working.js';

/** Who pays an item of the fund or of the employer; without insurance the employer pays both (工伤保险条例第六十二条). */
export function payerOf(working: Working, insured: string | null, item: 'fund' | 'employer'): Payer {
  if (item === 'employer') return '用人单位';
  if (insured === 'yes') return '工伤保险基金';
  working.cite('工伤保险条例', '第六十二条');
  if (insured !== 'no') return '参保的由工伤保险基金付，没参保的由用人单位付';
  working.cite('社会保险法', '第四十一条');
  return '用人单位';
}

/** Said to those who may not have been recognised as injured at work yet: nothing is paid before. */
export const recognitionNote = note(
  '这些待遇都要先认定工伤：单位要在三十日内申请；单位没申请的，本人、近亲属或者工会可以在一年内自己申请。',
  ['工伤保险条例', '第十七条'],
);

/** What is said with every result on a work injury. */
export function injuryNotes({ given }: Setting): { readonly notes: readonly Note[]; readonly human: readonly HumanReason[] } {
  const insured = given.choice('insured');
  return {
    notes: [
      note('金额算到分，四舍五入。本人工资封顶、保底看哪一年的平均工资，条文没有写，这里用受伤前一年的；最后以社保经办机构核定的为准。', [
        '工伤保险条例',
        '第四十六条',
        '第六十四条',
      ]),
      note('单位按比实际低的工资缴费，待遇因此少了的，这一段差额请问律师。'),
      ...(insured === 'yes'
        ? [note('单位没有在三十日内申请工伤认定的，这期间发生的工伤待遇费用由单位出。', ['工伤保险条例', '第十七条'])]
        : [
            note('单位没参保又不付的，可以向社保经办机构申请从工伤保险基金先行支付。', ['社会保险法', '第四十一条']),
            note('单位后来参保并且补缴了的，新发生的费用由工伤保险基金和单位照条例分别付。', ['工伤保险条例', '第六十二条']),
          ]),
      note('单位没有营业执照，或者受伤的是童工，是另一种一次性赔偿，不得低于这里的标准。', ['工伤保险条例', '第六十六条']),
      note('津贴、抚恤金、护理费以后会随平均工资等调整。', ['工伤保险条例', '第四十条']),
    ],
    human: insured === 'no' ? [{ reason: 'case-strategy', text: '没参保就没有缴费工资，“本人工资”按什么算要看证据' }] : [],
  };
}

import { describe, expect, it } from 'vitest';
import { contradicts, turnsRound } from '../../src/consultation/polarity.js';

describe('a conclusion in other words', () => {
  it.each([
    ['这种情况不算工伤。', '这种情况算工伤。'],
    ['这种情况算工伤。', '这种情况不算工伤。'],
    ['单位不可以扣你的押金。', '单位可以扣你的押金。'],
    ['单位不得扣押身份证。', '单位能拿走身份证。'],
    ['你可以要双倍工资。', '你不能要双倍工资。'],
    ['不用你自己交保险费。', '你自己要交保险费。'],
    ['单位应当给经济补偿。', '单位不用给经济补偿。'],
    ['没有补偿。', '有补偿。'],
    ['这样辞退是违法的。', '这样辞退是合法的。'],
    ['这样辞退合法。', '这样辞退违法。'],
    ['主要责任不在本人的算工伤，是本人的不算。', '上下班路上出的车祸算工伤。'], // the exception left out
  ])('is not the same: %s / %s', (said, text) => {
    expect(contradicts(said, text)).toBe(true);
  });

  it.each([
    ['这种情况不算工伤。', '你这个不算工伤。'],
    ['该参保的单位没有买工伤保险，该赔的钱全部由单位出。', '单位没有给你买保险，钱由单位出。'],
    ['单位拖欠工资，可以到劳动监察投诉。', '老板欠你工资，你可以去劳动监察投诉，也可以申请仲裁。'],
    ['上班超过1个月没签合同，单位要每月付2倍工资。', '没签合同满1个月起，单位要给你2倍工资。'],
  ])('may be the same: %s / %s', (said, text) => {
    expect(contradicts(said, text)).toBe(false);
  });

  it('says neither yes nor no against all that its sources say', () => {
    expect(turnsRound('单位应当在30日内申请工伤认定。', '单位不用申请工伤认定。')).toBe(true);
    expect(turnsRound('单位不得扣押身份证。', '单位可以扣押身份证。')).toBe(true);
    expect(turnsRound('单位不得扣押身份证。', '单位不能扣你的身份证。')).toBe(false);
  });
});

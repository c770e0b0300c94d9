import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checksumOf } from '../../src/knowledge/checksum.js';
import { COPIED_RUN_LENGTH, copiedRuns } from '../../src/knowledge/copied-runs.js';

describe('the checksum of an official text', () => {
  const text = '用人单位应当自事故发生之日起30日内，提出工伤认定申请(以下称申请)。';

  it('is the SHA-256 of the text without white space, in one width', () => {
    const normal = '用人单位应当自事故发生之日起30日内,提出工伤认定申请(以下称申请)。';
    expect(checksumOf(text)).toBe(createHash('sha256').update(normal, 'utf8').digest('hex'));
  });

  it.each([
    ['line breaks and spaces', text.replace('，', '，\n　 ')],
    ['full-width digits', text.replace('30', '３０')],
    ['full-width brackets', text.replace('(', '（').replace(')', '）')],
    ['half-width commas', text.replace('，', ',')],
  ])('does not change with %s', (_name, other) => {
    expect(checksumOf(other)).toBe(checksumOf(text));
  });

  it.each([
    ['a figure', text.replace('30', '60')],
    ['a word', text.replace('应当', '可以')],
    ['a full stop', text.replace('。', '')],
    ['the order of words', text.replace('用人单位应当', '应当用人单位')],
  ])('changes with %s', (_name, other) => {
    expect(checksumOf(other)).not.toBe(checksumOf(text));
  });
});

describe('a copied run', () => {
  const official = '职工有下列情形之一的，应当认定为工伤：在工作时间和工作场所内，因工作原因受到事故伤害的；患职业病的。';
  /** The first `length` characters, punctuation aside. */
  const copy = (length: number): string => official.replace(/[，：；。]/g, '').slice(0, length);

  it(`is ${String(COPIED_RUN_LENGTH)} equal characters or more`, () => {
    expect(copiedRuns(copy(COPIED_RUN_LENGTH), official)).toEqual([copy(COPIED_RUN_LENGTH)]);
    expect(copiedRuns(copy(COPIED_RUN_LENGTH - 1), official)).toEqual([]);
  });

  it('is reported once, as long as it goes', () => {
    expect(copiedRuns(`也就是说${copy(40)}呢`, official)).toEqual([copy(40)]);
  });

  it('is seen through other punctuation and white space', () => {
    expect(copiedRuns('职工有下列情形之一的 —— 应当认定为工伤！在工作时间和工作场所内；\n因工作原因', official)).toEqual([copy(33)]);
  });

  it('is reported for each place', () => {
    const own = `${copy(30)}这里换一句自己的话${copy(28)}`;
    expect(copiedRuns(own, official)).toEqual([copy(30), copy(28)]);
  });

  it('is not what is said in other words', () => {
    expect(copiedRuns('上班时间在单位干活受了伤，得了职业病，都算工伤。', official)).toEqual([]);
  });

  it('is not reported when it is long only by a name that has to stand', () => {
    const name = '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）';
    const source = `依照《${name}》的规定办理有关事项`;
    const own = `照《${name}》的规定办`;
    expect(copiedRuns(own, source)).toHaveLength(1);
    expect(copiedRuns(own, source, [name])).toEqual([]);
  });

  it('can be asked for in another length', () => {
    expect(copiedRuns('应当认定为工伤', official, [], 7)).toEqual(['应当认定为工伤']);
    expect(copiedRuns('应当认定为工伤', official, [], 8)).toEqual([]);
  });

  it.each([['', official], [official, ''], ['', '']])('is none where one side is empty', (own, source) => {
    expect(copiedRuns(own, source)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { Concealer, concealPersonalData, maskPersonalData } from '../../src/domain/mask.js';

describe('what a third party sees', () => {
  it('is a numbered placeholder for each value', () => {
    const { text } = concealPersonalData('我叫张三，电话13812345678，老板李四的电话15987654321，车牌川A12345');
    expect(text).toBe('我叫〔姓名1〕，电话〔电话1〕，老板〔姓名2〕的电话〔电话2〕，车牌〔车牌1〕');
  });

  it.each([
    ['我住简阳市射洪坝街道建设路12号3栋2单元501', '我住简阳市〔住址1〕'],
    ['在四川宏达建筑有限公司上班', '在四川〔单位1〕建筑有限公司上班'],
    ['身份证51102319880101123X', '身份证〔身份证1〕'],
    ['打到6222021234567890123上', '打到〔银行卡1〕上'],
    ['发到zhang@qq.com', '发到〔邮箱1〕'],
    ['微信zhangsan888', '微信〔账号1〕'],
    ['护照E12345678', '护照〔证件1〕'],
    ['（2024）川0185民初123号判决', '〔案号1〕判决'],
    ['张经理说等', '〔姓名1〕经理说等'],
  ])('%s', (text, concealed) => {
    expect(concealPersonalData(text).text).toBe(concealed);
  });

  it('the same for the same value, however its digits are grouped', () => {
    const { text } = concealPersonalData('电话13812345678，记住是138 1234 5678');
    expect(text).toBe('电话〔电话1〕，记住是〔电话1〕');
  });

  it('hides a name again where nothing introduces it', () => {
    expect(concealPersonalData('我叫刘德厚。昨天有人看到刘德厚在场').text).toBe('我叫〔姓名1〕。昨天有人看到〔姓名1〕在场');
  });

  it('hides what the caller knows', () => {
    const { text } = concealPersonalData('昨天阿杰去了老地方', [{ kind: 'name', value: '阿杰' }]);
    expect(text).toBe('昨天〔姓名1〕去了老地方');
  });

  it('tells where the data stood in the text that was given', () => {
    const given = '我叫张三，电话１３８１２３４５６７８';
    const { found } = concealPersonalData(given);
    expect(found.map(({ kind, index, length }) => [kind, given.slice(index, index + length)])).toEqual([
      ['name', '张三'],
      ['phone', '１３８１２３４５６７８'],
    ]);
  });
});

describe('several texts of one conversation', () => {
  it('share their placeholders', () => {
    const concealer = new Concealer();
    concealer.conceal('我叫王建国，电话13812345678');
    const second = concealer.conceal('工友陈大力可以作证，打我138-1234-5678，就说找王建国');
    expect(second.text).toBe('工友〔姓名2〕可以作证，打我〔电话1〕，就说找〔姓名1〕');
    expect(concealer.restore('〔姓名1〕的电话是〔电话1〕，证人〔姓名2〕')).toBe('王建国的电话是13812345678，证人陈大力');
  });
});

describe('what comes back', () => {
  const concealer = new Concealer();
  concealer.conceal('我叫张三，电话13812345678');

  it.each([
    '〔姓名1〕',
    '[姓名1]',
    '【姓名1】',
    '〔姓名 1〕',
    '［姓名１］',
    '〔 姓名1 〕',
    '(姓名1)',
    '（姓名１）',
    '〖姓名1〗',
    '〔姓名_1〕',
    '{{姓名1}}',
  ])('is restored from %s', (placeholder) => {
    expect(concealer.restore(`${placeholder}可以申请仲裁`)).toBe('张三可以申请仲裁');
  });

  it.each(['〔姓名2〕', '〔姓名11〕', '〔住址1〕', '〔姓名〕', '姓名1', '〔工伤保险条例 第十四条〕', '（一）', '[1]'])(
    'never from %s, which was not issued',
    (text) => {
      expect(concealer.restore(text)).toBe(text);
    },
  );

  it('names the placeholders that were never issued', () => {
    expect(concealer.leftover('〔姓名1〕和【姓名2】住在〔住址〕，电话[电话1]，依据〔工伤保险条例 第十四条〕')).toEqual([
      '【姓名2】',
      '〔住址〕',
    ]);
  });

  it('is not read again: a value that looks like a placeholder stays as it is', () => {
    const tricky = new Concealer([{ kind: 'employer', value: '［姓名1］厂' }]);
    tricky.conceal('我叫张三');
    const { text, restore } = tricky.conceal('在［姓名1］厂上班');
    expect(restore(text)).toBe('在［姓名1］厂上班');
  });

  it("does not put a person's data where a citizen wrote something like a placeholder", () => {
    const one = new Concealer();
    const first = one.conceal('我叫张三');
    const second = one.conceal('表格上印着〔姓名1〕和[电话 1]，填谁');
    expect(second.text).not.toContain('〔姓名1〕');
    expect(one.restore(second.text)).toBe('表格上印着〔姓名1〕和[电话 1]，填谁');
    expect(one.restore(first.text)).toBe('我叫张三');
    expect(one.leftover(second.text)).toEqual([]);
  });

  it('does not report what was masked before it came here', () => {
    const one = new Concealer();
    const { text } = one.conceal(maskPersonalData('我叫张三，问工伤'));
    expect(one.leftover(text)).toEqual([]);
  });
});

describe('a text made to take long', () => {
  const LENGTH = 20_000;
  it.each([
    '1',
    '12 ',
    'a',
    'a.',
    'a@',
    '王',
    '张三、',
    '王、',
    '路',
    '村',
    '村镇',
    '市县区',
    '3栋',
    '12-',
    '公司',
    '宏达公司',
    '有限',
    '我叫',
    '老板',
    '阿·',
    '(2024)',
    '6222 ',
    '〔',
    '〔姓名',
    '劳仲',
    '和',
    ' ',
  ])('of %j is masked in a second', (part) => {
    const text = part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
    const started = performance.now();
    concealPersonalData(text).restore(text);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

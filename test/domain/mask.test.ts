import { describe, expect, it } from 'vitest';
import { maskPersonalData } from '../../src/domain/mask.js';

describe('personal data is hidden', () => {
  it.each([
    ['我电话13812345678，快打给我', '我电话〔电话〕，快打给我'],
    ['138 1234 5678', '〔电话〕'],
    ['138-1234-5678', '〔电话〕'],
    ['+86 138 1234 5678', '〔电话〕'],
    ['+8613812345678', '〔电话〕'],
    ['8613812345678', '〔电话〕'],
    ['办公室028-27012345', '办公室〔电话〕'],
    ['028 27012345', '〔电话〕'],
    ['两个号：13812345678、15987654321', '两个号：〔电话〕、〔电话〕'],
  ])('a telephone number: %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each(['51102319880101123X', '51102319880101123x', '511023198801011234', '511023 19880101 1234', '511023-19880101-123X'])(
    'an identity number: %s',
    (number) => {
      expect(maskPersonalData(`身份证${number}，简阳人`)).toBe('身份证〔身份证号〕，简阳人');
    },
  );

  it.each(['6222021234567890123', '6222 0212 3456 7890 123', '6222-0212-3456-7890', '4367420012345678'])('a bank card: %s', (number) => {
    expect(maskPersonalData(`打到${number}上`)).toBe('打到〔卡号〕上');
  });

  it('an e-mail address', () => {
    expect(maskPersonalData('发到 zhang.san+1@mail.qq.com 就行')).toBe('发到 〔邮箱〕 就行');
  });

  it.each([
    ['我叫张三，老板不给钱', '我叫〔姓名〕，老板不给钱'],
    ['我叫欧阳小红', '我叫〔姓名〕'],
    ['我叫张三今年45岁', '我叫〔姓名〕今年45岁'],
    ['姓名：李四，简阳人', '姓名：〔姓名〕，简阳人'],
    ['我的名字是王小明。', '我的名字是〔姓名〕。'],
    ['我叫古丽·买。', '我叫〔姓名〕。'],
  ])('a name that is introduced: %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it('all of it in one message', () => {
    expect(maskPersonalData('我叫张三，身份证51102319880101123X，电话13812345678，卡6222021234567890123')).toBe(
      '我叫〔姓名〕，身份证〔身份证号〕，电话〔电话〕，卡〔卡号〕',
    );
  });

  it('once and for all: masking again changes nothing', () => {
    const masked = maskPersonalData('我叫张三，电话13812345678，邮箱a@b.cn');
    expect(maskPersonalData(masked)).toBe(masked);
  });

  it('in full-width digits too', () => {
    expect(maskPersonalData('电话１３８１２３４５６７８')).toBe('电话〔电话〕');
  });

  it('a landline number however its area code is set off', () => {
    expect(['02827012345', '(028)27012345', '（028）27012345'].map(maskPersonalData).join()).not.toContain('27012345');
  });

  it('a name followed by more of the sentence', () => {
    expect(maskPersonalData('我叫张伟家住石桥镇')).not.toContain('张伟');
  });
});

describe('what the law needs stays', () => {
  it.each([
    '工资3500元，拖了3个月，一共10500元',
    '赔偿123456789元',
    '2024年1月1日到2024年12月31日',
    '2023-11-05 15:30 摔伤',
    '入职20200301',
    '工伤保险条例第14条、民法典第1179条',
    '法释〔2020〕26号，国务院令第586号',
    '三十日内，48小时，百分之五十，九级伤残',
    '打12348或者110',
    '我叫老板发工资',
    '房子120平方米，评估850000元',
  ])('%s', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it('two dates side by side are no bank card', () => {
    expect(maskPersonalData('合同期 2024-01-01 2024-12-31')).toBe('合同期 2024-01-01 2024-12-31');
  });
});

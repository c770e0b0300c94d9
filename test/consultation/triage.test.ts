import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { triage } from '../../src/consultation/triage.js';
import { parseTriageRules } from '../../src/knowledge/triage-rules.js';

const file = resolve(import.meta.dirname, '../../knowledge/triage.yaml');
const rules = parseTriageRules('triage.yaml', readFileSync(file, 'utf8'));
const sort = (text: string) => triage(text, rules);

describe('a message about a topic that is answered goes to it', () => {
  it.each([
    ['injury', '在工地上从架子上摔下来，腰断了，算工伤吗'],
    ['injury', '车间里手指被机器夹断了，单位不管'],
    ['injury', '得了尘肺，厂里不给做职业病诊断'],
    ['injury', '劳动能力鉴定结果不服，可以重新做不'],
    ['wages', '老板拖欠我四个月工资，人也找不到了'],
    ['wages', '试用期没签劳动合同就被辞退了'],
    ['wages', '天天加班不给加班费合理吗'],
    ['wages', '想辞职，要提前多久说'],
    ['expropriation', '村里征地，我家三亩承包地补偿款一直没给'],
    ['expropriation', '老房子要拆迁，安置房怎么安排'],
    ['expropriation', '宅基地被征收，只给地上的钱对不对'],
  ])('%s: %s', (topic, text) => {
    expect(sort(text)).toMatchObject({ type: 'topic', topic });
  });

  it('with what was seen, for the confidence model', () => {
    const both = sort('工伤没赔，工资也拖欠，一共赔多少钱');
    expect(both.type === 'topic' && both.signals).toMatchObject({ asksAmount: true, otherRegion: false });
    expect(both.type === 'topic' && both.signals.otherTopics).toBeGreaterThan(0);
    const plain = sort('老板拖欠工资');
    expect(plain.type === 'topic' && plain.signals).toMatchObject({ asksAmount: false, otherTopics: 0, outOfScope: 0 });
  });

  it('though it plays in another province, unless it asks for an amount', () => {
    expect(sort('我在广东打工，老板拖欠工资不给')).toMatchObject({ type: 'topic', topic: 'wages', signals: { otherRegion: true } });
    expect(sort('我在广东打工出了工伤，能赔多少钱')).toMatchObject({ type: 'handoff', reason: 'other-region', topic: 'injury' });
  });

  it('though a car did it, if it asks for a work injury', () => {
    expect(sort('下班路上出车祸，对方全责，算不算工伤')).toMatchObject({ type: 'topic', topic: 'injury' });
  });

  it('though the employer does not let go of someone who resigns', () => {
    expect(sort('我交了辞职报告，老板不让我走')).toMatchObject({ type: 'topic', topic: 'wages' });
  });
});

describe('a human is called', () => {
  it.each([
    ['danger', '我不想活了'],
    ['danger', '他们拿刀堵在门口'],
    ['danger', '拆迁的人正在强拆我家房子'],
    ['human-wanted', '我要找律师'],
    ['human-wanted', '转人工'],
    ['human-wanted', '不要机器人，给我接真人'],
    ['case-strategy', '公司拖欠工资，这个官司打得赢不'],
    ['case-strategy', '工伤的案子下周开庭，我要怎么说'],
    ['out-of-scope', '我想离婚，娃儿归哪个'],
    ['out-of-scope', '借给朋友两万块钱，有借条，他不还怎么办'],
    ['out-of-scope', '楼上漏水把我家天花板泡坏了，物业不理'],
    ['out-of-scope', '今天成都的天气怎么样，适不适合出门耍'],
  ])('%s: %s', (reason, text) => {
    expect(sort(text)).toMatchObject({ type: 'handoff', reason });
  });

  it('for danger before anything else that the message says', () => {
    expect(sort('你好，我要找律师，老板拖欠工资，我不想活了')).toMatchObject({ type: 'handoff', reason: 'danger', topic: 'wages' });
  });

  it('when a human is wanted, before topic and service', () => {
    expect(sort('拖欠工资的事，我想找律师，法律援助也行')).toMatchObject({ reason: 'human-wanted', topic: 'wages' });
  });

  it('with the topic, where there is one', () => {
    expect([sort('转人工'), sort('我在工地受伤了，转人工')]).toMatchObject([{ topic: null }, { topic: 'injury' }]);
  });
});

describe('a message that asks nothing yet', () => {
  it.each(['你好', '您好！', '在吗', '请问有人吗？', 'Hello', '早上好'])('greets: %s', (text) => {
    expect(sort(text).type).toBe('greeting');
  });

  it.each(['谢谢', '好的，谢谢您！', '明白了', '多谢了'])('thanks: %s', (text) => {
    expect(sort(text).type).toBe('thanks');
  });

  it.each(['我想咨询一下问题', '想问个事情', '有个事', '帮帮我'])('is vague: %s', (text) => {
    expect(sort(text).type).toBe('vague');
  });

  it('is not a greeting or thanks when a question follows', () => {
    expect(sort('你好，老板拖欠工资怎么办').type).toBe('topic');
    expect(sort('谢谢，那工伤认定要多久').type).toBe('topic');
  });
});

describe('a service of the bureau is named', () => {
  it.each([
    ['mediation', '怎么申请人民调解'],
    ['legal-aid', '我没钱请律师，能申请法律援助吗'],
    ['notary', '办公证要带哪些东西'],
    ['lawyer', '百米服务圈在哪里，有律师值班没得'],
  ])('%s: %s', (service, text) => {
    expect(sort(text)).toEqual({ type: 'service', service });
  });

  it('but the matter comes first where the message is plainly about one', () => {
    expect(sort('老板拖欠工资，申请劳动仲裁前要先找人调解吗')).toMatchObject({ type: 'topic', topic: 'wages' });
  });
});

it.each(['', ' ', '？', '啊'.repeat(5000), '😀', '\uD800'])('any message is sorted: %#', (text) => {
  expect(['vague', 'handoff']).toContain(sort(text).type);
});

describe('danger is what happens now', () => {
  it.each([
    '他们正在砸我的门',
    '还在打我，怎么办',
    '我被软禁快两个月了，腿都肿了',
    '老板把我关在厂里不让走',
    '那要是他们明天就来拆呢',
    '不想活了，钱都要不回来',
  ])('%s', (text) => {
    expect(sort(text)).toMatchObject({ type: 'handoff', reason: 'danger' });
  });

  it.each([
    '我人在新部门，考勤还在老部门打卡',
    '我还在打工，工资没结',
    '马上打算申请仲裁',
    '官司还在打，工资能先要不',
    '上班被打了算不算工伤',
    '马上修路拆迁，怎么补偿',
  ])('and not: %s', (text) => {
    expect(sort(text)).not.toMatchObject({ reason: 'danger' });
  });
});

it('another province does not matter for what the whole country pays alike', () => {
  expect(sort('我老公在广东打工工亡了，一次性工亡补助金赔多少钱')).toMatchObject({ type: 'topic', topic: 'injury' });
  expect(sort('我在广东，工伤九级赔多少钱')).toMatchObject({ type: 'handoff', reason: 'other-region' });
});

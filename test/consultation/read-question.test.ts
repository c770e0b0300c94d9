import { describe, expect, it } from 'vitest';
import { QUESTION_MAX_LENGTH, readQuestion } from '../../src/consultation/read-question.js';

describe('a message is brought into one form', () => {
  it.each([
    ['工傷認定怎麼申請', '工伤认定怎么申请'],
    ['老闆拖欠薪資三個月', '老板拖欠薪资三个月'],
    ['９级伤残赔多少？', '9级伤残赔多少?'],
    ['  工资\n\n没发\t 咋办　呢 ', '工资 没发 咋办 呢'],
    ['工伤\u0000认定', '工伤 认定'],
  ])('%j becomes %j', (raw, text) => {
    expect(readQuestion(raw)).toEqual({ form: 'question', text });
  });

  it.each(['工伤认定要多久', '被辞退了,着急,后天就走,家里还有老人', '著名商标和著作权', '干活时摔断了腿,里面的骨头'])(
    'simplified characters stay: %s',
    (raw) => {
      expect(readQuestion(raw).text).toBe(raw);
    },
  );

  it('and is not changed again once it is in that form', () => {
    const { text } = readQuestion('工傷認定，９级　傷殘');
    expect(readQuestion(text).text).toBe(text);
  });

  it('signs without width, copied along from a web page, vanish', () => {
    expect(readQuestion('自\u200B杀，工\uFEFF伤').text).toBe('自杀,工伤');
  });
});

describe('a message is', () => {
  it.each(['', ' ', '\n\t　', '\u200B\uFEFF', '\u0000'])('empty: %j', (raw) => {
    expect(readQuestion(raw)).toEqual({ form: 'empty', text: '' });
  });

  it.each(['？？？', '……', '😀', '👨‍👩‍👧🙏', '!!! ~~~'])('without words: %j', (raw) => {
    expect(readQuestion(raw).form).toBe('no-words');
  });

  it.each(['how are you', 'My boss did not pay me', 'Xin chao, toi can giup do', 'please help me 啊'])('foreign: %s', (raw) => {
    expect(readQuestion(raw).form).toBe('foreign');
  });

  it.each(['工资', '啊', '3级', 'hello', 'OK', '公司 HR 不给 offer', 'my boss 不给 工资'])('a question: %s', (raw) => {
    expect(readQuestion(raw).form).toBe('question');
  });

  it('foreign in any other script too, not a row of signs', () => {
    const messages = ['Где моя зарплата', 'こんにちは', '안녕하세요 도와주세요', 'สวัสดีครับ'];
    expect(messages.filter((raw) => readQuestion(raw).form !== 'foreign')).toEqual([]);
  });

  it('a question when it is a bare number: it may answer 受伤时多大年纪, or ask for 12348', () => {
    expect(['52', '12348'].map((raw) => readQuestion(raw).form)).toEqual(['question', 'question']);
  });

  it('too long beyond the greatest length, and not at it', () => {
    expect(readQuestion('工'.repeat(QUESTION_MAX_LENGTH)).form).toBe('question');
    expect(readQuestion('工'.repeat(QUESTION_MAX_LENGTH + 1)).form).toBe('too-long');
    expect(readQuestion(`${' '.repeat(10_000)}工伤`).form).toBe('question');
  });
});

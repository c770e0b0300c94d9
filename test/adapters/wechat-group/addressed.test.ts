import { describe, expect, it } from 'vitest';
import { addressed } from '../../../src/adapters/wechat-group/addressed.js';
import type { HeardMessage } from '../../../src/adapters/wechat-group/protocol.js';

const heard = (text: string, mentioned: string[] = [], names: string[] = ['法律 助手', '法助']): HeardMessage => ({
  id: '1',
  room: { id: '@@room', topic: '普法群' },
  talker: { id: '@alice', name: '张三', friend: false },
  type: 'text',
  text,
  mentioned,
  at: 0,
  self: { id: '@bot', names },
});

describe('a message in a group is for the bot', () => {
  it.each([
    ['a mention with the space that clients put', '@法助\u2005老板不发工资怎么办', '老板不发工资怎么办'],
    ['a name with a space in it', '@法律 助手\u2005你好', '你好'],
    ['a name whose space became another one', '@法律\u2005助手 你好', '你好'],
    ['a mention at the end', '工伤怎么认定 @法助', '工伤怎么认定'],
    ['a mention followed by a comma', '@法助，工伤怎么认定', '工伤怎么认定'],
    ['a full-width sign', '＠法助 工伤怎么认定', '工伤怎么认定'],
    ['every mention of it taken out', '你好 @法助 @法助\u2005请问', '你好 请问'],
    ['an alias from the configuration', '@百米问法 征收怎么补偿', '征收怎么补偿'],
    ['another case of Latin letters', '@BAIMI 征收怎么补偿', '征收怎么补偿'],
    ['called by name and nothing more', '@法助\u2005', ''],
  ])('by %s', (_, text, words) => {
    expect(addressed(heard(text), ['百米问法', 'baimi'])).toEqual({ words });
  });

  it('by its id, also under a name that nobody told us', () => {
    expect(addressed(heard('@小法\u2005工伤怎么认定', ['@bob', '@bot']), [])).toEqual({ words: '@小法 工伤怎么认定' });
  });

  it('by a quote of what it said, which is left out of the words', () => {
    const text = '「法律 助手：工伤要在一个月内申请。\n第二行」\n- - - - - - - - - - - - - - -\n那要带什么材料';
    expect(addressed(heard(text), [])).toEqual({ words: '那要带什么材料' });
  });
});

describe('a message in a group is not for the bot', () => {
  it.each([
    ['no mention', '老板不发工资怎么办'],
    ['the name without the sign', '法助说得对'],
    ['another member whose name begins alike', '@法助理小王\u2005在吗'],
    ['everyone called', '@所有人\u2005明天开会'],
    ['a quote of somebody else', '「李四：@法助 工伤怎么认定」\n- - - - - - - - -\n我也想知道'],
    ['an e-mail address', '写信到 a@法助.cn'],
  ])('with %s', (_, text) => {
    expect(addressed(heard(text), ['百米问法'])).toBeNull();
  });

  it('where the protocol lists each member because everyone is called', () => {
    expect(addressed(heard('@所有人\u2005明天开会', ['@alice', '@bot']), [])).toBeNull();
    expect(addressed(heard('@all 明天开会', ['@alice', '@bot']), [])).toBeNull();
  });

  it('but everyone called and the bot by name is for the bot', () => {
    expect(addressed(heard('@所有人 @法助 工伤怎么认定', ['@bot']), [])).toEqual({ words: '工伤怎么认定' });
  });

  it('with a name that means something to a regular expression', () => {
    expect(addressed(heard('@a+b (法) 工伤怎么认定', [], ['a+b (法)']), [])).toEqual({ words: '工伤怎么认定' });
    expect(addressed(heard('@aab 法 工伤怎么认定', [], ['a+b (法)']), [])).toBeNull();
  });

  it('in no time, however many dashes it holds', () => {
    const started = performance.now();
    expect(addressed(heard(`「a：${'」\n- - '.repeat(5000)}`), [])).toBeNull();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

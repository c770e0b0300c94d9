import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { BaimiError } from '../../src/domain/errors.js';
import { parseClarifyRules } from '../../src/knowledge/clarify-rules.js';
import { compilePhrases } from '../../src/knowledge/phrases.js';
import { parseTriageRules } from '../../src/knowledge/triage-rules.js';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof BaimiError && error.code === 'bad-knowledge') return error.message;
    throw error;
  }
  return '（没有报错）';
};

describe('a list of phrases', () => {
  it('finds words as they stand and patterns between slashes', () => {
    const phrases = compilePhrases('x', ['工伤', '/[一二]级/', '征收']);
    expect(phrases.found('工伤二级怎么赔')).toEqual(['工伤', '/[一二]级/']);
    expect([phrases.any('工伤'), phrases.any('离婚')]).toEqual([true, false]);
  });

  it('does not mind upper and lower case', () => {
    const phrases = compilePhrases('x', ['OK', '/^Hello$/']);
    expect(['ok', 'Ok', 'HELLO'].map((text) => phrases.any(text))).toEqual([true, true, true]);
  });

  it('finds the same again when it is asked again', () => {
    const phrases = compilePhrases('x', ['/工伤/']);
    expect([phrases.any('工伤'), phrases.any('工伤'), phrases.found('工伤')]).toEqual([true, true, ['/工伤/']]);
  });

  it('takes the signs of a pattern literally in a plain word', () => {
    const phrases = compilePhrases('x', ['a.c', '(']);
    expect([phrases.found('abc'), phrases.found('a.c(')]).toEqual([[], ['a.c', '(']]);
  });

  it('without phrases finds nothing', () => {
    expect(compilePhrases('x', []).any('工伤')).toBe(false);
  });

  it('with a broken pattern is refused, naming place and pattern', () => {
    expect(messageOf(() => compilePhrases('triage.yaml: human', ['找律师', '/律师(/']))).toBe(
      'triage.yaml: human: 正则 /律师(/ 写错了。怎么改：检查括号是否成对，或者改成普通的词',
    );
  });
});

const LISTS = ['human', 'danger', 'angry', 'strategy', 'outOfScope', 'otherMatter', 'amount', 'nationalAmounts', 'vague', 'otherRegions', 'greeting', 'thanks'];
const perTopic = (value: unknown) => ({ expropriation: structuredClone(value), injury: structuredClone(value), wages: structuredClone(value) });
const TRIAGE = stringify({
  topics: perTopic({ strong: ['工伤'], weak: ['受伤'] }),
  lawsNear: perTopic(['工伤']),
  services: { mediation: ['调解'], 'legal-aid': ['法援'], notary: ['公证'], lawyer: ['律师'] },
  ...Object.fromEntries(LISTS.map((name) => [name, ['词']])),
});
/** The same file with one field, named by its path, set to something else; undefined takes the field out. */
const edited = (text: string, path: readonly (string | number)[], value: unknown): string => {
  const data = parse(text) as Record<string | number, unknown>;
  let at = data;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return stringify(data);
};

describe('the triage rules', () => {
  it('are read from their file', () => {
    const rules = parseTriageRules('triage.yaml', TRIAGE);
    expect(rules.topics.injury.strong.any('算工伤吗')).toBe(true);
    expect(rules.services['legal-aid'].any('法援')).toBe(true);
    expect(LISTS.map((name) => rules[name as 'human'].any('一个词'))).toEqual(LISTS.map(() => true));
    expect(rules.lawsNear.wages).toEqual(['工伤']);
  });

  it.each([
    ['a list that is missing', edited(TRIAGE, ['danger'], undefined), 'danger'],
    ['a list that is one word', edited(TRIAGE, ['human'], '找律师'), 'human'],
    ['an empty word', edited(TRIAGE, ['vague', 0], ''), 'vague.0'],
    ['a number among the words', edited(TRIAGE, ['amount', 0], 12348), 'amount.0'],
    ['a topic that is missing', edited(TRIAGE, ['topics', 'wages'], undefined), 'topics.wages'],
    ['a topic without weak words', edited(TRIAGE, ['topics', 'injury', 'weak'], undefined), 'topics.injury.weak'],
    ['a service that is missing', edited(TRIAGE, ['services', 'notary'], undefined), 'services.notary'],
    ['a topic that nobody knows', edited(TRIAGE, ['topics', 'divorce'], { strong: [], weak: [] }), 'divorce'],
    ['a field that nobody knows', edited(TRIAGE, ['dangers'], ['词']), 'dangers'],
    ['a broken pattern', edited(TRIAGE, ['topics', 'injury', 'strong', 0], '/[/'), 'topics.injury.strong'],
    ['broken YAML', 'topics: [工伤', 'YAML'],
    ['an empty file', '', '不对'],
  ])('are refused with %s', (_name, text, field) => {
    const message = messageOf(() => parseTriageRules('triage.yaml', text));
    expect(message).toContain('triage.yaml: ');
    expect(message).toContain(field);
    expect(message).toContain('怎么改：');
  });
});

const CLARIFY = stringify([
  {
    id: 'injury-insured',
    topic: 'injury',
    text: '单位给你买了工伤保险没有？',
    label: '工伤保险',
    options: ['买了', '没买'],
    when: { all: [['赔多少', '怎么赔'], ['手', '/[左右]脚/']], none: ['没买'] },
  },
]);

describe('the clarifying questions', () => {
  const [rule] = parseClarifyRules('clarify.yaml', CLARIFY);

  it('are read from their file', () => {
    expect(rule).toMatchObject({
      id: 'injury-insured',
      topic: 'injury',
      text: '单位给你买了工伤保险没有？',
      label: '工伤保险',
      options: ['买了', '没买'],
    });
  });

  it.each([
    ['手断了赔多少', true],
    ['左脚断了怎么赔', true],
    ['手断了', false],
    ['怎么赔', false],
    ['手断了赔多少，单位没买保险', false],
    ['', false],
  ])('apply where every group has a phrase and none is excluded: %j is %s', (question, applies) => {
    expect(rule?.applies(question)).toBe(applies);
  });

  it.each([
    ['an unknown topic', edited(CLARIFY, [0, 'topic'], 'divorce'), '0.topic'],
    ['an id with spaces', edited(CLARIFY, [0, 'id'], 'Injury insured'), '0.id'],
    ['one option only', edited(CLARIFY, [0, 'options'], ['买了']), '0.options'],
    ['six options', edited(CLARIFY, [0, 'options'], ['1', '2', '3', '4', '5', '6']), '0.options'],
    ['an empty option', edited(CLARIFY, [0, 'options', 1], ''), '0.options.1'],
    ['no label', edited(CLARIFY, [0, 'label'], undefined), '0.label'],
    ['no condition', edited(CLARIFY, [0, 'when', 'all'], []), '0.when.all'],
    ['an empty group', edited(CLARIFY, [0, 'when', 'all', 1], []), '0.when.all.1'],
    ['a field that nobody knows', edited(CLARIFY, [0, 'why'], '想知道'), 'why'],
    ['a broken pattern', edited(CLARIFY, [0, 'when', 'none', 0], '/(/'), 'injury-insured'],
    ['no list', 'id: x', '不对'],
  ])('are refused with %s', (_name, text, field) => {
    const message = messageOf(() => parseClarifyRules('clarify.yaml', text));
    expect(message).toContain('clarify.yaml: ');
    expect(message).toContain(field);
    expect(message).toContain('怎么改：');
  });

  it('are refused with an empty word, which would stand in every question', () => {
    expect(messageOf(() => parseClarifyRules('clarify.yaml', edited(CLARIFY, [0, 'when', 'none', 0], '')))).toContain('0.when.none.0');
  });
});

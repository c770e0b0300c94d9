import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { normaliseTitle, type ProvisionRef } from '../domain/law.js';
import { unsupportedQuantities } from '../domain/quantities.js';
import type { VerificationFault } from './verify.js';

/** A provision as a model is given it. */
export interface Excerpt extends ProvisionRef {
  /** What the provision says: its gist or its official text. */
  readonly text: string;
}

/** Why a text by a model may not be used. `words` are the model's own, for tests and a lawyer, never for a log. */
export type ModelFault =
  | { readonly fault: 'empty-text' }
  | { readonly fault: 'too-long'; readonly characters: number }
  | { readonly fault: 'too-many'; readonly count: number }
  | { readonly fault: 'no-excerpt'; readonly words: string } // a point that rests on nothing
  | { readonly fault: 'unknown-excerpt'; readonly number: number } // or on what was not given
  | { readonly fault: 'not-grounded'; readonly words: string } // or on what does not speak of it
  | { readonly fault: 'own-citation'; readonly words: string }
  | { readonly fault: 'unsupported-figure'; readonly words: string }
  | { readonly fault: 'claimed-action'; readonly words: string }
  | { readonly fault: 'forbidden-promise'; readonly words: string }
  | { readonly fault: 'contact'; readonly words: string } // an address or number that leads elsewhere
  | { readonly fault: 'instructions-echoed'; readonly words: string }
  | { readonly fault: 'malformed-line' } // of a draft: no JSON, or of another shape
  | { readonly fault: 'no-headline' } // a sentence before there is anything that it could belong to
  | { readonly fault: 'foreign-text' }
  | { readonly fault: 'contradiction'; readonly words: string } // a no of the rules or of the provisions turned into a yes, or the other way round
  | { readonly fault: 'unknown-placeholder'; readonly words: string } // personal data that no one gave
  | { readonly fault: 'not-verified'; readonly why: VerificationFault['fault'] };

/** Faults of a model that is not to be trusted in its other sentences either. */
const SEVERE: readonly ModelFault['fault'][] = [
  'own-citation',
  'claimed-action',
  'forbidden-promise',
  'contact',
  'instructions-echoed',
  'unknown-placeholder',
];
const SEVERE_UNVERIFIED: readonly VerificationFault['fault'][] = ['forbidden-promise', 'unlawful-advice'];

export function isSevere(fault: ModelFault): boolean {
  return SEVERE.includes(fault.fault) || (fault.fault === 'not-verified' && SEVERE_UNVERIFIED.includes(fault.why));
}

/** A fault's name for counting: none of the model's words. */
export function faultName(fault: ModelFault): string {
  return fault.fault === 'not-verified' ? `not-verified:${fault.why}` : fault.fault;
}

/** Whether a sentence is hardly Chinese. */
export function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han < 2 || han * 2 < letters;
}

/** A text in one line without control characters, markup and the numbers of excerpts. Clean first, then look for faults. */
export function cleanText(raw: string): string {
  return raw
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{C}/gu, ' ')
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/gu, '$1')
    .replace(/[[［【〔]\s*\d+(?:\s*[,，、]\s*\d+)*\s*[\]］】〕]/gu, '')
    .replace(/[（(](?:根据|依据|见)?摘录\s*\d[\d\s,，、和]*[)）]/gu, '')
    .replace(/`+|~~|__|(?<!\d)\*+|\*+(?!\d)/gu, '')
    .replace(/\|/gu, ' ')
    .replace(/^\s*(?:#+|[-•·>]|\d+[.、](?!\d))\s*/u, '')
    .replace(/\s+/gu, ' ')
    .replace(/(?<=[\p{Script=Han}，。；：！？、]) (?=[\p{Script=Han}，。；：！？、])/gu, '')
    .trim();
}

/**
 * What is wrong with a cleaned text that rests on `sources`, whatever it was asked for: the one gate for sentences of a model.
 * @param sources the excerpts that the text rests on: all its figures stand in them, and of them alone it may speak by name
 */
export function textFaults(text: string, sources: readonly Excerpt[]): ModelFault[] {
  if (text === '') return [{ fault: 'empty-text' }];
  const squashed = squash(text);
  const faults: ModelFault[] = [...citationFaults(text, sources), ...figureFaults(text, sources)];
  const look = (fault: 'claimed-action' | 'forbidden-promise' | 'contact' | 'instructions-echoed', words: string | null): void => {
    if (words !== null) faults.push({ fault, words });
  };
  look('claimed-action', firstMatch(squashed, CLAIMED_ACTIONS));
  look('forbidden-promise', firstMatch(squashed, PROMISES));
  look('contact', contactIn(squashed, sources));
  look('instructions-echoed', firstMatch(squashed, ECHOES));
  return faults;
}

/** Figures that stand in none of the sources. */
export function figureFaults(text: string, sources: readonly Excerpt[]): ModelFault[] {
  const texts = sources.map((source) => source.text);
  return unsupportedQuantities(text, texts).map((figure) => ({ fault: 'unsupported-figure', words: figure.text }));
}

/** Spelling a thing out with spaces or full-width letters does not hide it. */
function squash(text: string): string {
  return text.normalize('NFKC').replace(/[\s·•‧]+/gu, '');
}

/** Whether a text repeats a piece of the instructions. */
export function echoes(text: string, instructions: string): ModelFault[] {
  const [said, told] = [squash(text), squash(instructions)];
  for (let at = 0; at + ECHO_LENGTH <= said.length; at++) {
    const words = said.slice(at, at + ECHO_LENGTH);
    if (told.includes(words)) return [{ fault: 'instructions-echoed', words }];
  }
  return [];
}

/**
 * Whether a point speaks of what its excerpts speak of. Of the points in our matters 97 in 100 share more of their pairs of
 * characters with the gists they rest on; with a gist drawn by lot, 5 in 100.
 */
export function notGrounded(text: string, sources: readonly Excerpt[]): ModelFault[] {
  const pairs = [...pairsOf(text)];
  const known = pairsOf(sources.map((source) => source.text).join('。'));
  const shared = pairs.filter((pair) => known.has(pair)).length;
  return shared >= pairs.length * LEAST_SHARED ? [] : [{ fault: 'not-grounded', words: text }];
}

const LEAST_SHARED = 0.12;
const ECHO_LENGTH = 14;

const DONE = '联系|提交|申请|预约|转交|转达|转告|转给|报案|报警|立案|登记|通知|安排|起草|发送|投诉|举报|受理|办理|办好|处理|代理|委托';
const CLAIMED_ACTIONS = [
  // 已经帮你联系律师, 已为您提交申请; what an employer has done for you is another matter
  new RegExp(`(?<!单位|公司|老板|雇主|对方|他们)(?:已经?|刚刚?|正在|正)[^,。;]{0,4}(?:帮|替|为|给)[你您][^,。;]{0,8}(?:${DONE})`),
  // 帮你联系了律师
  new RegExp(`(?<!单位|公司|老板|雇主|对方|他们)(?:帮|替|为|给)[你您][^,。;的]{0,6}(?:${DONE})好?了`),
  // 律师已经联系你了, 工作人员会尽快给你打电话
  /(?:律师|法律援助中心|工作人员|值班人员|调解员|司法局|司法所|系统|后台|机器人|小助手|我们?)[^,。;]{0,4}(?:已经?|正在|马上|会尽快|稍后|很快|随后)[^,。;]{0,6}(?:联系|受理|处理|安排|介入|回复|回电|打电话|通知|跟进|接单|上门)/,
  // 我会帮你提交, 我来联系律师
  new RegExp(`我们?(?:会|将|来|可以|能|这就|马上|立刻|去)[^,。;]{0,4}(?:${DONE})`),
  /[你您]的(?:申请|案件|投诉|材料|工单|请求)[^,。;]{0,4}(?:已经?|正在)[^,。;]{0,4}(?:受理|提交|立案|登记|处理|通过|转)/,
];
const PROMISES = [
  /(?<!不)(?:一定|肯定|必定|必然|绝对|保证|包|必|稳)(?:能够?|会|可以|给你|帮你)?(?:赢|胜诉|赔|拿到|要回|追回|成功|获赔|批准|认定)/,
  /百分之百|100%(?:能|会|可以|赢|赔|成功)|万无一失|稳操胜券|打包票/,
];
const ECHOES = [/忽略(?:以上|上面|之前|前面|所有)|提示词|系统消息|作为一?个?(?:AI|人工智能|语言模型|大模型)|JSON|摘录\d|规则草稿|[{}<>]/i];
const ADDRESSES =
  /https?:|www\.|[\w.-]+\.(?:com|cn|net|org|top|xyz|vip|cc)|[\w.+-]+@[\w-]+|(?:加|添加|扫)(?:我|他|她|一?下)?(?:的)?(?:微信|QQ|二维码|群)|(?:微信|QQ|VX)号?[::是]?[A-Za-z0-9_-]{4,}/i;
/** Telephone numbers, also 12333 and 95588; money is judged as a figure. */
const LONG_NUMBER = /(?<![\d.])(?:\+?\d[\d-]{5,}\d|1[0-2]\d{3}|9\d{4})(?![\d.万元块])/g;
/** Lines that anyone may be told to call. */
const HOTLINES = new Set(['12333', '12345', '12348']);

function contactIn(squashed: string, sources: readonly Excerpt[]): string | null {
  const address = ADDRESSES.exec(squashed)?.[0];
  if (address !== undefined) return address;
  const numbers = squashed.match(LONG_NUMBER) ?? [];
  return numbers.find((number) => !HOTLINES.has(number) && !sources.some(({ text }) => text.includes(number))) ?? null;
}

const ARTICLE = /(?:《([^《》]{2,60})》(?:的|中|规定的?)?)?第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十\d]+)?/gu;
const TITLE = /《([^《》]*)》?/gu;
/** 根据某某条例: a law by its bare name. */
const NAMED_LAW =
  /(?:根据|依据|依照|按照|适用|违反)(?:了)?([^,。;:、《》的]{2,30}?(?:法|条例|办法|细则|解释|规程|司法解释))(?![律定院官人])/gu;
const NO_LAW = /(?:方法|说法|做法|看法|合法|依法|违法|想法|上述办法|这个办法|下列办法|以下办法|老办法)$/u;

/**
 * Laws and articles that a text names though no source is of them.
 * @param sources one with an empty `law` stands for any law
 */
export function citationFaults(text: string, sources: readonly Excerpt[]): ModelFault[] {
  const squashed = squash(text);
  const known = sources.map(({ law, article, text: said }) => ({ title: normaliseTitle(law), article, text: squash(said) }));
  const foreign: string[] = [];
  for (const [words, written = ''] of squashed.matchAll(TITLE)) {
    const title = normaliseTitle(written);
    if (!known.some((source) => source.title === title || (written !== '' && source.text.includes(written)))) foreign.push(words);
  }
  for (const [words, written] of squashed.matchAll(ARTICLE)) {
    const article = normaliseArticleNumber(words.slice(words.lastIndexOf('第')));
    const law = written === undefined ? '' : normaliseTitle(written);
    const ours = known.some(({ title, article: own }) => own === article && (law === '' || title === '' || title === law));
    if (!ours) foreign.push(words);
  }
  for (const [words, name = ''] of squashed.matchAll(NAMED_LAW)) {
    const bare = normaliseTitle(name);
    const ours = known.some(({ title, text: said }) => title.endsWith(bare) || said.includes(bare));
    if (!NO_LAW.test(name) && !ours) foreign.push(words);
  }
  return foreign.map((words) => ({ fault: 'own-citation', words }));
}

/** The articles that a text names, in their one spelling. */
export function articlesIn(text: string): string[] {
  const found = Array.from(squash(text).matchAll(ARTICLE), ([words]) => normaliseArticleNumber(words.slice(words.lastIndexOf('第'))));
  return found.filter((article) => article !== null);
}

function firstMatch(text: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found) return found[0];
  }
  return null;
}

function pairsOf(text: string): Set<string> {
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  return new Set(han.slice(1).map((char, at) => `${han[at] ?? ''}${char}`));
}

import { BaimiError } from '../domain/errors.js';

/** What people say → the words the law uses for exactly this (`knowledge/synonyms.txt`). Keys are NFKC-normalised. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

const HOW = '怎么改：照“老板跑路|老板跑了 = 用人单位 逃匿”的样子写';

/**
 * Reads `说法|说法 = 法律用词 法律用词`, one entry a line; empty lines and lines that start with `#` are passed over.
 *
 * @throws BaimiError `bad-knowledge` naming file and line: a malformed line, an empty side, a form of one character,
 *   a form that the file has already, a term that stands twice, a form that is its own term
 */
export function parseSynonyms(file: string, text: string): Synonyms {
  const synonyms = new Map<string, readonly string[]>();
  /** Form without regard to upper and lower case → the line it stands in. */
  const lines = new Map<string, number>();

  for (const [index, raw] of text.normalize('NFKC').split(/\r?\n/).entries()) {
    const line = raw.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const fail = (what: string, remedy: string): never => {
      throw new BaimiError('bad-knowledge', `${file}:${String(index + 1)}: ${what}。${remedy}`);
    };

    const sides = line.split('=');
    const [left = '', right = ''] = sides;
    if (sides.length !== 2) fail('一行要有一个等号，也只能有一个', HOW);
    if (line.includes('#')) fail('说明不能跟在一条的后面', '怎么改：把 # 开头的说明另起一行');
    if (right.includes('|')) fail('等号右边不能用 | 隔开', '怎么改：右边的词用空格隔开');
    const terms = right.split(/\s+/).filter((term) => term !== '');
    if (left.trim() === '') fail('等号左边是空的', HOW);
    if (terms.length === 0) fail('等号右边是空的', HOW);
    const twice = terms.find((term, at) => terms.indexOf(term) !== at);
    if (twice !== undefined) fail(`“${twice}”在右边写了两次`, '怎么改：删掉一个');

    for (const form of left.split('|').map((part) => part.trim())) {
      if (form === '') fail('左边有一种说法是空的', '怎么改：删掉多出来的 |');
      if (/\s/.test(form)) fail(`说法“${form}”里有空格`, '怎么改：几种说法用 | 隔开，一种说法里不留空格');
      if (Array.from(form).length < 2) fail(`说法“${form}”只有一个字，到处都会碰上`, '怎么改：写成两个字以上的说法');
      if (terms.includes(form)) fail(`“${form}”两边一样`, '怎么改：左边写老百姓的说法；本来就是法律用词的，不用写进来');
      const before = lines.get(form.toLowerCase());
      if (before !== undefined) fail(`说法“${form}”在第 ${String(before)} 行已经有了`, '怎么改：两处合成一处');
      lines.set(form.toLowerCase(), index + 1);
      synonyms.set(form, terms);
    }
  }
  return synonyms;
}

import type { FormQuestion } from './definition.js';

export type ReadAnswer = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

const LONGEST = 200;
const LONGEST_STORY = 2000;
const LEAST_STORY = 4;

/** A person's words as the answer to a question, or what is wrong with them and what to do. */
export function readAnswer({ personal, story, label }: FormQuestion, words: string): ReadAnswer {
  const said = words.trim();
  const length = Array.from(said).length;
  const longest = story ? LONGEST_STORY : LONGEST;
  if (length === 0) return { ok: false, problem: '我没有收到文字，请再写一次。' };
  if (length > longest) return { ok: false, problem: `写得太长了，这一项最多 ${String(longest)} 个字，请写短一点。` };
  if (story && length < LEAST_STORY) return { ok: false, problem: '写得太短了，看不出是什么事，请多写几个字。' };
  if (personal === 'phone') return readPhone(said);
  if (personal === 'name') return readName(said);
  return { ok: true, value: label === '镇村' ? said.replace(/[。.]$/u, '') : said };
}

/** A telephone number without what stands around it. */
export function readPhone(words: string): ReadAnswer {
  const digits = words.normalize('NFKC').replace(/[\s()-]/gu, '');
  const [number] = /(?:\+?86)?(1[3-9]\d{9})(?!\d)|0\d{9,11}(?!\d)|(?<!\d)[2-8]\d{6,7}(?!\d)/u.exec(digits) ?? [];
  if (number !== undefined) return { ok: true, value: number.replace(/^\+?86(?=1)/u, '') };
  return { ok: false, problem: '这不像一个完整的电话号码：手机号是 11 位，座机请带上区号。请再写一次。' };
}

export function readName(words: string): ReadAnswer {
  const name = words.replace(/^(?:我叫|我是|我姓名是|姓名[:：是]?|叫)\s*/u, '').replace(/[。.！!]$/u, '');
  if (/\d/u.test(name) || Array.from(name).length > 20) return { ok: false, problem: '这不像一个姓名，请只写姓名。' };
  return { ok: true, value: name };
}

/** "138****5678"; a short number keeps its last two digits. */
export function maskedPhone(phone: string): string {
  return phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;
}

/** "赵**". */
export function maskedName(name: string): string {
  const [first = '', ...others] = Array.from(name);
  return `${first}${'*'.repeat(Math.max(1, others.length))}`;
}

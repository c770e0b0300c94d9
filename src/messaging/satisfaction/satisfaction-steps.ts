import { NEW_CONSULTATION } from '../../consultation/continue-consultation.js';
import type { Consult } from '../../consultation/consult.js';
import { wordsOf } from '../../domain/message.js';
import { SATISFACTION_SCORES } from '../../handoff/satisfaction/ports.js';
import type { Middleware } from '../compose.js';
import { say } from '../say.js';
import type { Turn } from '../turn.js';

const ANSWERED_WITHIN_MS = 7 * 86_400_000;
const LONGEST_REMARK = 300;
const NOTHING_TO_ADD = /^(?:没有?了?|不用了?|不写了?|算了|没什么|跳过)[。！!]*$/u;

/** The answer to what was asked after closing, and once why where it was not good. */
export const satisfaction =
  (listen: Consult): Middleware<Turn> =>
  async (turn, next) => {
    const { stores, conversation, at } = turn;
    const words = wordsOf(turn.message.content).trim();
    const score = SATISFACTION_SCORES.find((one) => one === words.replace(/[。.！!]+$/u, ''));
    if (score) {
      const number = await stores.satisfaction.waiting(conversation.id, at - ANSWERED_WITHIN_MS);
      if (number === null) return next();
      await stores.satisfaction.score(number, score, at);
      return score === '满意'
        ? say(turn, '谢谢您。以后还有事，接着在这里说。')
        : say(turn, '记下了，谢谢您直说。哪里不好？可以写一句；不想写，不用管它。', { asks: 'remark' });
    }
    if (words === '' || turn.asked !== 'remark') return next();
    if (NOTHING_TO_ADD.test(words)) return say(turn, '好的，谢谢您。');
    if (Array.from(words).length > LONGEST_REMARK || isForOthers(turn, listen, words)) return next();
    await stores.satisfaction.addWords(conversation.id, words);
    return say(turn, '记下了，会有人看。谢谢您。');
  };

/** Danger, the wish for a human, or a question of its own. */
function isForOthers({ day }: Turn, listen: Consult, words: string): boolean {
  const { answer } = listen(words, NEW_CONSULTATION, day);
  if (answer.kind === 'handoff' && (answer.reason === 'danger' || answer.reason === 'human-wanted')) return true;
  return answer.kind === 'cited' && /[?？]\s*$|怎么办|咋办|吗[。！!]*$/u.test(words);
}

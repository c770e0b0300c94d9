import { wordsOf } from '../../domain/message.js';
import type { Middleware } from '../compose.js';
import { mayBeReadByOthers } from '../read-by-others.js';
import type { Turn } from '../turn.js';

/** Grows when what people are told changes in substance: then they are told again. */
export const CONSENT_VERSION = '1';

/** The start screen of the web page says the same. */
export const CONSENT_TEXT =
  '说明：您说的话会存下来，用来答复您、转给办理的人，只有办理的人能看。想看、想改、想删，随时回复“我的信息”。不愿意，回复“不同意”；接着说，就当您同意。';

/** Sees to it that whoever writes has been told, once, what is kept and how to say no. */
export const tellWhatIsKept: Middleware<Turn> = async (turn, next) => {
  const { stores, conversation, at } = turn;
  const known = await stores.consents.of(conversation.id);
  const told = known !== null && known.version === CONSENT_VERSION && known.state !== 'refused';
  // the greeting of a group has said it, and a page shows it before the first word
  const shown = conversation.channel === 'web' || mayBeReadByOthers(conversation);
  if (told || turn.message.content.type === 'recall' || /^不同意/u.test(wordsOf(turn.message.content).trim()) || turn.asked === 'erasure') {
    return next();
  }
  if (!shown) turn.notes.push({ text: CONSENT_TEXT, options: [] });
  await next();
  if (shown || turn.answered) await stores.consents.save(conversation.id, CONSENT_VERSION, 'told', at);
};

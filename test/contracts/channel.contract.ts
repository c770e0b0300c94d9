import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { REPLIES } from '../../src/consultation/replies.js';
import type { InboundContent } from '../../src/domain/message.js';
import type { ChannelProfile, Sent } from '../../src/messaging/channel.js';
import { echo, openCore, type Core } from '../support/delivery-core.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/**
 * What every channel has to do, run on each. For a new adapter: write a harness that speaks the other side's protocol (a
 * loopback fake of the platform, never a mock of the adapter), and call
 *
 *   channelContract('Telegram', { open: async (core) => … , cannot: { recall: 'the Bot API does not tell of it' } });
 *
 * `open` builds the adapter on `core.app.messenger` (its Inbox) and hands it to `core.delivery.register(channel)`; a channel
 * that replies passively calls `core.delivery.collect`. What a platform does not have is named in `cannot` with the reason, and
 * is not asked of its channel.
 */
export interface ChannelHarness {
  readonly profile: ChannelProfile;
  /** Key of a person's conversation, as the adapter makes it. */
  conversationKey(person: string): string;
  /**
   * The platform hands in what a person sends; resolves when the channel has acknowledged it. `id` is the platform's own
   * number of the message: the same again is a repetition.
   */
  say(person: string, content: InboundContent, id: string): Promise<void>;
  /** Every text that the person has been shown until now, a message each, oldest first. A channel that is read reads. */
  shown(person: string): Promise<readonly string[]>;
  /**
   * The platform refuses from now on in this way, once it resolves; `sent`: it takes messages again. Missing where nothing is
   * ever refused.
   */
  refuse?(how: Sent['kind']): Promise<void>;
  close(): Promise<void>;
}

type Feature = 'tap' | 'voice' | 'image' | 'location' | 'join' | 'recall' | 'split' | 'closed' | 'failed' | 'later';

export interface ChannelUnderTest {
  open(core: Core): Promise<ChannelHarness>;
  /** What the channel has not, with the reason. */
  readonly cannot?: Partial<Readonly<Record<Feature, string>>>;
}

const HUMAN: InboundContent = { type: 'human-wanted' };
const text = (words: string): InboundContent => ({ type: 'text', text: words });
/** Longer than any channel takes at once; each sentence can be told from the others. */
const LONG = Array.from({ length: 700 }, (_, index) => `这是第${String(index)}句话，说的是工钱的事。`).join('');
/** How long a thing that ought to happen is waited for, and how long one that must not. */
const SOON_MS = 8000;
const NEVER_MS = 300;

export function channelContract(name: string, channel: ChannelUnderTest): void {
  const folder = temporaryFolder();
  const opened: { core: Core; harness: ChannelHarness }[] = [];
  let files = 0;
  let ids = 1000;

  afterEach(async () => {
    for (const { core, harness } of opened.splice(0)) {
      await harness.close();
      await core.app.messenger.idle();
      await core.close();
    }
  });

  const open = async (): Promise<{ core: Core; harness: ChannelHarness }> => {
    const core = await openCore(join(folder, `${String(files++)}.db`), [], { consult: echo });
    const harness = await channel.open(core);
    opened.push({ core, harness });
    return { core, harness };
  };
  const say = (harness: ChannelHarness, person: string, content: InboundContent, id = String(ids++)): Promise<void> =>
    harness.say(person, content, id);
  const until = async (harness: ChannelHarness, person: string, words: string): Promise<readonly string[]> => {
    await expect.poll(async () => (await harness.shown(person)).join('\n'), { timeout: SOON_MS, message: words }).toContain(words);
    return harness.shown(person);
  };
  /** Answers shown, by the question that each repeats. */
  const answers = async (harness: ChannelHarness, person: string): Promise<string[]> =>
    (await harness.shown(person)).flatMap((shown) => /回：(.*)/.exec(shown)?.[1] ?? []);
  const conversationOf = async (core: Core, harness: ChannelHarness, person: string): Promise<string> =>
    (await core.app.messenger.conversationId(harness.profile.name, harness.conversationKey(person))) ?? '';
  const lawyerSays = async (core: Core, harness: ChannelHarness, person: string, words: string): Promise<string> => {
    const conversationId = await conversationOf(core, harness, person);
    await core.lawyerSays(conversationId, words);
    return conversationId;
  };
  const able = (feature: Feature, sentence: string, run: () => Promise<void>): void => {
    // what the platform does not have is no duty of its channel
    if (channel.cannot?.[feature] === undefined) it(sentence, run);
  };

  describe(`${name} as a channel`, () => {
    it('brings what a person writes to the core, and the answer back', async () => {
      const { harness } = await open();
      await say(harness, 'wang', text('老板不发工资'));
      await until(harness, 'wang', '回：老板不发工资');
    });

    able('tap', 'takes a tap for the words that it stands for', async () => {
      const { harness } = await open();
      await say(harness, 'wang', { type: 'tap', text: '我要咨询' });
      await until(harness, 'wang', '回：我要咨询');
    });

    able('voice', 'answers a voice message that was heard, and asks for words where it was not', async () => {
      const { harness } = await open();
      await say(harness, 'wang', { type: 'voice', transcript: '工伤怎么办', media: 'voice-1' });
      await until(harness, 'wang', '回：工伤怎么办');
      await say(harness, 'wang', { type: 'voice', transcript: null, media: 'voice-2' });
      await until(harness, 'wang', firstLine(REPLIES.voice().text));
    });

    able('image', 'says kindly what it can do with a picture', async () => {
      const { harness } = await open();
      await say(harness, 'wang', { type: 'image', media: 'image-1' });
      await until(harness, 'wang', firstLine(REPLIES.image().text));
    });

    able('location', 'thanks for a place', async () => {
      const { harness } = await open();
      await say(harness, 'wang', { type: 'location', latitude: 30.39, longitude: 104.54, label: '简城街道' });
      await until(harness, 'wang', firstLine(REPLIES.location('简城街道').text));
    });

    able('join', 'greets whoever joins', async () => {
      const { harness } = await open();
      await say(harness, 'wang', { type: 'join', servicePoint: null });
      await until(harness, 'wang', REPLIES.greeting().headline);
    });

    able('recall', 'says nothing to a message that is taken back', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', text('写错了'), '77');
      await until(harness, 'wang', '回：写错了');
      const before = (await harness.shown('wang')).length;
      await say(harness, 'wang', { type: 'recall', externalKey: '77' });
      await core.settled();
      await new Promise((resolve) => setTimeout(resolve, NEVER_MS));
      expect(await harness.shown('wang')).toHaveLength(before);
    });

    it('drops a message that comes twice, also at the same moment', async () => {
      const { core, harness } = await open();
      await Promise.all([1, 2, 3].map(() => say(harness, 'wang', text('只问一次'), '5')));
      await until(harness, 'wang', '回：只问一次');
      await say(harness, 'wang', text('只问一次'), '5');
      await core.settled();
      await new Promise((resolve) => setTimeout(resolve, NEVER_MS));
      expect(await answers(harness, 'wang')).toEqual(['只问一次']);
    });

    it('keeps the order, and people apart', async () => {
      const { core, harness } = await open();
      const questions = Array.from({ length: 8 }, (_, index) => `第${String(index)}问`);
      for (const question of questions) {
        await say(harness, 'wang', text(question));
        await say(harness, 'zhao', text(`赵${question}`));
      }
      await core.settled();
      await until(harness, 'wang', '回：第7问');
      await until(harness, 'zhao', '回：赵第7问');
      expect(await answers(harness, 'wang')).toEqual(questions);
      expect(await answers(harness, 'zhao')).toEqual(questions.map((question) => `赵${question}`));
    });

    it('shows a lawyer’s words whole, with the lawyer’s name', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', HUMAN);
      await core.app.messenger.idle();
      await lawyerSays(core, harness, 'wang', '请把工资条留好。');
      if (harness.profile.push === 'never') await say(harness, 'wang', text('好'));
      const shown = await until(harness, 'wang', '请把工资条留好。');
      expect(shown.find((part) => part.includes('请把工资条留好。'))).toContain('李律师');
    });

    able('split', 'splits what is too long at the end of sentences, and loses none', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', HUMAN);
      await core.app.messenger.idle();
      await lawyerSays(core, harness, 'wang', LONG);
      if (harness.profile.push === 'never') await say(harness, 'wang', text('好'));
      const all = await until(harness, 'wang', '这是第699句话');
      const parts = all.filter((part) => /这是第\d+句话/.test(part));
      const { most, per } = harness.profile.textLimit;
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) {
        expect(per === 'bytes' ? Buffer.byteLength(part) : part.length).toBeLessThanOrEqual(most);
        expect(part).toMatch(/。$/);
      }
      expect(
        parts
          .join('')
          .match(/这是第\d+句话，说的是工钱的事。/g)
          ?.join(''),
      ).toBe(LONG);
    });

    able('closed', 'keeps a lawyer’s words while the channel is closed, and brings them first at the person’s next message', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', HUMAN);
      await until(harness, 'wang', '律师');
      await harness.refuse?.('closed');
      const conversationId = await lawyerSays(core, harness, 'wang', '窗口关了也不能丢。');
      await new Promise((resolve) => setTimeout(resolve, NEVER_MS));
      expect((await harness.shown('wang')).join()).not.toContain('窗口关了也不能丢');
      expect((await core.deliveries(conversationId)).at(-1)).toMatchObject({ state: 'waiting', needsMessage: true });
      await harness.refuse?.('sent');
      await say(harness, 'wang', text('在吗'));
      await until(harness, 'wang', '窗口关了也不能丢。');
      await expect.poll(async () => (await core.deliveries(conversationId)).every(({ state }) => state === 'delivered')).toBe(true);
    });

    able('failed', 'shows the desk what can never be delivered, with the reason', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', HUMAN);
      await until(harness, 'wang', '律师');
      await harness.refuse?.('failed');
      const conversationId = await lawyerSays(core, harness, 'wang', '对方已经走了。');
      await expect.poll(async () => (await core.deliveries(conversationId)).at(-1)?.state, { timeout: SOON_MS }).toBe('failed');
      expect((await core.deliveries(conversationId)).at(-1)?.reason).toMatch(/\S/);
    });

    able('later', 'tries again what was put off, and repeats nothing', async () => {
      const { core, harness } = await open();
      await say(harness, 'wang', text('先问一句'));
      await until(harness, 'wang', '回：先问一句');
      await harness.refuse?.('later');
      await say(harness, 'wang', text('再问一句'));
      await core.app.messenger.idle();
      await new Promise((resolve) => setTimeout(resolve, NEVER_MS));
      expect(await answers(harness, 'wang')).toEqual(['先问一句']);
      await harness.refuse?.('sent');
      await until(harness, 'wang', '回：再问一句');
      expect(await answers(harness, 'wang')).toEqual(['先问一句', '再问一句']);
    });
  });
}

/** Channels may shorten or wrap what follows. */
function firstLine(words: string): string {
  return words.split(/[。\n]/u)[0] ?? words;
}

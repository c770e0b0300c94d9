import {
  NOTICE,
  type ClarifyAnswer,
  type HandoffAnswer,
  type HandoffReason,
  type ServiceAnswer,
  type TicketKind,
} from '../domain/answer.js';

/** Fixed sentences. Plain words, short, always with what to do next. */

const FIND_LAWYER = '找律师';
const EXAMPLES = ['房子要被征收，怎么补偿？', '上班受伤了，怎么办？', '老板拖欠工资，怎么要？'];

const HANDOFF_TEXTS: Readonly<Record<HandoffReason, string>> = {
  'human-wanted': '好的，已经为你转给律师。律师看到后会在这里回复你。等的时候，可以先把时间、地点、经过和手上的材料写下来。',
  danger:
    '先保证安全：有人动手或者拘禁，马上打110；有人受伤，马上打120。心里难受，先和家里人说说话，不要一个人扛。这件事已经转给律师，会在这里回复你；急的话也可以打公共法律服务热线12348。',
  'not-confident': '这个问题我没有十足的把握，不敢乱说，已经转给律师。律师看到后会在这里回复你。可以先把时间、经过和手上的材料写下来。',
  'out-of-scope': '这件事可能不在我能自动答复的范围（征收征地、工伤、工资），不敢乱说，已经转给律师。律师看到后会在这里回复你。',
  'other-region': '赔多少要按当地的标准算，外地的标准我这里没有，不能乱说，已经转给律师。律师看到后会在这里回复你。',
  'case-strategy': '这要看证据和案情，机器判断不了，已经转给律师。律师看到后会在这里回复你。有判决书、通知书的，请把上面的日期告诉律师。',
  unverified: '这件事要看地方规定，我手上的内容还没有核实，不敢乱说，已经转给律师。律师看到后会在这里回复你。',
  'failed-verification': '我起草的答复没有通过核对，不能发给你，已经转给律师。律师看到后会在这里回复你。',
  'older-law': '这件事发生的时候，当时的规定和现在不一样，要查当时的条文，我不敢乱说，已经转给律师。律师看到后会在这里回复你。',
  repeated: '这个问题我答了几遍都没答到你心上，已经转给律师，请真人来看。律师看到后会在这里回复你。',
  angry: '对不起，没帮上你。已经转给律师，请真人来看。律师看到后会在这里回复你，急的话可以打公共法律服务热线12348。',
  'machine-failure': '系统出了点问题，你的话已经收到，没有丢，已经转给律师。律师看到后会在这里回复你。',
};

/** What a hand-over says besides its reason. */
interface HandoffDetails {
  readonly confidence?: number;
  readonly ticketKind?: TicketKind;
  /** Titles of the regulations that the question turns on and whose text is not at hand. */
  readonly about?: readonly string[];
}

export function handoffAnswer(
  reason: HandoffReason,
  { confidence = 0, ticketKind = 'consultation', about = [] }: HandoffDetails = {},
): HandoffAnswer {
  return {
    kind: 'handoff',
    reason,
    ticketKind,
    text:
      about.length === 0
        ? HANDOFF_TEXTS[reason]
        : `这件事要看${about.map((title) => `《${title}》`).join('')}的原文，我手上只有没核实的转述，不敢乱说，已经转给律师核对。律师看到后会在这里回复你。`,
    confidence,
    notice: '这条消息由人工智能发出。',
  };
}

function ask(text: string, options: readonly string[], question = '你想问哪方面的事？'): ClarifyAnswer {
  return { kind: 'clarify', text, questions: [{ id: 'what', text: question, options }], confidence: 0, notice: NOTICE };
}

const chat = (headline: string, options: readonly string[]): ServiceAnswer => ({
  kind: 'service',
  service: 'chat',
  headline,
  steps: [],
  sections: [],
  citations: [],
  alsoHandoff: null,
  options,
  confidence: 0,
  notice: NOTICE,
});

export const REPLIES = {
  greeting: () =>
    chat(
      '你好，我是百米问法，可以问我房屋征收与征地、工伤、工资这三方面的事。请用一两句话说说：出了什么事，什么时候，现在到哪一步了。',
      EXAMPLES,
    ),
  thanks: () => chat('不客气。还有不清楚的，接着问就行；想找真人，随时点“找律师”。', []),
  vague: () =>
    ask('我还没弄清楚你遇到的事。请用一两句话说说：出了什么事，什么时候，现在到哪一步了。', [
      ...EXAMPLES,
      '怎么申请法律援助？',
      '想找人调解',
      FIND_LAWYER,
    ]),
  noSum: (why: string) => ask(`这个数现在算不出来：${why}`, ['接着问别的', FIND_LAWYER], '接下来怎么办？'),
  noSuchArticle: (law: string, article: string) =>
    ask(`《${law}》里没有${article}。请核对条号，或者直接说说你遇到的事。`, [...EXAMPLES, FIND_LAWYER]),
  empty: () => ask('我没有收到文字。请打几个字，说说你遇到的事。', [...EXAMPLES, FIND_LAWYER]),
  noWords: () => ask('我看不懂表情和符号。请打几个字，说说你遇到的事。', [...EXAMPLES, FIND_LAWYER]),
  foreign: () =>
    ask(
      '我只看得懂中文。请用中文说一遍，或者点“找律师”。I can only read Chinese. Please ask in Chinese, or tap 找律师 to reach a lawyer.',
      [FIND_LAWYER],
      '要不要转给律师？ (A lawyer?)',
    ),
  image: () =>
    ask(
      '图片收到了，已经存好，律师能看到。我看不了图片，请把上面要紧的字（日期、决定、金额）打给我。',
      [FIND_LAWYER],
      '要不要现在就转给律师？',
    ),
  location: (label: string) =>
    ask(`位置收到了${label === '' ? '' : `：${label}`}。请再说说你遇到的事，或者点“找律师”。`, [...EXAMPLES, FIND_LAWYER]),
  voice: () => ask('这条语音我没听清。请再说一遍，说慢一点；或者打几个字。', [...EXAMPLES, FIND_LAWYER]),
  unreadable: () => ask('这种消息我看不了。请打几个字，说说你遇到的事。', [...EXAMPLES, FIND_LAWYER]),
  tooLong: () =>
    ask(
      '你写得很长，我怕看漏了要紧的地方。请用两三句话说：出了什么事、什么时候、想要什么结果。或者点“找律师”，律师能看到你写的全文。',
      [FIND_LAWYER],
      '要不要直接转给律师？',
    ),
} as const;

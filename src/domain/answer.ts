import type { LawLevel, Region } from './law.js';

/** The three topics that are answered, and what else a message can be about. */
export const CONSULTATION_TOPICS = ['expropriation', 'injury', 'wages'] as const;
export type ConsultationTopic = (typeof CONSULTATION_TOPICS)[number];

export const TOPIC_NAMES: Readonly<Record<ConsultationTopic, string>> = {
  expropriation: '房屋征收与征地',
  injury: '工伤',
  wages: '工资与劳动关系',
};

/** A provision and why it is cited. */
export interface Citation {
  readonly law: string;
  readonly article: string;
  readonly level: LawLevel | null;
  readonly region: Region;
  /** ISO days; null where the source does not give them. */
  readonly published: string | null;
  readonly inForceFrom: string | null;
  /** One plain sentence. */
  readonly plain: string;
  /** The exact rule in our own words; empty where `plain` says it all. */
  readonly rule: string;
  /** The official text, where the bureau has imported it. */
  readonly official: string | null;
  /** False: known from a secondary source only, shown as 待核实 and never alone. */
  readonly verified: boolean;
  /** Where an unverified statement was read. */
  readonly source: string | null;
}

export interface ClarifyingQuestion {
  readonly id: string;
  readonly text: string;
  /** Tappable replies; each is sent as it reads. */
  readonly options: readonly string[];
}

export const HANDOFF_REASONS = [
  'human-wanted', // the person asked
  'danger', // life or health is at stake
  'not-confident',
  'out-of-scope',
  'other-region', // turns on another province's rule
  'case-strategy', // evidence, chances, a pending case
  'unverified', // rests on what no one has verified yet
  'failed-verification', // a draft answer did not pass the checks
  'machine-failure',
] as const;
export type HandoffReason = (typeof HANDOFF_REASONS)[number];

export const HANDOFF_REASON_NAMES: Readonly<Record<HandoffReason, string>> = {
  'human-wanted': '本人要求找律师',
  danger: '涉及人身安全',
  'not-confident': '机器没有把握',
  'out-of-scope': '不在自动答复的范围内',
  'other-region': '涉及外地规定',
  'case-strategy': '需要看证据、判断案情',
  unverified: '涉及尚未核实的规定',
  'failed-verification': '草拟的答复没有通过核对',
  'machine-failure': '系统出错',
};

export const TICKET_KINDS = ['consultation', 'mediation', 'legal-aid', 'notary', 'appointment'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

export const TICKET_KIND_NAMES: Readonly<Record<TicketKind, string>> = {
  consultation: '法律咨询',
  mediation: '人民调解',
  'legal-aid': '法律援助',
  notary: '公证',
  appointment: '预约',
};

interface AnswerBase {
  /** Calibrated probability that the cited provisions settle the question; 0 where nothing is cited. */
  readonly confidence: number;
  /** Who is speaking: said with every answer. */
  readonly notice: string;
}

/** The question is answered, each statement from a provision in force. */
export interface CitedAnswer extends AnswerBase {
  readonly kind: 'cited';
  readonly topic: ConsultationTopic;
  readonly headline: string;
  /** Conditions, amounts and exceptions, a sentence each, with its source at the end: “……。〔法律名称第几条〕”. */
  readonly points: readonly string[];
  readonly citations: readonly Citation[];
  /** What to do next, in order. */
  readonly steps: readonly string[];
  /** What limits the answer (regional rules, unverified additions). */
  readonly caveats: readonly string[];
}

/** One or two questions back. */
export interface ClarifyAnswer extends AnswerBase {
  readonly kind: 'clarify';
  readonly text: string;
  readonly questions: readonly ClarifyingQuestion[];
}

/** A human has to answer. */
export interface HandoffAnswer extends AnswerBase {
  readonly kind: 'handoff';
  readonly reason: HandoffReason;
  readonly ticketKind: TicketKind;
  readonly text: string;
}

/** A guide to a service of the bureau, or what the assistant is for. */
export interface ServiceAnswer extends AnswerBase {
  readonly kind: 'service';
  readonly service: 'mediation' | 'legal-aid' | 'notary' | 'lawyer' | 'chat';
  readonly headline: string;
  readonly steps: readonly string[];
  readonly citations: readonly Citation[];
  /** Tappable things to say next. */
  readonly options: readonly string[];
}

export type Answer = CitedAnswer | ClarifyAnswer | HandoffAnswer | ServiceAnswer;

export const NOTICE = '以上由人工智能根据法律条文整理，供参考，不是律师的正式意见。想找真人，请点“找律师”。';

/** An answer as one plain text: what a text channel sends and what verification reads. */
export function answerText(answer: Answer): string {
  const cite = (citation: Citation): string =>
    [
      `《${citation.law}》${citation.article}${citation.verified ? '' : '（待核实）'}：${citation.plain}`,
      citation.rule === '' ? (citation.official !== null && citation.plain === '' ? citation.official : '') : citation.rule,
    ]
      .filter((part) => part !== '')
      .join('\n');
  const numbered = (steps: readonly string[]): string[] => steps.map((step, index) => `${'①②③④⑤⑥⑦⑧⑨'[index] ?? '·'}${step}`);
  const parts: (string | readonly string[])[] = (() => {
    switch (answer.kind) {
      case 'cited':
        return [
          answer.headline,
          answer.points,
          '接下来怎么做：',
          numbered(answer.steps),
          answer.caveats,
          '依据：',
          answer.citations.map(cite),
        ];
      case 'clarify':
        return [answer.text, answer.questions.map((question) => `${question.text}（${question.options.join(' / ')}）`)];
      case 'handoff':
        return [answer.text];
      case 'service':
        return [answer.headline, numbered(answer.steps), answer.citations.map(cite)];
    }
  })();
  return [...parts.flat(), answer.notice].filter((part) => part !== '').join('\n');
}

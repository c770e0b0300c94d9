import type { LawLevel, Region } from './law.js';

/** The three topics that are answered, and what else a message can be about. */
export const CONSULTATION_TOPICS = ['expropriation', 'injury', 'wages'] as const;
export type ConsultationTopic = (typeof CONSULTATION_TOPICS)[number];

/** What an answer can be about: the topics, and the bureau's and the courts' services. */
export type AnswerTopic = ConsultationTopic | 'services';

export const TOPIC_NAMES: Readonly<Record<AnswerTopic, string>> = {
  expropriation: '房屋征收与征地',
  injury: '工伤',
  wages: '工资与劳动关系',
  services: '法律服务与诉讼程序',
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
  'older-law', // what happened lies before the law in force
  'repeated', // the same question again and again
  'angry',
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
  'older-law': '要查事情发生时的规定',
  repeated: '同一个问题问了三遍',
  angry: '群众对答复不满意',
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
  /** What the machine has understood of the person's case, to be corrected where it is wrong. */
  readonly noted?: readonly string[];
  /** Calibrated probability that the cited provisions settle the question; 0 where nothing is cited. */
  readonly confidence: number;
  /** Who is speaking: said with every answer. */
  readonly notice: string;
}

/** The question is answered, each statement from a provision in force. */
export interface CitedAnswer extends AnswerBase {
  readonly kind: 'cited';
  readonly topic: AnswerTopic;
  readonly headline: string;
  /** Conditions, amounts and exceptions, a sentence each, with its source at the end: “……。〔法律名称第几条〕”. */
  readonly points: readonly string[];
  /** What the answer to the question rests on, best first, national law before regional. */
  readonly citations: readonly Citation[];
  /** What to do next, in order. */
  readonly steps: readonly string[];
  /** Time limits that run. */
  readonly deadlines: readonly string[];
  /** What to keep as evidence; states no law. */
  readonly evidence: readonly string[];
  /** Further conditions, other cases and common mistakes: good to know, beyond what was asked. */
  readonly further: readonly string[];
  /** The procedure that comes next, by its parts. */
  readonly guide: AnswerGuide | null;
  /** What steps, time limits, further sentences and guide rest on, beside `citations`. */
  readonly furtherCitations: readonly Citation[];
  /** What limits the answer (regional rules, unverified additions). */
  readonly caveats: readonly string[];
  /** What the matter comes to in figures, where the person has told enough to reckon it. */
  readonly calculation: { readonly headline: string; readonly lines: readonly string[] } | null;
  /** A fact that would make the answer more exact; a reply goes on with the same matter. */
  readonly ask: ClarifyingQuestion | null;
  /** Why a lawyer is asked as well, although the question is answered; null: no ticket. */
  readonly alsoHandoff: HandoffReason | null;
}

/** A guide as an answer shows it. */
export interface AnswerGuide {
  readonly title: string;
  /** `asked`: the question is for this part; the others are for whoever goes on. */
  readonly sections: readonly { readonly title: string; readonly asked: boolean; readonly lines: readonly string[] }[];
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

/** A guide to a service of the bureau, the result of a calculator, or what the assistant is for. */
export interface ServiceAnswer extends AnswerBase {
  readonly kind: 'service';
  readonly service: 'mediation' | 'legal-aid' | 'notary' | 'lawyer' | 'calculator' | 'chat';
  readonly headline: string;
  readonly steps: readonly string[];
  /** Parts of a guide, or the lines of a calculation with what they are worth. */
  readonly sections: AnswerGuide['sections'];
  readonly citations: readonly Citation[];
  /** Why a lawyer is asked as well; null: no ticket. */
  readonly alsoHandoff: HandoffReason | null;
  /** Tappable things to say next. */
  readonly options: readonly string[];
}

export type Answer = CitedAnswer | ClarifyAnswer | HandoffAnswer | ServiceAnswer;

export const NOTICE = '以上由人工智能根据法律条文整理，供参考，不是律师的正式意见。想找真人，请点“找律师”。';

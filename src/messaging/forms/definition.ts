import type { TicketKind } from '../../domain/answer.js';
import type { ProvisionRef } from '../../domain/law.js';
import type { Profile } from '../my-data/ports.js';

export type Answers = Readonly<Record<string, string>>;

/** One question of a form. */
export interface FormQuestion {
  readonly id: string;
  /** How the answer is headed in the summary, and named to be changed: "电话". */
  readonly label: string;
  readonly text: string;
  /** Tappable answers; other words are taken as well. */
  readonly options?: readonly string[];
  /** The options are the lawyers who can be picked now, and nothing else is taken. */
  readonly lawyers?: true;
  readonly optional?: true;
  /** What happened, told at length: words of law in it are no question of its own. */
  readonly story?: true;
  /** The part of the person's own data that it asks for. */
  readonly personal?: keyof Profile;
  /** Whether it is asked, by what was answered before. */
  readonly when?: (answers: Answers) => boolean;
}

/** A sentence of the pre-check; each statement of law with the provisions that it rests on. */
export interface Finding {
  readonly text: string;
  readonly cites: readonly ProvisionRef[];
}

/** A service of the bureau that is applied for a question at a time. */
export interface FormDefinition {
  readonly id: string;
  readonly kind: TicketKind;
  /** "人民调解申请". */
  readonly title: string;
  /** What a person says who wants it, without marks at the end. */
  readonly starts: RegExp;
  readonly intro: string;
  readonly questions: readonly FormQuestion[];
  readonly findings: (answers: Answers) => readonly Finding[];
  /** Title of the pack's guide whose list of papers holds; null: none does. */
  readonly guide: (answers: Answers) => string | null;
}

const ABOUT_YOU: Readonly<Record<keyof Profile, FormQuestion>> = {
  village: {
    id: 'village',
    label: '镇村',
    text: '您住在哪个镇（街道）、哪个村（社区）？好转给离您近的人。',
    optional: true,
    personal: 'village',
  },
  address: { id: 'address', label: '住址', text: '上门到哪里？请写详细一点。只有上门的人能看到。', personal: 'address' },
  name: { id: 'name', label: '姓名', text: '怎么称呼您？请写姓名。', personal: 'name' },
  phone: { id: 'phone', label: '电话', text: '您的电话是多少？好联系您。', personal: 'phone' },
};

/** The questions about the person, in the order named. */
export const aboutYou = (...parts: readonly (keyof Profile)[]): readonly FormQuestion[] => parts.map((part) => ABOUT_YOU[part]);

export const story = (text: string): FormQuestion => ({ id: 'story', label: '事情', text, story: true });

/** "我要……" and the like before what is wanted. */
export const wish = (what: string): RegExp => new RegExp(`^(?:我|我们)?(?:想要|需要|想|要|帮我)?(?:${what})$`, 'u');

import {
  TOPIC_NAMES,
  type AnswerGuide,
  type CitedAnswer,
  type Citation,
  type ClarifyingQuestion,
  type AnswerTopic,
} from '../domain/answer.js';
import { REGIONS, provisionKey, type ProvisionRef } from '../domain/law.js';
import { NOTICE } from '../domain/answer.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Guide, GuideStep } from '../knowledge/parse-guide.js';
import type { CitedText, Matter } from '../knowledge/parse-matter.js';
import type { CitationModel, RatedCandidate } from './citation-model.js';
import type { TriageSignals } from './triage.js';

/** What an answer is put together from. */
export interface Composition {
  readonly question: string;
  /** The latest words alone. */
  readonly asking: string;
  /** The latest words follow on an answer: what they ask for of the procedure comes first. */
  readonly follows: boolean;
  readonly topic: AnswerTopic;
  readonly signals: TriageSignals;
  /** Provisions that may be cited, best first. */
  readonly rated: readonly RatedCandidate[];
  /** The matter that answers; null: the provisions speak for themselves. */
  readonly matter: Matter | null;
  /** Cases of the matter that hold, as `fact=option`. */
  readonly cases: readonly string[];
  /** The case that the latest words were the reply to: it alone is told; null: they were none. */
  readonly tapped: string | null;
  /** Names of facts that are known, and are not asked for again. */
  readonly known: readonly string[];
  /** Provisions known at second hand that belong beside the answer. */
  readonly unverified: readonly LibraryProvision[];
  readonly confidence: number;
}

/** What composing reads besides. */
export interface ComposeContext {
  readonly library: Library;
  readonly guides: readonly Guide[];
  readonly citations: CitationModel;
  /** ISO day on which law has to be in force. */
  readonly day: string;
}

/** Official text longer than this is shown from its beginning when there is no gist. */
const HEADLINE_LENGTH = 90;
/** Sentences of law after the first that an answer shows at once. */
const MOST_POINTS = 6;
/** How much more probable than a single provision the provisions of a curated sentence have to be for it to be shown at once. */
const STATEMENT_SHARE = 1.4;
/** Lines of a part of a procedure that a follow-up is told at once. */
const MOST_ASKED = 4;

/** Puts an answer together; null where nothing may be cited. */
export function composeAnswer(parts: Composition, context: ComposeContext): CitedAnswer | null {
  const { rated, matter, topic, signals } = parts;
  const said = matter && statementsOf(matter, parts.cases, context);
  const best = rated[0];
  if (!best) return null;
  const asked = parts.tapped !== null ? caseOf(parts, said, context) : parts.follows ? askedOf(parts, said, context) : [];
  const headline = asked[0] ?? said?.headline ?? plainOf(best.provision);

  const probability = new Map(rated.map((candidate) => [candidate.provision.key, candidate.probability]));
  const likely = ({ cites }: CitedText): number =>
    cites.length === 0 ? 0 : cites.reduce((sum, cite) => sum + (probability.get(provisionKey(cite)) ?? 0), 0) / cites.length;
  const { threshold, maxCitations } = context.citations;

  // what the answer rests on: its first sentence, and what a careful lawyer would probably cite beside it
  const chosen = new Map<string, LibraryProvision>();
  const cite = (refs: readonly ProvisionRef[]): void => {
    for (const ref of refs) {
      const provision = context.library.byKey.get(provisionKey(ref));
      if (provision) chosen.set(provision.key, provision);
    }
  };
  cite(headline.cites);
  const points: CitedText[] = asked.slice(1, MOST_ASKED);
  for (const statement of points) cite(statement.cites);
  const further: CitedText[] = [];
  const others = asked.length > 0 ? [] : (said?.answer ?? []);
  for (const statement of others) {
    const shown = statement.certain || (likely(statement) >= STATEMENT_SHARE * threshold && points.length < MOST_POINTS);
    (shown ? points : further).push(statement);
    if (shown) cite(statement.cites);
  }
  for (const { provision, probability: likelihood } of asked.length > 0 ? [] : rated) {
    if (likelihood < threshold || chosen.size >= maxCitations || points.length >= MOST_POINTS) break;
    if (chosen.has(provision.key)) continue;
    chosen.set(provision.key, provision);
    const mentioned = further.findIndex(
      (statement) => statement.cites.every((ref) => chosen.has(provisionKey(ref))) && rests(statement, provision.key),
    );
    const [moved] = mentioned === -1 ? [] : further.splice(mentioned, 1);
    points.push(moved ?? plainOf(provision));
  }

  const guide = chooseGuide(context.guides, topic, parts.question, [...chosen.values()].map(refOf));
  // a follow-up is told what it asks for; the rest was said with the answer that it follows on
  const steps = asked.length > 0 ? [] : said && said.today.length > 0 ? said.today : guide ? citableSteps(guide.steps, context) : [];
  const deadlines = asked.length > 0 ? [] : (said?.deadlines ?? []);
  const guided = guide ? guideOf(guide, parts.asking, context) : null;
  const warnings = asked.length > 0 ? [] : (said?.mistakes ?? []);
  const alsoCited = provisionsOf([...steps, ...deadlines, ...further, ...warnings, ...(guided?.statements ?? [])], context.library, chosen);
  return {
    kind: 'cited',
    topic,
    headline: headline.text,
    points: points.map(withSource),
    citations: byRegion([...chosen.values(), ...parts.unverified]).map(citationOf),
    steps: steps.length > 0 || asked.length > 0 ? steps.map(withSource) : generalSteps(topic),
    deadlines: deadlines.map(withSource),
    evidence: asked.length > 0 ? [] : (said?.evidence ?? []),
    further: [...further.map(withSource), ...warnings.map((warning) => `别弄错：${withSource(warning)}`)],
    guide: guided && asked.length > 0 ? folded(guided.guide) : (guided?.guide ?? null),
    furtherCitations: byRegion(alsoCited).map(citationOf),
    caveats: [
      ...(matter !== null && matter.human !== null ? [`这些情况要找律师：${matter.human}`] : []),
      ...caveatsFor(topic, signals, parts.unverified.length > 0),
    ],
    calculation: null,
    ask: matter && questionOf(matter, parts),
    alsoHandoff: null,
    confidence: parts.confidence,
    notice: NOTICE,
  };
}

/** What a matter says of the case that was just told. */
function caseOf({ matter, tapped }: Composition, said: Said | null, context: ComposeContext): CitedText[] {
  const told = [...(matter?.cases.get(tapped ?? '') ?? [])].filter(({ cites }) => mayBeCited(cites, context));
  if (told.length > 0 || !said) return told;
  // the matter says nothing special of this case
  return [{ ...said.headline, text: `还是按前面说的办：${said.headline.text}` }];
}

/** What the latest words ask for, of the matter's procedure: the lines of the part, each with its source. */
function askedOf(parts: Composition, said: Said | null, context: ComposeContext): CitedText[] {
  const cited = parts.rated.slice(0, context.citations.maxCitations).map(({ provision }) => refOf(provision));
  const guide = chooseGuide(context.guides, parts.topic, parts.question, [...(said?.headline.cites ?? []), ...cited]);
  const wanted = Object.keys(ASKS_FOR).filter((title) => ASKS_FOR[title]?.test(parts.asking) === true);
  const ofPayment = PAID_WHEN.test(parts.asking);
  if (wanted.includes('期限') && !ofPayment && said && said.deadlines.length > 0) return [...said.deadlines];
  const lines = (guide?.sections ?? [])
    .filter(({ title }) => wanted.includes(title) && !(title === '期限' && ofPayment))
    .flatMap(({ statements }) => statements)
    .filter(({ cites }) => cites.length > 0 && mayBeCited(cites, context))
    .map((statement) => ({ ...statement, line: 0 }));
  if (lines.length > 0) return lines;
  const replies = (guide?.sections ?? [])
    .filter(({ title }) => title === '对方会怎么说')
    .flatMap(({ statements }) => statements)
    .filter(({ cites }) => mayBeCited(cites, context))
    // “对方的话”——怎么回: what the other side says is not what we say
    .map((statement) => ({ ...statement, asks: statement.text, text: statement.text.replace(/^“[^”]*”——/, ''), line: 0 }));
  const nearest = nearestStatement(parts.asking, [
    ...(said ? [...said.answer, ...said.mistakes, ...said.today, ...said.deadlines] : []),
    ...replies,
  ]);
  return nearest ? [nearest] : [];
}

/** The statement that holds most of a short question's pairs of characters; null where none holds a third of them. */
function nearestStatement(asking: string, statements: readonly (CitedText & { readonly asks?: string })[]): CitedText | null {
  const han = asking.replace(/[^\p{Script=Han}]|^那么?|^如果|^要是|呢$|怎么办|怎么/gu, '');
  const pairs = new Set(Array.from({ length: Math.max(0, han.length - 1) }, (_, at) => han.slice(at, at + 2)));
  const rated = statements
    .filter(({ cites }) => cites.length > 0)
    .map((statement) => ({ statement, held: [...pairs].filter((pair) => (statement.asks ?? statement.text).includes(pair)).length }))
    .sort((a, b) => b.held - a.held);
  const best = rated[0];
  return best && best.held >= Math.max(2, pairs.size / 3) ? best.statement : null;
}

/** A sentence that is shown whatever the model thinks of its provisions: the person's own case. */
interface Statement extends CitedText {
  readonly certain: boolean;
}

interface Said {
  readonly headline: CitedText;
  readonly answer: readonly Statement[];
  readonly today: readonly CitedText[];
  readonly deadlines: readonly CitedText[];
  readonly mistakes: readonly CitedText[];
  readonly evidence: readonly string[];
}

/**
 * What a matter says whose provisions may be cited. A statement whose provision may no longer be cited is left out; without
 * its first sentence there is no answer, and null is returned.
 */
export function statementsOf(matter: Matter, cases: readonly string[], context: Pick<ComposeContext, 'library' | 'day'>): Said | null {
  const holds = (statement: { readonly cites: readonly ProvisionRef[] }): boolean => mayBeCited(statement.cites, context);
  const [general, ...others] = matter.answer;
  if (!general || !holds(general)) return null;
  const own = new Set(matter.cites.map(provisionKey));
  // what holds of the person's own case comes first, and the rule for everybody after it
  const [own1, ...ownOthers] = cases.flatMap((name) => matter.cases.get(name) ?? []).filter(holds);
  const certain = ownOthers.map((statement) => ({ ...statement, certain: true }));
  const rule = own1 ? [{ ...general, certain: false }] : [];
  return {
    headline: own1 ?? general,
    answer: [...certain, ...rule, ...others.map((statement) => ({ ...statement, certain: false }))].filter(holds),
    today: matter.today.filter(holds),
    deadlines: matter.deadlines.filter(holds),
    // warnings that go beyond the provisions the matter turns on are left out, to keep the answer to the point
    mistakes: matter.mistakes.filter((statement) => holds(statement) && statement.cites.every((cite) => own.has(provisionKey(cite)))),
    evidence: matter.evidence.filter(holds).map(({ text }) => text.replace(/[。；]$/, '')),
  };
}

/** Facts of a matter that a text settles: those of which it says one option, and no other. */
export function casesIn(matter: Matter, text: string): string[] {
  return matter.facts.flatMap(({ id, options, says }) => {
    const named = options.filter(
      (option) => (Array.from(option).length >= LEAST_OPTION && text.includes(option)) || says.get(option)?.any(text) === true,
    );
    return named.length === 1 ? [`${id}=${named[0] ?? ''}`] : [];
  });
}

/** Shorter options (买了, 没有) stand in other sentences too. */
const LEAST_OPTION = 4;

/** The question back that would make a matter's answer more exact: the first fact with cases that is not settled. */
function questionOf(matter: Matter, { cases, question, known }: Composition): ClarifyingQuestion | null {
  const settled = new Set([...known, ...[...cases, ...casesIn(matter, question)].map((name) => name.slice(0, name.indexOf('=')))]);
  const fact = matter.facts.find(({ id, options }) => !settled.has(id) && options.some((option) => matter.cases.has(`${id}=${option}`)));
  return fact ? { id: `${matter.file}#${fact.id}`, text: fact.ask, options: fact.options } : null;
}

function mayBeCited(refs: readonly ProvisionRef[], { library, day }: Pick<ComposeContext, 'library' | 'day'>): boolean {
  return refs.every((ref) => {
    const provision = library.byKey.get(provisionKey(ref));
    return provision !== undefined && library.standing(provision, day) === 'citable';
  });
}

const rests = (statement: CitedText, key: string): boolean => statement.cites.some((ref) => provisionKey(ref) === key);

const refOf = (provision: LibraryProvision): ProvisionRef => ({ law: provision.law.title, article: provision.article });

/** A provision in one plain sentence, as a statement. */
function plainOf(provision: LibraryProvision): CitedText {
  return { text: provision.gist?.plain ?? firstSentence(provision.official ?? ''), cites: [refOf(provision)], line: 0 };
}

/** Provisions that statements rest on, without those that are cited already. */
function provisionsOf(
  statements: readonly GuideStep[],
  library: Library,
  cited: ReadonlyMap<string, LibraryProvision>,
): LibraryProvision[] {
  const found = new Map<string, LibraryProvision>();
  for (const { cites } of statements) {
    for (const ref of cites) {
      const provision = library.byKey.get(provisionKey(ref));
      if (provision && !cited.has(provision.key)) found.set(provision.key, provision);
    }
  }
  return [...found.values()];
}

/** National law first, then the province, the city, the county; the order within is kept. */
function byRegion(provisions: readonly LibraryProvision[]): LibraryProvision[] {
  return [...provisions].sort((a, b) => REGIONS.indexOf(a.law.region) - REGIONS.indexOf(b.law.region));
}

function generalSteps(topic: AnswerTopic): string[] {
  return ['把合同、通知、票据、照片、聊天记录留好。', `拿不准，点“找律师”，说明是${TOPIC_NAMES[topic]}的事。`];
}

export function citationOf(provision: LibraryProvision): Citation {
  const { law, gist, official, verification } = provision;
  return {
    law: law.title,
    article: provision.article,
    level: law.level,
    region: law.region,
    published: law.published,
    inForceFrom: law.inForceFrom,
    plain: gist?.plain ?? firstSentence(official ?? ''),
    rule: gist?.rule ?? '',
    official,
    verified: provision.basis === 'official' || verification !== null,
    source: verification === null ? provision.source : `${verification.by}律师${verification.on}核实，对照：${verification.against}`,
  };
}

/** The beginning of an official text up to a full stop, or as much as fits a headline. */
function firstSentence(official: string): string {
  const sentence = /^[^。；\n]+/.exec(official)?.[0] ?? '';
  return sentence.length <= HEADLINE_LENGTH ? sentence : sentence.slice(0, HEADLINE_LENGTH);
}

/** The guide that fits a topic, a question and what is cited for it; null where none does. */
export function chooseGuide(guides: readonly Guide[], topic: AnswerTopic, question: string, cited: readonly ProvisionRef[]): Guide | null {
  const keys = cited.map(provisionKey);
  const scored = guides
    .filter((guide) => guide.topic === topic)
    .map((guide) => {
      const after = guide.after.map(provisionKey);
      const rank = keys.findIndex((key) => after.includes(key));
      return { guide, score: Math.min(3, guide.when.found(question).length) + (rank === -1 ? 0 : 2 / (rank + 1)) };
    })
    .sort((a, b) => b.score - a.score);
  const best = scored[0];
  return best && best.score > 0 ? best.guide : null;
}

/** Asks when money or a paper comes, not by when one has to act. */
const PAID_WHEN = /(?:多久|几天|什么时候|多长时间|好久)[^，。]{0,8}(?:到账|到手|发|给钱|给我|拿到|下来|出结果|结案|批|有结果)/;

/** Words that ask for a part of a procedure. */
const ASKS_FOR: Readonly<Record<string, RegExp>> = {
  到哪里办: /哪里|哪儿|哪个(?:部门|单位|地方|局|法院)|去哪|到哪|找谁|找哪个|啥地方|归谁管/,
  带什么: /材料|资料|带(?:什么|啥|哪些)|手续|证件|证据/,
  期限: /多久|几天|多长时间|期限|时效|什么时候|来得及|过期|超过/,
  费用: /要钱|花钱|收费|费用|多少钱.{0,4}(?:办|申请|仲裁|告)|(?:办|申请|仲裁|鉴定).{0,6}多少钱/,
};

/** A guide's parts that may be said on a day, those that the question asks for first. */
export function guideOf(
  guide: Guide,
  question: string,
  context: Pick<ComposeContext, 'library' | 'day'>,
): { guide: AnswerGuide; statements: GuideStep[] } {
  const sections = guide.sections
    .map(({ title, statements }) => ({
      title,
      statements: statements.filter(({ cites }) => mayBeCited(cites, context)),
      asked: ASKS_FOR[title]?.test(question) === true,
    }))
    .filter(({ statements }) => statements.length > 0)
    .sort((a, b) => Number(b.asked) - Number(a.asked));
  return {
    guide: {
      title: guide.title,
      sections: sections.map(({ title, statements, asked }) => ({ title, asked, lines: statements.map(withSource) })),
    },
    statements: sections.flatMap(({ statements }) => statements),
  };
}

/** The same with no part asked for: its lines stand in the answer already. */
function folded(guide: AnswerGuide): AnswerGuide {
  return { ...guide, sections: guide.sections.map((section) => ({ ...section, asked: false })) };
}

/** Steps of a guide whose provisions may all be cited. */
function citableSteps(steps: readonly GuideStep[], context: Pick<ComposeContext, 'library' | 'day'>): GuideStep[] {
  return steps.filter(({ cites }) => mayBeCited(cites, context));
}

/** Steps of a guide whose provisions may all be cited, with those provisions. */
export function stepsOf(
  guide: Guide,
  context: Pick<ComposeContext, 'library' | 'day'>,
): { steps: string[]; provisions: LibraryProvision[] } {
  const steps = citableSteps(guide.steps, context);
  return { steps: steps.map(withSource), provisions: provisionsOf(steps, context.library, new Map()) };
}

/** A statement with the provisions it rests on at its end: “……。〔工伤保险条例第十七条〕”. */
export function withSource({ text, cites }: { readonly text: string; readonly cites: readonly ProvisionRef[] }): string {
  return cites.length === 0 ? text : `${text}〔${cites.map((ref) => `${ref.law}${ref.article}`).join('；')}〕`;
}

/** What limits the answer. */
function caveatsFor(topic: AnswerTopic, signals: TriageSignals, unverified: boolean): string[] {
  const caveats: string[] = [];
  if (unverified) caveats.push('标“待核实”的地方规定还没有对照原文，签字或者打官司之前，请找律师确认。');
  if (signals.asksAmount) {
    caveats.push(
      topic === 'wages'
        ? '具体数额要按你的工资和工作时间来算，拿不准请找律师核算。'
        : '具体数额还要看当地当年的标准和你的具体情况，这里只说全国统一的规定；要算准请找律师。',
    );
  }
  if (signals.otherRegion) caveats.push(`你说的地方在四川以外，${TOPIC_NAMES[topic]}的地方标准可能不同，请向当地核实。`);
  return caveats;
}

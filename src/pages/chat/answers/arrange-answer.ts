import type { AnswerGuide, CitedAnswer } from '../../../domain/answer.js';
import { splitSource } from '../../shared/source-names.js';

type GuideSection = AnswerGuide['sections'][number];

/** An answer as it is shown: at first sight, and after 展开全部. No sentence stands in it twice. */
export interface ArrangedAnswer {
  readonly points: readonly string[];
  readonly steps: readonly string[];
  readonly deadlines: readonly string[];
  /** Parts of the procedure that the question asks for. */
  readonly asked: readonly GuideSection[];
  readonly more: MoreOfAnswer;
}

export interface MoreOfAnswer {
  readonly points: readonly string[];
  readonly evidence: readonly string[];
  readonly further: readonly string[];
  readonly sections: readonly GuideSection[];
  readonly caveats: readonly string[];
}

/** Reasons at first sight: beside a sum, or the part of a procedure that was asked for, there is room for fewer. */
const FIRST_POINTS = 3;
const FIRST_POINTS_BESIDE = 2;

export function arrangeAnswer(answer: CitedAnswer): ArrangedAnswer {
  const said = new Set([sentenceOf(answer.headline)]);
  const unsaid = (texts: readonly string[]): readonly string[] =>
    texts.filter((text) => {
      const sentence = sentenceOf(text);
      if (said.has(sentence)) return false;
      said.add(sentence);
      return true;
    });
  // what is said both as a reason and as a time limit stands with the time limits, which must be seen
  const deadlines = unsaid(answer.deadlines);
  const points = unsaid(answer.points);
  const steps = unsaid(answer.steps);
  const sections = unsaidSections(answer.guide?.sections ?? [], unsaid);
  const asked = sections.filter((section) => section.asked);
  const first = answer.calculation === null && asked.length === 0 ? FIRST_POINTS : FIRST_POINTS_BESIDE;
  return {
    points: points.slice(0, first),
    steps,
    deadlines,
    asked,
    more: {
      points: points.slice(first),
      evidence: unsaid(answer.evidence),
      further: unsaid(answer.further),
      sections: sections.filter((section) => !section.asked),
      caveats: unsaid(answer.caveats),
    },
  };
}

function unsaidSections(
  sections: readonly GuideSection[],
  unsaid: (texts: readonly string[]) => readonly string[],
): readonly GuideSection[] {
  return sections.map((section) => ({ ...section, lines: unsaid(section.lines) })).filter(({ lines }) => lines.length > 0);
}

/** A statement without its source and its full stop. */
function sentenceOf(text: string): string {
  return splitSource(text)
    .sentence.replace(/[。；\s]+$/, '')
    .trim();
}

import type { RunningDeadline } from '../domain/desk-views.js';
import { daysUntil } from '../domain/iso-days.js';
import { runCalculator, type Figures, type Inputs, type Line } from '../calculators/index.js';
import { DEADLINE_MATTERS } from '../calculators/deadline-rules.js';
import { deadlineMatterOf } from './calculation-choose.js';
import { inputsFrom } from './calculation-inputs.js';
import { factOf, type Fact } from './facts/index.js';
import type { WorkingCalendar } from './ports.js';

/** Told by the employer's own limit, which costs the person nothing. */
const EMPLOYERS = /^recognition-employer$/;
const FROM_LABELS: Readonly<Record<string, string>> = { accidentDate: '受伤日期', leftDate: '离开日期' };

/**
 * The time limits of law that can be reckoned from what a person told, over or still running, the nearest first. Only from
 * days that they named exactly; what restarts a limit (a demand, a promise) is not known here, so a limit may last longer.
 */
export function runningDeadlines(
  known: readonly Fact[],
  question: string,
  figures: Figures,
  today: string,
  calendar?: WorkingCalendar,
): RunningDeadline[] {
  const { inputs } = inputsFrom('deadlines', known, '', today);
  const matters = new Set<string>();
  const recognised = ['yes', 'denied'].includes(String(factOf(known, 'recognised')?.value));
  if (inputs['accidentDate'] !== undefined) matters.add('injury-recognition');
  if (inputs['leftDate'] !== undefined && isAboutWages(known, question)) matters.add('arbitration-wages-left');
  const asked = deadlineMatterOf(question, known);
  if (asked !== null) matters.add(asked);
  if (recognised) matters.delete('injury-recognition');
  const found = [...matters].flatMap((matter) => linesOf({ ...inputs, matter }, figures, today, calendar));
  const byLine = new Map(found.map((deadline) => [`${deadline.label}/${deadline.day}`, deadline]));
  return [...byLine.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The nearest that still runs; null: none is known. */
export function nearestDeadline(deadlines: readonly RunningDeadline[]): string | null {
  return deadlines.find(({ daysLeft }) => daysLeft >= 0)?.day ?? null;
}

/** What a stored state of a consultation knows; nothing where there is none. */
export function knownOf(state: unknown): readonly Fact[] {
  return (state as { readonly known?: readonly Fact[] } | null)?.known ?? [];
}

function isAboutWages(known: readonly Fact[], question: string): boolean {
  return (
    /工资|工钱|加班|经济补偿|补偿金|赔偿金|劳动合同|双倍|年休假|辞退|开除/.test(question) ||
    known.some(({ id }) => id === 'owed' || id === 'owed-months')
  );
}

function linesOf(inputs: Inputs, figures: Figures, today: string, calendar?: WorkingCalendar): RunningDeadline[] {
  const given = { ...inputs, demandDate: null, informed: 'unknown' };
  const result = runCalculator('deadlines', given, figures, today, calendar);
  if (result.kind !== 'result') return [];
  const input = DEADLINE_MATTERS.find(({ value }) => value === inputs['matter'])?.from ?? '';
  return result.lines.flatMap((line: Line): RunningDeadline[] => {
    const [source] = line.cites;
    if (line.date === null || EMPLOYERS.test(line.id) || !source) return [];
    return [
      {
        label: line.label,
        day: line.date,
        daysLeft: daysUntil(line.date, today),
        source: `${source.law}${source.article}`,
        from: `${FROM_LABELS[input] ?? ''} ${String(inputs[input] ?? '')}`.trim(),
      },
    ];
  });
}

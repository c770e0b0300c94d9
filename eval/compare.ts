import { readFileSync, existsSync } from 'node:fs';
import { z } from 'zod';
import { BaimiError } from '../src/domain/errors.js';
import type { AnswerCaseResult } from './answers.js';

/** What a comparison looks at of a case. No text: a baseline is committed, and the questions are other people's. */
const caseOutcome = z.object({
  id: z.string(),
  expected: z.enum(['answer', 'clarify', 'handoff']),
  behaviour: z.enum(['answer', 'clarify', 'handoff']),
  kind: z.string(),
  reason: z.string().nullable(),
  cited: z.array(z.string()),
  citesGold: z.boolean(),
  figuresWanted: z.number().int(),
  figuresSaid: z.number().int(),
  unsupported: z.array(z.string()),
});
export type CaseOutcome = z.infer<typeof caseOutcome>;

/** A case that fares otherwise in the second run. */
export interface CaseChange {
  readonly id: string;
  readonly what: 'behaviour' | 'cites-gold' | 'figures' | 'unsupported' | 'missing';
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly cases: number;
  readonly better: readonly CaseChange[];
  readonly worse: readonly CaseChange[];
}

export function outcomeOf(result: AnswerCaseResult): CaseOutcome {
  return caseOutcome.parse(result);
}

/** Compares two runs case by case: what was right and no longer is, and the other way round. */
export function compareRuns(before: readonly CaseOutcome[], after: readonly CaseOutcome[]): Comparison {
  const later = new Map(after.map((outcome) => [outcome.id, outcome]));
  const better: CaseChange[] = [];
  const worse: CaseChange[] = [];
  for (const one of before) {
    const other = later.get(one.id);
    if (!other) {
      worse.push({ id: one.id, what: 'missing', before: one.behaviour, after: '没有作答' });
      continue;
    }
    const change = (what: CaseChange['what'], was: number, is: number, from: string, to: string): void => {
      if (was === is) return;
      (is > was ? better : worse).push({ id: one.id, what, before: from, after: to });
    };
    const right = (outcome: CaseOutcome): number => Number(outcome.behaviour === outcome.expected);
    const told = ({ kind, reason }: CaseOutcome): string => (reason === null ? kind : `${kind}（${reason}）`);
    change('behaviour', right(one), right(other), told(one), told(other));
    if (one.behaviour === 'answer' && other.behaviour === 'answer' && one.expected === 'answer') {
      change('cites-gold', Number(one.citesGold), Number(other.citesGold), one.cited.join('、'), other.cited.join('、'));
      change(
        'figures',
        one.figuresSaid,
        other.figuresSaid,
        `${String(one.figuresSaid)}/${String(one.figuresWanted)}`,
        `${String(other.figuresSaid)}/${String(other.figuresWanted)}`,
      );
    }
    change('unsupported', -one.unsupported.length, -other.unsupported.length, one.unsupported.join('、'), other.unsupported.join('、'));
  }
  return { cases: before.length, better, worse };
}

/** Reads the outcomes of a run, as `eval answers --out` writes them. @throws BaimiError `bad-request` */
export function readOutcomes(file: string): CaseOutcome[] {
  if (!existsSync(file)) throw new BaimiError('bad-request', `没有 ${file}。怎么改：先用 baimi eval answers --out 写出一次结果`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      try {
        return caseOutcome.parse(JSON.parse(line));
      } catch (cause) {
        throw new BaimiError('bad-request', `${file}:${String(at + 1)}: 不是 eval answers --out 写出的一行。怎么改：重新写出`, { cause });
      }
    });
}

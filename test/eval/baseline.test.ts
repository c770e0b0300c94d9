import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAnswerCases } from '../../eval/answers.js';
import { readConsultCases } from '../../eval/cases.js';
import { compareRuns, outcomeOf, readOutcomes, type CaseOutcome } from '../../eval/compare.js';
import { answeringAll } from '../../eval/fit.js';
import { TODAY, shippedConsultation } from '../support/consult-for-tests.js';

const cases = resolve(import.meta.dirname, '../../../shared/eval/consult-dev.jsonl');
const baseline = resolve(import.meta.dirname, '../../eval/baseline.jsonl');

describe('the answers to labelled questions', () => {
  it.skipIf(!existsSync(cases))('are nowhere worse than the committed baseline (../shared/eval)', { timeout: 120_000 }, () => {
    const { consult, withModels, models, library } = shippedConsultation();
    const now = runAnswerCases(consult, withModels(answeringAll(models)), library, readConsultCases(cases), TODAY).map(outcomeOf);
    const before = readOutcomes(baseline);
    expect(before.length).toBe(now.length);
    const { worse } = compareRuns(before, now);
    expect(worse, 'look at each; where the change is right, `baimi eval compare --write-baseline`').toEqual([]);
  });
});

describe('comparing two runs', () => {
  const right: CaseOutcome = {
    id: 'a',
    expected: 'answer',
    behaviour: 'answer',
    kind: 'cited',
    reason: null,
    cited: ['甲法#第一条'],
    citesGold: true,
    figuresWanted: 2,
    figuresSaid: 2,
    unsupported: [],
  };

  it('finds nothing where nothing has changed, or only what does not count', () => {
    expect(compareRuns([right], [{ ...right, cited: ['甲法#第一条', '乙法#第二条'] }])).toEqual({ cases: 1, better: [], worse: [] });
  });

  it.each([
    ['behaviour', { behaviour: 'handoff', kind: 'handoff', reason: 'not-confident' }],
    ['cites-gold', { citesGold: false }],
    ['figures', { figuresSaid: 1 }],
    ['unsupported', { unsupported: ['8个月'] }],
  ] as const)('names the case and what is worse or better: %s', (what, change) => {
    const changed: CaseOutcome = { ...right, ...change, unsupported: [...('unsupported' in change ? change.unsupported : [])] };
    expect(compareRuns([right], [changed]).worse).toMatchObject([{ id: 'a', what }]);
    expect(compareRuns([changed], [right]).better).toMatchObject([{ id: 'a', what }]);
  });

  it('names a case that is no longer there', () => {
    expect(compareRuns([right], []).worse).toMatchObject([{ id: 'a', what: 'missing' }]);
  });
});

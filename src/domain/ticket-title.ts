import type { IntakeBrief } from './views.js';

const TITLE_LENGTH = 60;

/** The latest line of the question. The brief is masked already, so is its title. */
export function titleOf({ question }: Pick<IntakeBrief, 'question'>): string {
  const lines = question.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? '').slice(0, TITLE_LENGTH);
}

import type { Answer, CitedAnswer, ServiceAnswer } from '../../domain/answer.js';

type AddedToCited = 'deadlines' | 'evidence' | 'further' | 'guide' | 'furtherCitations' | 'calculation' | 'ask' | 'alsoHandoff';
const CITED: Pick<CitedAnswer, AddedToCited> = {
  deadlines: [],
  evidence: [],
  further: [],
  guide: null,
  furtherCitations: [],
  calculation: null,
  ask: null,
  alsoHandoff: null,
};
const SERVICE: Pick<ServiceAnswer, 'sections' | 'alsoHandoff'> = { sections: [], alsoHandoff: null };

/** A stored answer with what has been added to answers since it was stored: a thread can be older than the program. */
export function completeAnswer(answer: Answer): Answer {
  if (answer.kind === 'cited') return { ...CITED, ...answer };
  return answer.kind === 'service' ? { ...SERVICE, ...answer } : answer;
}

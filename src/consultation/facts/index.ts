export { correctFact } from './correct.js';
export { factOf, type Fact, type FactId, type FactValue } from './fact.js';
export { carryOver, describeFacts, mergeFacts, type FactCorrection, type MergedFacts } from './merge-facts.js';
export { readFacts } from './read-facts.js';

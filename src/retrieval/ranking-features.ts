/**
 * What the learned ranker looks at, by candidate; the order is the order in the trained trees.
 * text … askSum: parts of the search (see `SearchWeights`), `characters` single characters only, `synonym` the statute's
 * words for what the question says, `title` the law's title,
 * `askSum` the sum of cubed cosines over ways of asking; learned…: the same over training questions; uses, lawUses: how often
 * experts chose the provision and its law (logarithm); lawText, lawDense: how much of the best is in the same law;
 * neighbour…: best of the two provisions before and after in the library's order, if of the same law; …Share: share of the best score; …Rank: place in that part;
 * top…: the best score of the question; the rest describes provision and question.
 */
export const RANKING_FEATURES = [
  'text',
  'characters',
  'synonym',
  'title',
  'ask',
  'askPool',
  'askDense',
  'askSum',
  'learnedPool',
  'learnedDense',
  'learnedSum',
  'dense',
  'uses',
  'lawUses',
  'lawText',
  'lawDense',
  'neighbourText',
  'neighbourDense',
  'textShare',
  'denseShare',
  'textRank',
  'denseRank',
  'topText',
  'topDense',
  'topAsk',
  'topLearned',
  'length',
  'level',
  'exact',
  'questionLength',
] as const;

export type RankingFeature = (typeof RANKING_FEATURES)[number];

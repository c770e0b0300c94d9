import { storedText } from '../shared/stored-text.js';

/** What stands in the composer, so that a reload does not lose it. */
export const draft = storedText(() => window.localStorage, 'baimi-draft');

import { join } from 'node:path';
import { createCuratedStore } from '../../src/adapters/database/curated-store.js';
import { createFeedbackStore } from '../../src/adapters/database/feedback-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { learningStoresContract } from '../contracts/learning-stores.contract.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
let files = 0;

learningStoresContract('SQLite', async () => {
  const db = await openDatabase(join(folder, `${String(files++)}.db`));
  return { messages: createMessageStore(db), feedback: createFeedbackStore(db), curated: createCuratedStore(db) };
});

import type { MessagingWork } from '../ports.js';
import { exportText } from './my-data-text.js';

/** Everything that is kept of a person, in every conversation of theirs, as a text to be read. */
export async function myExport({ personal }: Pick<MessagingWork, 'personal'>, conversationId: string, at: number): Promise<string> {
  const kept = await Promise.all((await personal.conversationsOf(conversationId)).map((id) => personal.kept(id)));
  return exportText(kept, at);
}

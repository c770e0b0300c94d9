import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCannedReplies } from '../../knowledge/parse-canned-replies.js';

/** The replies that the pack brings along; none where it has no such file. @throws BaimiError `bad-knowledge` */
export function readCannedReplies(folder: string): ReturnType<typeof parseCannedReplies> {
  const path = join(folder, 'canned-replies.yaml');
  return existsSync(path) ? parseCannedReplies('canned-replies.yaml', readFileSync(path, 'utf8')) : [];
}

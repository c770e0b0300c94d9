import type { Clearance } from '../../domain/access.js';
import { BaimiError } from '../../domain/errors.js';
import { unknownVariables } from '../../domain/reply-variables.js';
import type { CannedReplies, CannedReply, CannedStore, NewCannedReply } from './ports.js';

/** Versions that are kept of a reply. */
const MOST_VERSIONS = 20;

export interface CannedDeps {
  readonly store: CannedStore;
  /** Those of the pack; one that was changed or removed is kept in the store under the same id. */
  readonly pack: readonly Pick<CannedReply, 'id' | 'title' | 'text' | 'topic'>[];
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Replies written once for many. Everybody has their own; the shared ones are edited by lawyers and the officer. */
export function createCannedReplies({ store, pack, newId, now }: CannedDeps): CannedReplies {
  const all = async (): Promise<CannedReply[]> => {
    const [stored, removed] = [await store.all(), await store.removed()];
    const known = new Set([...stored.map(({ id }) => id), ...removed]);
    const shipped = pack
      .map((reply): CannedReply => ({ ...reply, id: `pack-${reply.id}`, owner: null, updatedBy: null, updatedAt: 0, history: [] }))
      .filter(({ id }) => !known.has(id));
    return [...shipped, ...stored];
  };
  const mayEdit: CannedReplies['mayEdit'] = (by, { owner }) =>
    owner === null ? by.roles.includes('officer') || by.roles.includes('lawyer') : owner === by.id;
  /** One that somebody may see. @throws BaimiError */
  const seen = async (by: Clearance, id: string): Promise<CannedReply> => {
    const found = (await all()).find((reply) => reply.id === id && (reply.owner === null || reply.owner === by.id));
    if (!found) throw new BaimiError('not-found', '没有这条常用语，可能刚被删掉。请刷新列表。');
    return found;
  };
  const editable = async (by: Clearance, id: string): Promise<CannedReply> => {
    const found = await seen(by, id);
    if (!mayEdit(by, found)) throw sharedForbidden();
    return found;
  };

  return {
    mayEdit,
    list: async (staffId) => (await all()).filter(({ owner }) => owner === null || owner === staffId),
    history: async (by, id) => (await seen(by, id)).history,
    async save(by, wanted: NewCannedReply) {
      const unknown = unknownVariables(wanted.text);
      if (unknown.length > 0) {
        throw new BaimiError(
          'bad-request',
          `花括号里的${unknown.join('、')}不认识。能用的有：{称呼}{我的名字}{工单号}{服务点}{服务点电话}{今天}`,
        );
      }
      const found = wanted.id === undefined ? null : await seen(by, wanted.id);
      // a shared one that is kept for oneself is a copy: the others keep theirs
      const before = found && (found.owner !== null || wanted.shared) ? found : null;
      if (before && !mayEdit(by, before)) throw sharedForbidden();
      const owner = wanted.shared ? null : by.id;
      if (!mayEdit(by, { owner })) throw sharedForbidden();
      const at = now();
      const version = before && { title: before.title, text: before.text, replacedBy: by.id, replacedAt: at };
      const reply: CannedReply = {
        id: before?.id ?? newId(),
        title: wanted.title,
        text: wanted.text,
        topic: wanted.topic,
        owner,
        updatedBy: by.id,
        updatedAt: at,
        history: [...(version ? [version] : []), ...(before?.history ?? [])].slice(0, MOST_VERSIONS),
      };
      await store.put(reply);
      return reply;
    },
    async remove(by, id) {
      await store.remove(await editable(by, id), now());
    },
  };
}

function sharedForbidden(): BaimiError {
  return new BaimiError('forbidden', '大家共用的常用语由律师和值班负责人改。您可以存成自己的。');
}

import { BaimiError } from '../../domain/errors.js';
import type { AttachmentLimits } from '../../domain/desk-views.js';
import type { AttachmentFiles, AttachmentStore, Attachments, NewAttachment, StoredAttachment } from './ports.js';

export const ATTACHMENT_LIMITS: AttachmentLimits = { mostBytes: 10 * 2 ** 20, mostFiles: 30, mostBytesTogether: 50 * 2 ** 20 };

const NAME_LENGTH = 80;

export interface AttachmentDeps {
  readonly store: AttachmentStore;
  readonly files: AttachmentFiles;
  readonly limits?: AttachmentLimits | undefined;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Files of a conversation: the bytes are kept first, then the line about them; what is refused leaves nothing behind. */
export function createAttachments({ store, files, limits = ATTACHMENT_LIMITS, newId, now }: AttachmentDeps): Attachments {
  const add = async ({ conversationId, staffId, name, content }: NewAttachment): Promise<StoredAttachment> => {
    const id = newId();
    const kept = await files.keep(id, content, limits.mostBytes);
    const file: StoredAttachment = { id, conversationId, staffId, name: safeName(name, kept.type), at: now(), ...kept };
    const refusal = await store.add(file, limits).catch(async (error: unknown) => {
      await files.remove(id);
      throw error;
    });
    if (refusal === null) return file;
    await files.remove(id);
    throw new BaimiError(
      'bad-request',
      refusal === 'too-many'
        ? `一次咨询最多传 ${String(limits.mostFiles)} 个文件，已经满了。还有要给律师看的，可以当面带来。`
        : `一次咨询的文件加起来最多 ${String(Math.floor(limits.mostBytesTogether / 2 ** 20))} MB，放不下这个了。可以拍得小一点再传。`,
    );
  };
  return {
    add,
    async addFromCitizen(file, receive) {
      const kept = await add({ ...file, staffId: null });
      await store.setMessage(kept.id, await receive(`attachment:${kept.id}`, kept));
      return kept;
    },
    of: (conversationId) => store.of(conversationId),
    byId: (id) => store.byId(id),
    open: (id) => files.open(id),
  };
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** A name without folders, control and direction marks, or an ending that its content is not. */
export function safeName(name: string, type: string): string {
  const ending = ENDINGS[type] ?? 'bin';
  const bare = (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"|?*]/gu, '')
    .replace(/\.[^.]{0,10}$/, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = Array.from(bare).slice(0, NAME_LENGTH).join('');
  return `${short === '' ? '文件' : short}.${ending}`;
}

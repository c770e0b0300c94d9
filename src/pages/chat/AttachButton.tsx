import { useRef, useState } from 'react';
import { failureText, postFile } from '../shared/request.js';
import { ClipIcon } from './icons.js';

/** Kinds that the server takes; it looks at the content itself. */
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,application/pdf,.docx,.xlsx,.pptx,.amr,.mp3';
const MOST_BYTES = 10 * 2 ** 20;

/** Photographs and papers for the lawyer; what was put up appears in the conversation. */
export function AttachButton({ onFailure }: { readonly onFailure: (text: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  const send = async (file: File): Promise<void> => {
    if (file.size > MOST_BYTES) {
      onFailure('文件太大了，一个最大 10 MB。可以拍得小一点，或者分开传。');
      return;
    }
    onFailure(null);
    setBusy(true);
    try {
      await postFile('/api/chat/attachments', file);
    } catch (error) {
      onFailure(failureText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <input
        ref={field}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="attach-field"
        accept={ACCEPTED}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // the same file again is a change again
          if (file) void send(file);
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="button composer-attach"
        data-testid="attach"
        aria-label={busy ? '正在传' : '传照片、文件给律师'}
        aria-busy={busy}
        disabled={busy}
        onClick={() => field.current?.click()}
      >
        <ClipIcon />
      </button>
    </>
  );
}

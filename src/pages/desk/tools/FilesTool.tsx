import { useRef, useState } from 'react';
import type { AttachmentView } from '../../../domain/desk-views.js';
import { failureText } from '../../shared/request.js';
import { momentText } from '../../shared/times.js';
import { Dialog } from '../dialogs/Dialog.js';
import { FormFailure } from '../FormFailure.js';
import type { ToolProps } from './tool.js';
import { attachmentAddress, imageAddress, toolRequests } from './tool-requests.js';

const ACCEPT = '.jpg,.jpeg,.png,.webp,.gif,.pdf,.docx,.xlsx,.amr,.mp3,image/*';

/** "312 KB", "2.4 MB". */
function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${String(Math.max(1, Math.round(bytes / 1000)))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Papers and photos of the case, from both sides. */
export function FilesTool({ client, ticket: { number }, extras, refresh }: ToolProps) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<AttachmentView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const upload = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      for (const file of files) await toolRequests.upload(client, number, file);
    } catch (error) {
      setFailure(failureText(error));
    }
    if (input.current !== null) input.current.value = '';
    setBusy(false);
    refresh();
  };
  const files = extras?.attachments ?? [];
  return (
    <div className="files">
      {files.length === 0 && <p className="tool-about">还没有附件。</p>}
      <ul className="file-list">
        {files.map((file) => {
          const isImage = file.type.startsWith('image/');
          return (
            <li key={file.id} className="file" data-testid="attachment">
              <span className="file-name">{file.name}</span>
              <span className="file-about">
                {file.by ?? '当事人'} · {momentText(file.at, Date.now())} · {sizeText(file.size)}
              </span>
              <span className="file-actions">
                {isImage && (
                  <button
                    type="button"
                    className="text-button"
                    data-testid="attachment-view"
                    onClick={() => {
                      setShown(file);
                    }}
                  >
                    看图
                  </button>
                )}
                <a className="text-button" href={attachmentAddress(number, file.id)} download={file.name} data-testid="attachment-download">
                  下载
                </a>
              </span>
            </li>
          );
        })}
      </ul>
      <FormFailure text={failure} />
      <label className={`button button-plain file-pick ${busy ? 'file-busy' : ''}`}>
        {busy ? '正在上传…' : '上传文件'}
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          accept={ACCEPT}
          disabled={busy}
          data-testid="attachment-upload"
          onChange={(event) => void upload([...(event.target.files ?? [])])}
        />
      </label>
      <p className="tool-about">图片、PDF、Word、Excel、录音，每个不超过 10 MB。</p>
      {shown !== null && (
        <Dialog
          title={shown.name}
          look="wide"
          onClose={() => {
            setShown(null);
          }}
        >
          <img className="file-image" src={imageAddress(number, shown.id)} alt={shown.name} data-testid="attachment-image" />
        </Dialog>
      )}
    </div>
  );
}

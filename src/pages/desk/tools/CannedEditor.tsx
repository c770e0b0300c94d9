import { useId, useState } from 'react';
import type { CannedReplyView } from '../../../domain/desk-views.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { VARIABLES } from './variables.js';
import { toolRequests } from './tool-requests.js';

interface Props {
  readonly client: DeskClient;
  /** Null: a new one. */
  readonly reply: CannedReplyView | null;
  /** The ticket's: a new one is for it. */
  readonly topic: string | null;
  readonly onDone: () => void;
}

/** Changes a canned reply, or makes one. */
export function CannedEditor({ client, reply, topic, onDone }: Props) {
  const id = useId();
  const [title, setTitle] = useState(reply?.title ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [shared, setShared] = useState(reply?.shared ?? false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      onDone();
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  const save = (): Promise<void> => {
    if (title.trim() === '' || text.trim() === '') {
      setFailure('请写上标题和内容。');
      return Promise.resolve();
    }
    const draft = { title: title.trim(), text: text.trim(), topic: reply === null ? topic : reply.topic, shared };
    return act(() => toolRequests.saveCanned(client, reply === null ? draft : { id: reply.id, ...draft }));
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h4>{reply === null ? '新的常用语' : '修改常用语'}</h4>
      <div className="field">
        <label htmlFor={`${id}-title`}>标题</label>
        <input
          id={`${id}-title`}
          data-testid="canned-title"
          value={title}
          maxLength={40}
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-text`}>内容</label>
        <textarea
          id={`${id}-text`}
          rows={6}
          data-testid="canned-text"
          value={text}
          maxLength={2000}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <p id={`${id}-hint`}>会自动填上的：{VARIABLES.map((name) => `{${name}}`).join(' ')}</p>
      </div>
      <label className="check">
        <input
          type="checkbox"
          data-testid="canned-shared"
          checked={shared}
          onChange={(event) => {
            setShared(event.target.checked);
          }}
        />
        大家都能用
      </label>
      <FormFailure text={failure} />
      <div className="dialog-row">
        {reply !== null && (
          <button
            type="button"
            className="text-button canned-remove"
            data-testid="canned-remove"
            disabled={busy}
            onClick={() => void act(() => toolRequests.removeCanned(client, reply.id))}
          >
            删掉
          </button>
        )}
        <button type="button" className="button button-plain" disabled={busy} onClick={onDone}>
          取消
        </button>
        <button type="submit" className="button button-primary" data-testid="canned-save" disabled={busy}>
          保存
        </button>
      </div>
    </form>
  );
}

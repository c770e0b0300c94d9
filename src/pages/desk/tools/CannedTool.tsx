import { useCallback, useState } from 'react';
import type { CannedReplyView } from '../../../domain/desk-views.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { CannedEditor } from './CannedEditor.js';
import type { ToolProps } from './tool.js';
import { toolRequests } from './tool-requests.js';

type Editing = CannedReplyView | 'new' | null;

/** Replies kept for often, one's own and everybody's; those of the ticket's topic first. */
export function CannedTool({ client, ticket, insert }: ToolProps) {
  const { number } = ticket;
  const { value, failure, refresh } = useLoaded(useCallback(() => toolRequests.canned(client, number), [client, number]));
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<Editing>(null);
  const wanted = words.trim();
  const shown = (value ?? [])
    .filter(({ title, text }) => wanted === '' || title.includes(wanted) || text.includes(wanted))
    .sort((a, b) => Number(b.topic === ticket.brief.topic) - Number(a.topic === ticket.brief.topic) || Number(a.shared) - Number(b.shared));

  if (editing !== null) {
    return (
      <CannedEditor
        client={client}
        reply={editing === 'new' ? null : editing}
        topic={ticket.brief.topic}
        onDone={() => {
          setEditing(null);
          refresh();
        }}
      />
    );
  }
  return (
    <div className="canned">
      <input
        type="search"
        className="tool-search"
        aria-label="找常用语"
        placeholder="找常用语"
        data-testid="canned-search"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      <FormFailure text={failure} />
      {value !== null && shown.length === 0 && <p className="tool-about">没有这样的常用语。</p>}
      <ul className="canned-list">
        {shown.map((reply) => (
          <li key={reply.id} className="canned-item" data-testid="canned">
            <button
              type="button"
              className="canned-insert"
              data-testid="canned-insert"
              disabled={insert === null}
              onClick={() => insert?.(reply.filled ?? reply.text)}
            >
              <b>{reply.title}</b>
              <span>{reply.filled ?? reply.text}</span>
            </button>
            <span className="canned-foot">
              <span>{reply.shared ? '大家的' : '我的'}</span>
              {reply.mayEdit && (
                <button
                  type="button"
                  className="text-button"
                  data-testid="canned-edit"
                  aria-label={`修改“${reply.title}”`}
                  onClick={() => {
                    setEditing(reply);
                  }}
                >
                  修改
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="text-button"
        data-testid="canned-new"
        onClick={() => {
          setEditing('new');
        }}
      >
        ＋ 新的常用语
      </button>
    </div>
  );
}

import { useEffect, useState } from 'react';
import type { DraftView } from '../../../domain/desk-views.js';
import { failureText } from '../../shared/request.js';
import { FormFailure } from '../FormFailure.js';
import type { ToolProps } from './tool.js';
import { toolRequests } from './tool-requests.js';

const BY: Readonly<Record<DraftView['by'], string>> = { rules: '由规则和条文写成', model: '由语言模型写成，已逐句核对' };

/** A suggested reply: to be read, changed and sent by a person, never by itself. */
export function DraftTool({ client, ticket: { number }, insert }: ToolProps) {
  const [draft, setDraft] = useState<DraftView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    toolRequests.draft(client, number).then(
      (read) => {
        if (current) setDraft(read);
      },
      (error: unknown) => {
        if (current) setFailure(failureText(error));
      },
    );
    return () => {
      current = false;
    };
  }, [client, number, turn]);

  return (
    <div className="draft">
      <FormFailure text={failure} />
      {draft === null && failure === null && <p className="tool-about">正在起草…</p>}
      {failure !== null && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setFailure(null);
            setTurn(turn + 1);
          }}
        >
          再试一次
        </button>
      )}
      {draft !== null && (
        <>
          <p className="draft-mark">
            <span className="badge badge-amber">草稿</span> {BY[draft.by]}，请看过、改过再发。
          </p>
          {draft.warnings.length > 0 && (
            <ul className="draft-warnings" aria-label="发之前请看">
              {draft.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
          <p className="draft-text lines" data-testid="draft-text">
            {draft.text}
          </p>
          {draft.citations.length > 0 && (
            <>
              <h4>依据</h4>
              <ul className="draft-citations">
                {draft.citations.map(({ law, article, plain, verified }) => (
                  <li key={`${law}${article}`}>
                    <b>
                      《{law}》{article}
                    </b>
                    {!verified && <span className="badge badge-amber">待核实</span>}
                    <span className="lines">{plain}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {insert === null ? (
            <p className="tool-about">领取以后可以放进回复里改。</p>
          ) : (
            <button
              type="button"
              className="button button-quiet"
              data-testid="draft-insert"
              onClick={() => {
                insert(draft.text);
              }}
            >
              放进回复里改
            </button>
          )}
        </>
      )}
    </div>
  );
}

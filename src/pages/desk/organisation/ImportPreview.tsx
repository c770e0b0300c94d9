import type { ImportedView, ImportView } from '../../../domain/organisation-views.js';

const MOST_LISTED = 30;

interface Props {
  readonly view: ImportView;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}

/** What a table would change, or has changed, or what is wrong with it, line by line. */
export function ImportPreview({ view, busy, onConfirm }: Props) {
  if (view.problems.length > 0) {
    return (
      <div role="alert" data-testid="import-problems">
        <p className="failure">有 {view.problems.length} 处要改，什么也没有存：</p>
        <ol className="import-problems">
          {view.problems.map(({ line, text }, index) => (
            <li key={index}>
              {line === null ? '' : `第 ${String(line)} 行：`}
              {text}
            </li>
          ))}
        </ol>
      </div>
    );
  }
  const nothing = view.added.length + view.changed.length + view.deactivated.length === 0;
  return (
    <div className="import-preview" data-testid="import-preview">
      <p>
        <strong>{view.dry ? '会' : '已经'}</strong>新增 {view.added.length}，修改 {view.changed.length}，停用 {view.deactivated.length}
        ，不变 {view.unchanged}。
      </p>
      <Changes verb="新增" list={view.added} />
      <Changes verb="修改" list={view.changed} />
      <Changes verb="停用" list={view.deactivated} />
      {view.dry && !nothing && (
        <button type="button" className="button button-primary" data-testid="import-confirm" disabled={busy} onClick={onConfirm}>
          确定，收进来
        </button>
      )}
      {view.passwords.length > 0 && (
        <div className="import-passwords" data-testid="import-passwords">
          <p>新账号的一次性密码，只显示这一次，请抄好发给本人：</p>
          <ul>
            {view.passwords.map(({ login, name, password }) => (
              <li key={login}>
                {name}（{login}）：<code>{password}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Changes({ verb, list }: { readonly verb: string; readonly list: readonly ImportedView[] }) {
  if (list.length === 0) return null;
  return (
    <details>
      <summary>
        {verb} {list.length} 个
      </summary>
      <ul>
        {list.slice(0, MOST_LISTED).map(({ id, name, fields }) => (
          <li key={id}>
            {id} {name}
            {fields.length > 0 && `（${fields.join('、')}）`}
          </li>
        ))}
        {list.length > MOST_LISTED && <li>还有 {list.length - MOST_LISTED} 个</li>}
      </ul>
    </details>
  );
}

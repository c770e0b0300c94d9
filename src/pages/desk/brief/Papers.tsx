import type { PaperState } from '../../../domain/desk-views.js';

/** Papers that the case needs: what the person holds, what is missing, what nobody has asked about. */
export function Papers({ papers }: { readonly papers: readonly PaperState[] }) {
  const groups = [
    { title: '手里有', mark: '✓', papers: papers.filter(({ held }) => held === true) },
    { title: '还缺', mark: '✗', papers: papers.filter(({ held }) => held === false) },
    { title: '没问过', mark: '？', papers: papers.filter(({ held }) => held === null) },
  ].filter((group) => group.papers.length > 0);
  if (groups.length === 0) return null;
  return (
    <div className="papers" data-testid="paper-states">
      <dt>材料</dt>
      <dd>
        {groups.map(({ title, mark, papers: some }) => (
          <div key={title}>
            <b>
              <span aria-hidden="true">{mark} </span>
              {title}
            </b>
            <ul>
              {some.map(({ name }) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </div>
        ))}
      </dd>
    </div>
  );
}

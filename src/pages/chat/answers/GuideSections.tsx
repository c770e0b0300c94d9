import type { AnswerGuide } from '../../../domain/answer.js';
import { StatementList } from './StatementList.js';

interface Props {
  readonly title: string;
  readonly sections: readonly Omit<AnswerGuide['sections'][number], 'asked'>[];
}

/** The parts of a procedure, each to be opened. */
export function GuideSections({ title, sections }: Props) {
  if (sections.length === 0) return null;
  return (
    <section className="guide">
      <h3>
        {title}
        <span className="section-hint">点开看内容</span>
      </h3>
      <div className="fold-list">
        {sections.map((section) => (
          <details key={section.title} className="fold" data-testid="guide-section">
            <summary>
              <span className="fold-name">{section.title}</span>
              <span className="fold-chevron" aria-hidden="true" />
            </summary>
            <div className="fold-body">
              <StatementList title={null} lines={section.lines} />
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}

import { useId, useState } from 'react';
import type { MoreOfAnswer as More } from './arrange-answer.js';
import { Caveats } from './Caveats.js';
import { GuideSections } from './GuideSections.js';
import { StatementList } from './StatementList.js';

interface Props {
  readonly more: More;
  readonly guideTitle: string;
}

/** What is behind the button, by name. */
function contents({ points, evidence, further, sections, caveats }: More, guideTitle: string): string[] {
  return [
    ...(points.length > 0 ? ['其余依据'] : []),
    ...(evidence.length > 0 ? ['证据'] : []),
    ...(further.length > 0 ? ['还要知道'] : []),
    ...(sections.length > 0 ? [guideTitle] : []),
    ...(caveats.length > 0 ? ['请注意'] : []),
  ];
}

/** What does not fit the first sight of an answer, behind one button; caveats alone need none. */
export function MoreOfAnswer({ more, guideTitle }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { points, evidence, further, sections, caveats } = more;
  const inside = contents(more, guideTitle);
  if (inside.every((name) => name === '请注意')) return <Caveats caveats={caveats} />;
  return (
    <>
      <button
        type="button"
        className="button button-quiet show-all"
        data-testid="show-all"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <span className="show-all-name">{open ? '收起' : '展开全部'}</span>
        {!open && <small>{inside.join(' · ')}</small>}
      </button>
      {/* stays in the page, so that it can be printed */}
      <div id={id} className="more" data-testid="more" hidden={!open}>
        <StatementList title="其余依据" lines={points} />
        <StatementList title="留好这些证据" lines={evidence} className="bulleted" />
        <StatementList title="还要知道" lines={further} />
        <GuideSections title={`怎么办：${guideTitle}`} sections={sections} />
        <Caveats caveats={caveats} />
      </div>
    </>
  );
}

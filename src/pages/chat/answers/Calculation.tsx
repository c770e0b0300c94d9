import { Rest } from './Rest.js';
import { Statement } from './Statement.js';

/** A sum or a last day: what the person looks for first. */
const RESULT = /((?:每月)?[\d,.]+万?元(?:至[\d,.]+万?元)?|\d{4}年\d{1,2}月\d{1,2}日)/;
/** What a line is about, before its colon. */
const ITEM = /^([^：。，]{2,28})：([\s\S]+)$/;

/** Lines at first sight. */
const FIRST_LINES = 4;
const FIRST_LINES_BESIDE = 2;

interface HeadlineProps {
  readonly text: string;
  /** The sum is the answer; false: it stands beside one. */
  readonly alone: boolean;
}

/** What it comes to, large. */
export function CalculationHeadline({ text, alone }: HeadlineProps) {
  const Element = alone ? 'h2' : 'p';
  const parts = text.replace(/。$/, '').split(RESULT);
  return (
    <Element className="calculation-headline lines">
      {parts.map((part, index) =>
        // split with a group: every other part is a result
        index % 2 === 1 ? (
          <strong key={`${String(index)}${part}`} className="calculation-result">
            {part}
          </strong>
        ) : (
          part
        ),
      )}
    </Element>
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly alone: boolean;
}

/** How it comes about, item by item; a long reckoning is opened. */
export function CalculationLines({ lines, alone }: LinesProps) {
  const first = alone ? FIRST_LINES : FIRST_LINES_BESIDE;
  return (
    <>
      <Items lines={lines.slice(0, first)} />
      <Rest name="还有" count={lines.length - first}>
        <Items lines={lines.slice(first)} />
      </Rest>
    </>
  );
}

function Items({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="calculation-lines">
      {lines.map((line) => {
        const [, item, how] = ITEM.exec(line) ?? [];
        return (
          <li key={line} className="lines">
            {item !== undefined && <b className="calculation-item">{item}</b>}
            <Statement text={how ?? line} />
          </li>
        );
      })}
    </ul>
  );
}

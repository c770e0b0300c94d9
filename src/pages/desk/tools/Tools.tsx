import type { TicketExtras } from '../../../domain/desk-views.js';
import { Dialog } from '../dialogs/Dialog.js';
import { TOOL_NAMES, TOOLS, type Tool, type ToolProps } from './tool.js';
import { ToolPanel } from './ToolPanel.js';

interface Props extends ToolProps {
  /** Null: none is open. */
  readonly tool: Tool | null;
  readonly onTool: (tool: Tool | null) => void;
}

function countOf(tool: Tool, extras: TicketExtras | null): number {
  if (extras === null) return 0;
  return tool === 'notes' ? extras.notes.length : tool === 'files' ? extras.attachments.length : 0;
}

function ToolButtons({ tool, extras, onTool }: Pick<Props, 'tool' | 'extras' | 'onTool'>) {
  return (
    <div className="tool-buttons" role="group" aria-label="办案工具">
      {TOOLS.map((one) => {
        const count = countOf(one, extras);
        return (
          <button
            key={one}
            type="button"
            className={`tool-button ${one === 'notes' ? 'tool-button-notes' : ''}`}
            data-testid={`tool-${one}`}
            aria-pressed={one === tool}
            onClick={() => {
              onTool(one);
            }}
          >
            {TOOL_NAMES[one]}
            {count > 0 && ` ${String(count)}`}
          </button>
        );
      })}
    </div>
  );
}

/** The tools beside a ticket, on a wide screen. */
export function ToolColumn(props: Props) {
  const tool = props.tool ?? 'provisions';
  return (
    <aside className="panel tools" aria-label="办案工具">
      <ToolButtons {...props} tool={tool} />
      <div className="tool-body" data-testid="tool-body" data-tool={tool}>
        <ToolPanel {...props} tool={tool} />
      </div>
    </aside>
  );
}

/** The tools as a row of buttons, each opening a sheet: on a phone, or a narrow window. What is inserted closes it. */
export function ToolSheets(props: Props) {
  const { tool, insert, onTool } = props;
  return (
    <>
      <ToolButtons {...props} />
      {tool !== null && (
        <Dialog
          title={TOOL_NAMES[tool]}
          look="sheet"
          testId="tool-sheet"
          onClose={() => {
            onTool(null);
          }}
        >
          <div className="tool-body" data-testid="tool-body" data-tool={tool}>
            <ToolPanel
              {...props}
              tool={tool}
              insert={
                insert &&
                ((words) => {
                  insert(words);
                  onTool(null);
                })
              }
            />
          </div>
        </Dialog>
      )}
    </>
  );
}

import { Dialog } from '../dialogs/Dialog.js';

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['j 或 ↓', '下一张工单'],
  ['k 或 ↑', '上一张工单'],
  ['/', '找工单'],
  ['c', '领取'],
  ['r', '写回复'],
  ['n', '写内部备注'],
  ['d', '看建议的草稿'],
  ['p', '查法条'],
  ['Ctrl + Enter', '发送回复'],
  ['Esc', '关掉小窗口'],
  ['?', '这张表'],
];

/** What can be done without the mouse. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="快捷键" onClose={onClose} testId="shortcut-help">
      <dl className="shortcuts">
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="dialog-about">正在打字的时候，快捷键不起作用。↑ ↓ 在工单列表里用。</p>
    </Dialog>
  );
}

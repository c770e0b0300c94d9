import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Closed by its button, by Escape, or by a tap beside it. */
  readonly onClose: () => void;
  /** `sheet`: comes up from the lower edge of a phone. */
  readonly look?: 'box' | 'wide' | 'sheet';
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A window over the page. The browser keeps the focus inside, and gives it back afterwards. */
export function Dialog({ title, onClose, look = 'box', testId, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${look === 'box' ? '' : `dialog-${look}`}`}
      aria-labelledby={`${id}-title`}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="dialog-inner">
        <header className="dialog-head">
          <h2 id={`${id}-title`}>{title}</h2>
          <button type="button" className="text-button" data-testid="dialog-close" onClick={onClose}>
            关闭
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

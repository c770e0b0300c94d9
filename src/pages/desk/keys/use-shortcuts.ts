import { useEffect, useRef } from 'react';

/** Keys by what they print: "j", "/", "?". */
export type Shortcuts = Readonly<Record<string, () => void>>;

const TYPING = 'input, textarea, select, [contenteditable="true"]';

function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || (event.target instanceof Element && event.target.closest(TYPING) !== null);
}

/** Keys that do something anywhere on the desk; never while somebody types, and never under an open window. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  }, [shortcuts]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const act = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** Puts the cursor into a field that is marked with a test id, once it is there. */
export function focusField(testId: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.focus();
  });
}

import { useCallback, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { draft } from './draft.js';

export interface Draft {
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly change: (text: string) => void;
  /** Begins the correction of a fact for the person to finish; what stands in the composer is kept. */
  readonly correct: (fact: string) => void;
}

const CORRECTION = /(?:^|\n)不对，不是[^\n]*，是$/;

/** What stands in the composer; it outlives a reload. */
export function useDraft(): Draft {
  const [text, setText] = useState(draft.read);
  const field = useRef<HTMLTextAreaElement>(null);
  const change = useCallback((next: string) => {
    setText(next);
    draft.write(next);
  }, []);
  const correct = (fact: string): void => {
    // a correction that was only begun gives way to the next
    const kept = text.replace(CORRECTION, '').trimEnd();
    change(`${kept === '' ? '' : `${kept}\n`}不对，不是${fact}，是`);
    field.current?.focus();
  };
  return { text, field, change, correct };
}

import { useCallback, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { inserted } from './insert-words.js';
import { replyDraft } from './reply-draft.js';

export interface ReplyText {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Puts words in where the cursor stands, on lines of their own. */
  readonly insert: (words: string) => void;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What is being written to the citizen; the tools add to it. */
export function useReplyText(number: string): ReplyText {
  const draft = useMemo(() => replyDraft(number), [number]);
  const [text, setText] = useState(draft.read);
  const field = useRef<HTMLTextAreaElement>(null);
  const change = useCallback(
    (next: string) => {
      setText(next);
      draft.write(next);
    },
    [draft],
  );
  const insert = useCallback(
    (words: string) => {
      const element = field.current;
      const before = element?.value ?? draft.read();
      const at = element?.selectionEnd ?? before.length;
      change(inserted(before, at, words));
    },
    [change, draft],
  );
  return { text, change, insert, field };
}

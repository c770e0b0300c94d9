import { useLayoutEffect, useRef } from 'react';
import type { ComponentPropsWithoutRef, RefObject } from 'react';

type Props = ComponentPropsWithoutRef<'textarea'> & {
  readonly value: string;
  /** For who wants to put the cursor into it. */
  readonly field?: RefObject<HTMLTextAreaElement | null>;
};

/** A textarea as high as its text; its CSS max-height is the limit. */
export function GrowingTextarea({ field, ...props }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  const used = field ?? own;
  useLayoutEffect(() => {
    const element = used.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${String(element.scrollHeight + element.offsetHeight - element.clientHeight)}px`;
  }, [used, props.value]);
  return <textarea ref={used} rows={1} {...props} />;
}

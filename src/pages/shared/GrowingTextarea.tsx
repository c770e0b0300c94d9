import { useLayoutEffect, useRef } from 'react';
import type { ComponentPropsWithoutRef } from 'react';

type Props = ComponentPropsWithoutRef<'textarea'> & { readonly value: string };

/** A textarea as high as its text; its CSS max-height is the limit. */
export function GrowingTextarea(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${String(element.scrollHeight + element.offsetHeight - element.clientHeight)}px`;
  }, [props.value]);
  return <textarea ref={field} rows={1} {...props} />;
}

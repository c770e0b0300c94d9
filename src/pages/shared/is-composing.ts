import type { KeyboardEvent } from 'react';

/** Whether the key belongs to an input method that is still choosing characters (229: Safari tells it so). */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

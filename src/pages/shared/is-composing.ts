import type { KeyboardEvent } from 'react';

/** Key code of a key that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether the key belongs to an input method that is still choosing characters. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari ends the composition before its Enter: only keyCode tells
  return event.nativeEvent.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;
}

/** A text kept in the browser; where storage is forbidden or full, it is simply not kept. */
export interface StoredText {
  readonly read: () => string;
  readonly write: (text: string) => void;
}

/** `storage` is asked for late: only touching it can already throw. */
export function storedText(storage: () => Storage, key: string): StoredText {
  return {
    read: () => {
      try {
        return storage().getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    write: (text) => {
      try {
        if (text === '') storage().removeItem(key);
        else storage().setItem(key, text);
      } catch {
        // Not kept: the person only loses the draft on a reload.
      }
    },
  };
}

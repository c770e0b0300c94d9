import { useCallback, useEffect, useState } from 'react';

function fromAddress(): string | null {
  const text = window.location.hash.slice(1);
  try {
    return text === '' ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The ticket in view stands in the address (#number), so the phone's back button leads to the queue. */
export function useSelectedTicket(): readonly [string | null, (number: string | null) => void] {
  const [selected, setSelected] = useState(fromAddress);
  useEffect(() => {
    const follow = (): void => {
      setSelected(fromAddress());
    };
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
    };
  }, []);
  const select = useCallback((number: string | null) => {
    // at once: the address tells of it only later, and keys come faster
    setSelected(number);
    window.location.hash = number === null ? '' : encodeURIComponent(number);
  }, []);
  return [selected, select];
}

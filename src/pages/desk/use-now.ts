import { useEffect, useState } from 'react';

const STEP_MS = 20_000;

/** The time, moving on by itself, for “等了 12 分钟”. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

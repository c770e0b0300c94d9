import { useEffect, useRef, useState } from 'react';
import type { KioskTimes } from './kiosk-times.js';

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'] as const;

export interface Idle {
  /** Seconds until the screen is wiped; null: somebody is there. */
  readonly secondsLeft: number | null;
  readonly stay: () => void;
}

/** Watches whether somebody is there; calls `onGone` once when the countdown is over. */
export function useIdle({ idle, countdown }: KioskTimes, onGone: () => void): Idle {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const since = useRef(0);
  const gone = useRef(false);

  useEffect(() => {
    since.current = Date.now();
    const alive = (): void => {
      since.current = Date.now();
      setSecondsLeft(null);
    };
    // the clock is asked, not counted: a screen that slept is wiped when it wakes
    const timer = setInterval(() => {
      const over = Date.now() - since.current - idle * 1000;
      const left = over < 0 ? null : Math.max(0, countdown - Math.floor(over / 1000));
      setSecondsLeft(left);
      if (left !== 0 || gone.current) return;
      gone.current = true;
      onGone();
    }, 250);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive, { capture: true });
    };
  }, [idle, countdown, onGone]);

  return {
    secondsLeft,
    stay: () => {
      since.current = Date.now();
      setSecondsLeft(null);
    },
  };
}

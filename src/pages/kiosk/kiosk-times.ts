/** How long a screen waits for whoever stands before it. */
export interface KioskTimes {
  /** Seconds without a touch after which it asks whether anybody is there. */
  readonly idle: number;
  /** Seconds from that question until it is wiped. */
  readonly countdown: number;
}

/** Seconds: what they are where the address says nothing, and their bounds. */
const TIMES = {
  idle: { usual: 60, least: 30, most: 600 },
  countdown: { usual: 15, least: 10, most: 60 },
} as const;

/**
 * The times as the address of the page sets them: `/kiosk?point=X&idle=90&countdown=20`, whole seconds. A number out of
 * bounds counts as the bound; what is no number, as nothing said.
 * @param search part of the address from "?" on
 */
export function kioskTimes(search: string): KioskTimes {
  const asked = new URLSearchParams(search);
  const read = (name: keyof typeof TIMES): number => {
    const { usual, least, most } = TIMES[name];
    const text = asked.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Math.min(most, Math.max(least, Number(text))) : usual;
  };
  return { idle: read('idle'), countdown: read('countdown') };
}

/** “1 分钟”, “90 秒”. */
export function secondsText(seconds: number): string {
  return seconds % 60 === 0 ? `${String(seconds / 60)} 分钟` : `${String(seconds)} 秒`;
}

import { withinTime } from './within-time.js';

/** A request of the platform that is still open: one text can leave through it, outside any count. */
export interface PassiveSlot {
  /** The text that is to leave; null: none came in time. */
  text(ms: number): Promise<string | null>;
  /** Whether the platform took it. */
  settle(accepted: boolean): void;
}

export interface PassiveSlots {
  open(openId: string): PassiveSlot;
  /** Hands a text to the oldest open request. @returns whether the platform took it; false where none is open */
  offer(openId: string, text: string): Promise<boolean>;
  /** Lets go of all open requests. */
  close(): void;
}

interface Waiting {
  readonly fill: (text: string | null) => void;
  readonly taken: Promise<boolean>;
}

export function createPassiveSlots(): PassiveSlots {
  const waiting = new Map<string, Waiting[]>();
  const remove = (openId: string, slot: Waiting): void => {
    const rest = (waiting.get(openId) ?? []).filter((other) => other !== slot);
    if (rest.length === 0) waiting.delete(openId);
    else waiting.set(openId, rest);
  };
  return {
    open(openId) {
      let fill: Waiting['fill'] = () => undefined;
      let settle: (accepted: boolean) => void = () => undefined;
      const filled = new Promise<string | null>((resolve) => {
        fill = resolve;
      });
      const taken = new Promise<boolean>((resolve) => {
        settle = resolve;
      });
      const slot: Waiting = { fill, taken };
      waiting.set(openId, [...(waiting.get(openId) ?? []), slot]);
      return {
        async text(ms) {
          const text = await withinTime(filled, ms);
          remove(openId, slot);
          return text === 'late' ? null : text;
        },
        settle,
      };
    },
    async offer(openId, text) {
      const slot = waiting.get(openId)?.[0];
      if (!slot) return false;
      remove(openId, slot);
      slot.fill(text);
      return slot.taken;
    },
    close() {
      for (const slots of waiting.values()) for (const slot of slots) slot.fill(null);
      waiting.clear();
    },
  };
}

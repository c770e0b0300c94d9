import { createHash } from 'node:crypto';
import type { HeardMessage } from './protocol.js';

/** Where a conversation takes place, known for as long as the login lasts. */
export interface Address {
  readonly key: string;
  /** Null: the person has only written in private. */
  readonly room: { readonly id: string; readonly topic: string } | null;
  readonly talkerId: string;
  readonly name: string;
  readonly friend: boolean;
  /** Where the person wrote last. */
  readonly place: 'room' | 'private';
}

/** An inbound message, for what replies to it. */
export interface Asked {
  readonly place: 'room' | 'private';
  readonly words: string;
}

/** How long a person's private messages belong to the conversation that began in a group. */
const GO_ON_MS = 86_400_000;
const MOST_CONVERSATIONS = 5000;

/**
 * Conversations by key. The key is a hash of room and asker: ids are not stored, and those of the web protocol are others
 * after the next login, so that no one is taken for someone else; whoever writes then begins anew.
 */
export function createAddressBook(now: () => number) {
  const addresses = new Map<string, Address>();
  const asked = new Map<string, Asked>();
  /** The conversation that a person goes on with in private. */
  const goingOn = new Map<string, { readonly key: string; readonly until: number }>();

  return {
    /** Notes who writes where. */
    enter({ room, talker }: HeardMessage): Address {
      const begun = room === null ? goingOn.get(talker.id) : undefined;
      const before = begun && begun.until > now() ? addresses.get(begun.key) : undefined;
      const key = before?.key ?? hash(room === null ? `private\n${talker.id}` : `room\n${room.id}\n${talker.id}`);
      const address: Address = {
        key,
        room: room ?? before?.room ?? null,
        talkerId: talker.id,
        name: room === null ? (before?.name ?? talker.name) : talker.name,
        // whoever writes in private can be answered in private
        friend: talker.friend || room === null,
        place: room === null ? 'private' : 'room',
      };
      put(addresses, key, address);
      return address;
    },
    find: (key: string): Address | undefined => addresses.get(key),
    ask: (externalKey: string, what: Asked) => {
      put(asked, externalKey, what);
    },
    asked: (externalKey: string): Asked | undefined => asked.get(externalKey),
    /** From now on the person's private messages belong to this conversation. */
    goOnInPrivate: ({ talkerId, key }: Address) => {
      put(goingOn, talkerId, { key, until: now() + GO_ON_MS });
    },
    /** A new login: nobody is known any more. */
    clear() {
      addresses.clear();
      asked.clear();
      goingOn.clear();
    },
  };
}
export type AddressBook = ReturnType<typeof createAddressBook>;

/** Keeps the newest. */
function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_CONVERSATIONS && oldest !== undefined) map.delete(oldest);
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * What is kept of a room from login to login, by the hash of its name: the web protocol's ids change at each login, and
 * who is in a room is nobody's business here.
 */
const record = z.strictObject({ greeted: z.boolean(), paused: z.boolean(), servicePoint: z.string().nullable() });
export type RoomRecord = z.infer<typeof record>;
const stored = z.strictObject({ version: z.literal(1), rooms: z.record(z.string(), record) });

const NEW_ROOM: RoomRecord = { greeted: false, paused: false, servicePoint: null };

export interface RoomRecords {
  read(room: Room): RoomRecord;
  change(room: Room, change: Partial<RoomRecord>): void;
}
export interface Room {
  readonly id: string;
  readonly topic: string;
}

/**
 * @param file JSON, readable for this user alone; a damaged one is begun anew
 */
export function openRoomRecords(file: string): RoomRecords {
  const rooms = new Map(Object.entries(readStored(file)));
  /** Key of a room in this login, so that a room that is renamed keeps its record. */
  const keys = new Map<string, string>();

  const save = (): void => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ version: 1, rooms: Object.fromEntries(rooms) });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const keyOf = ({ id, topic }: Room): string => {
    const key = createHash('sha256')
      .update(topic === '' ? `id:${id}` : `topic:${topic}`)
      .digest('hex');
    const before = keys.get(id);
    keys.set(id, key);
    const record = before === undefined || before === key ? undefined : rooms.get(before);
    if (before !== undefined && record) {
      rooms.delete(before);
      rooms.set(key, record);
      save();
    }
    return key;
  };

  return {
    read: (room) => rooms.get(keyOf(room)) ?? NEW_ROOM,
    change(room, change) {
      const key = keyOf(room);
      rooms.set(key, { ...(rooms.get(key) ?? NEW_ROOM), ...change });
      save();
    },
  };
}

function readStored(file: string): Readonly<Record<string, RoomRecord>> {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8'))).rooms;
  } catch {
    return {};
  }
}

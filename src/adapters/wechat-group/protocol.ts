import { z } from 'zod';

/** A message as the puppet's process hears it. Ids are those of the login: the web protocol gives new ones at each. */
const heardMessage = z.strictObject({
  id: z.string().min(1),
  /** Null: written to the bot alone. */
  room: z.strictObject({ id: z.string().min(1), topic: z.string() }).nullable(),
  talker: z.strictObject({
    id: z.string().min(1),
    /** As the room shows it. */
    name: z.string(),
    /** Can be written to in private. */
    friend: z.boolean(),
  }),
  type: z.enum(['text', 'image', 'voice', 'location', 'other']),
  text: z.string(),
  /** Ids that the protocol itself says are mentioned. */
  mentioned: z.array(z.string()),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** The bot: its id, and the names under which this room knows it. */
  self: z.strictObject({ id: z.string(), names: z.array(z.string()) }),
});
export type HeardMessage = z.infer<typeof heardMessage>;

/** What the puppet's process tells. Nothing else is believed of it. */
export const fromPuppet = z.discriminatedUnion('type', [
  /** The package is not installed. */
  z.strictObject({ type: z.literal('missing'), package: z.string() }),
  /** Somebody has to scan; the pictures are null where they cannot be drawn. */
  z.strictObject({ type: z.literal('scan'), qrcode: z.string(), terminal: z.string().nullable(), svg: z.string().nullable() }),
  z.strictObject({ type: z.literal('login'), id: z.string() }),
  z.strictObject({ type: z.literal('logout') }),
  z.strictObject({ type: z.literal('heartbeat') }),
  /** Errors since the last report, counted; kinds only, for their texts may quote what people wrote. */
  z.strictObject({ type: z.literal('errors'), count: z.number().int().positive(), kind: z.string() }),
  z.strictObject({ type: z.literal('heard'), message: heardMessage }),
  /** The bot was taken into a room. */
  z.strictObject({ type: z.literal('joined'), room: z.strictObject({ id: z.string().min(1), topic: z.string() }) }),
  z.strictObject({ type: z.literal('done'), id: z.number().int(), ok: z.boolean() }),
]);
export type FromPuppet = z.infer<typeof fromPuppet>;

/** What the puppet's process is told. */
export type ToPuppet =
  | { readonly type: 'start'; readonly puppet: string; readonly token: string | null; readonly session: string }
  | { readonly type: 'send'; readonly id: number; readonly to: string; readonly text: string; readonly mention: readonly string[] }
  | { readonly type: 'stop' };

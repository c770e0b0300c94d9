import type { Kysely } from 'kysely';
import type { TurnRecord } from '../../domain/turn.js';
import type { Database } from './schema.js';

/** Stores what is counted of a turn, with the place that the conversation belongs to at that moment. */
export async function recordTurn(db: Kysely<Database>, turn: TurnRecord): Promise<void> {
  const point = await db
    .selectFrom('conversations')
    .innerJoin('service_points', 'service_points.code', 'conversations.service_point')
    .select('service_points.path')
    .where('conversations.id', '=', turn.conversationId)
    .executeTakeFirst();
  await db
    .insertInto('turns')
    .values({
      message_id: turn.messageId,
      conversation_id: turn.conversationId,
      at: turn.at,
      channel: turn.channel,
      kind: turn.kind,
      reason: turn.reason,
      topic: turn.topic,
      point_path: point?.path ?? '/',
      ticket_number: turn.ticketNumber,
    })
    .execute();
}

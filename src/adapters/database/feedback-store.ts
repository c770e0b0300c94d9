import type { Kysely } from 'kysely';
import type { FeedbackReason, Rating, Verdict } from '../../domain/feedback.js';
import type { Author, Message, MessageBody } from '../../domain/message.js';
import type { FeedbackStore, UnansweredMessage, UnansweredStore } from '../../messaging/feedback/ports.js';
import type { Database } from './schema.js';

/** Conversations that one query asks for: databases limit how many values a statement may name. */
const THREADS_AT_ONCE = 400;

/** Ratings, and the messages behind which questions stand that were not answered. */
export function createFeedbackStore(db: Kysely<Database>): FeedbackStore & UnansweredStore {
  return {
    async save({ conversationId, messageId, verdict, reasons, text }, at) {
      const said = { verdict, reasons: JSON.stringify(reasons), remark: text, at };
      await db
        .insertInto('feedback')
        .values({ message_id: messageId, conversation_id: conversationId, ...said })
        .onConflict((conflict) => conflict.column('message_id').doUpdateSet(said))
        .execute();
    },
    async ratingsOf(conversationId) {
      const rows = await db
        .selectFrom('feedback')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('message_id')
        .execute();
      return rows.map((row): Rating => ({
        messageId: row.message_id,
        verdict: row.verdict as Verdict,
        reasons: JSON.parse(row.reasons) as FeedbackReason[],
        text: row.remark,
      }));
    },
    async counts(since) {
      const rows = await db
        .selectFrom('feedback')
        .select((eb) => ['verdict', eb.fn.countAll<number | string>().as('count')])
        .where('at', '>=', since)
        .groupBy('verdict')
        .execute();
      const of = (verdict: Verdict): number => Number(rows.find((row) => row.verdict === verdict)?.count ?? 0);
      return { useful: of('useful'), useless: of('useless') };
    },
    async unansweredMessages(since, limit) {
      const [handedOver, disliked] = await Promise.all([handovers(db, since, limit), dislikes(db, since, limit)]);
      return [...handedOver, ...disliked].sort((a, b) => b.at - a.at || b.messageId - a.messageId);
    },
    async threads(conversationIds) {
      const threads = new Map<string, Message[]>();
      for (let from = 0; from < conversationIds.length; from += THREADS_AT_ONCE) {
        const rows = await db
          .selectFrom('messages')
          .selectAll()
          .where('conversation_id', 'in', conversationIds.slice(from, from + THREADS_AT_ONCE))
          .orderBy('id')
          .execute();
        for (const row of rows) {
          const thread = threads.get(row.conversation_id) ?? [];
          threads.set(row.conversation_id, thread);
          thread.push({
            id: row.id,
            author: row.author as Author,
            staffName: null,
            body: JSON.parse(row.body) as MessageBody,
            at: row.at,
          });
        }
      }
      return threads;
    },
  };
}

async function handovers(db: Kysely<Database>, since: number, limit: number): Promise<UnansweredMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('author', '=', 'bot')
    .where('at', '>=', since)
    // bodies are JSON that we wrote ourselves: enough to leave out most of what is no hand-over
    .where('body', 'like', '%"kind":"handoff"%')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row): UnansweredMessage[] => {
    const body = JSON.parse(row.body) as MessageBody;
    if (body.type !== 'answer' || body.answer.kind !== 'handoff') return [];
    return [
      {
        conversationId: row.conversation_id,
        messageId: row.id,
        at: row.at,
        handoff: body.answer.reason,
        ticketNumber: body.ticketNumber,
      },
    ];
  });
}

async function dislikes(db: Kysely<Database>, since: number, limit: number): Promise<UnansweredMessage[]> {
  const rows = await db
    .selectFrom('feedback')
    .innerJoin('messages', 'messages.id', 'feedback.message_id')
    .select(['feedback.message_id', 'feedback.conversation_id', 'messages.at'])
    .where('feedback.verdict', '=', 'useless')
    .where('messages.at', '>=', since)
    .orderBy('feedback.message_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    messageId: row.message_id,
    at: row.at,
    handoff: null,
    ticketNumber: null,
  }));
}

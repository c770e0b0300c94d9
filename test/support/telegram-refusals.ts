/** An answer of the platform that is not what was asked for. */
export interface Refusal {
  readonly code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

const bad = (description: string): Refusal => ({ code: 400, description: `Bad Request: ${description}` });
const forbidden = (description: string): Refusal => ({ code: 403, description: `Forbidden: ${description}` });
const conflict = (description: string): Refusal => ({ code: 409, description: `Conflict: ${description}` });

/** Everything that the fake platform refuses with, in the words of the real one. */
export const TELEGRAM_REFUSALS = {
  unauthorised: { code: 401, description: 'Unauthorized' },
  'no such method': { code: 404, description: 'Not Found: method not found' },
  'a webhook is set': conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"),
  'another poller': conflict('terminated by other getUpdates request; make sure that only one bot instance is running'),
  blocked: forbidden('bot was blocked by the user'),
  deactivated: forbidden('user is deactivated'),
  'not started': forbidden("bot can't initiate conversation with a user"),
  kicked: forbidden('bot was kicked from the group chat'),
  'no rights': bad('not enough rights to send text messages to the chat'),
  'no chat': bad('chat not found'),
  upgraded: bad('group chat was upgraded to a supergroup chat'),
  empty: bad('message text is empty'),
  'too long': bad('message is too long'),
  entities: bad("can't parse entities"),
  'button without text': bad('inline keyboard button text can not be empty'),
  'button without data': bad('text buttons are unallowed in the inline keyboard'),
  'button data': bad('BUTTON_DATA_INVALID'),
  'nothing to edit': bad('message to edit not found'),
  'nothing to react to': bad('message to react not found'),
  'not its own': bad("message can't be edited"),
  'not modified': bad(
    'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  ),
  'no forum': bad('the chat is not a forum'),
  'no topic': bad('TOPIC_ID_INVALID'),
  'topic as it is': bad('TOPIC_NOT_MODIFIED'),
  'topic name': bad('invalid topic name length'),
  'no thread': bad('message thread not found'),
  'nothing to reply to': bad('message to be replied not found'),
  'query too old': bad('query is too old and response timeout expired or query ID is invalid'),
  'notice too long': bad('MESSAGE_TOO_LONG'),
  'webhook address': bad('bad webhook: An HTTPS URL must be provided for webhook'),
  'webhook secret': bad('secret token contains unallowed characters'),
  'too many': { code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
  down: { code: 502, description: 'Bad Gateway' },
} as const satisfies Readonly<Record<string, Refusal>>;
export type RefusalName = keyof typeof TELEGRAM_REFUSALS;

/** Those that tests script. */
export const REFUSALS = {
  tooMany: (seconds: number): Refusal => ({
    code: 429,
    description: `Too Many Requests: retry after ${String(seconds)}`,
    parameters: { retry_after: seconds },
  }),
  blocked: TELEGRAM_REFUSALS.blocked,
  down: TELEGRAM_REFUSALS.down,
} as const;

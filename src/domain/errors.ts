/**
 * The closed vocabulary of what can go wrong for a reason that someone can mend.
 * `message` names cause and remedy, never a value that a person typed.
 */
export type ErrorCode =
  | 'bad-config' // the environment or the command line
  | 'bad-knowledge' // a file of the pack
  | 'bad-law-text' // an official text
  | 'bad-request' // what a channel or a page sent
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict' // someone else was first
  | 'unavailable'; // something outside did not answer

export class BaimiError extends Error {
  override readonly name = 'BaimiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

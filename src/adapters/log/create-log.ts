import { pino, type Logger } from 'pino';
import { maskPersonalData } from '../../domain/mask.js';

/**
 * Structured log on standard error. It is told of events and errors, never of what people write; as a second line of
 * defence, messages and stacks of errors are masked.
 */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: (error: unknown) => {
          const { type, message, stack } = pino.stdSerializers.err(error instanceof Error ? error : new Error(String(error)));
          return { type, message: maskPersonalData(message), stack: maskPersonalData(stack) };
        },
      },
    },
    pino.destination(2),
  );
}

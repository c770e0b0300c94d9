import type { FromPuppet, ToPuppet } from './protocol.js';
import { runPuppet, type RunningPuppet } from './run-puppet.js';
import { NotInstalled, drawQr, loadBot } from './wechaty-shim.js';

/**
 * The puppet's process: everything of wechaty happens in here. What breaks ends the process, and the parent starts
 * another; a puppet that keeps "uncaught exceptions" from doing so is outvoted.
 */
const BROKEN = 70;

// the session file holds the account's cookies
process.umask(0o077);

const tell = (message: FromPuppet): void => {
  // the parent may be gone
  if (process.connected) process.send?.(message);
};

/** Ends the process once what was told has left it. */
function end(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), 200);
}

process.on('uncaughtException', () => process.exit(BROKEN));
// a rejection nobody waits for is the puppet's daily business: counted, no reason to end
process.on('unhandledRejection', (reason) => {
  tell({ type: 'errors', count: 1, kind: reason instanceof Error ? reason.name : typeof reason });
});
process.on('disconnect', () => process.exit(0));

let running: RunningPuppet | null = null;

async function start({ puppet, token, session }: Extract<ToPuppet, { type: 'start' }>): Promise<void> {
  try {
    const loaded = await loadBot({ puppet, token, session });
    running = await runPuppet({ ...loaded, tell, drawQr, now: () => Date.now() });
  } catch (error) {
    if (error instanceof NotInstalled) tell({ type: 'missing', package: error.packageName });
    else tell({ type: 'errors', count: 1, kind: error instanceof Error ? error.name : typeof error });
    end(BROKEN);
  }
}

process.on('message', (message: ToPuppet) => {
  switch (message.type) {
    case 'start':
      void start(message);
      return;
    case 'send':
      void (running?.send(message.to, message.text, message.mention) ?? Promise.resolve(false)).then((ok) => {
        tell({ type: 'done', id: message.id, ok });
      });
      return;
    case 'stop':
      // a puppet that does not stop is stopped by the parent
      void (running?.stop() ?? Promise.resolve()).then(
        () => process.exit(0),
        () => process.exit(BROKEN),
      );
      return;
  }
});

import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fromPuppet, type FromPuppet, type ToPuppet } from './protocol.js';

export interface SuperviseOptions {
  /** Where the session is kept, readable for this user alone. */
  readonly folder: string;
  readonly puppet: string;
  readonly token: string | null;
  /** Most memory that the puppet's process may fill, in MiB. */
  readonly heapMib: number;
  readonly onMessage: (message: FromPuppet) => void;
  /** Pauses between restarts: doubled from the first to the longest, begun anew after a login. Milliseconds. */
  readonly restartAfterMs: readonly [first: number, longest: number];
  readonly onEvent: (event: SupervisionEvent) => void;
  readonly now: () => number;
}

/** For the log: no one's words are among it. */
export type SupervisionEvent =
  | { readonly event: 'started'; readonly pid: number }
  | { readonly event: 'ended'; readonly code: number | null; readonly signal: string | null; readonly againAfterMs: number | null }
  | { readonly event: 'silent' }
  | { readonly event: 'flood'; readonly count: number }
  | { readonly event: 'malformed' };

export interface SupervisedPuppet {
  start(): void;
  stop(): Promise<void>;
  /** Resolves to whether the puppet took it; false also where the process is not there, or ends meanwhile. */
  send(to: string, text: string, mention: readonly string[]): Promise<boolean>;
  state(): {
    readonly running: boolean;
    readonly loggedIn: boolean;
    readonly lastHeartbeat: number | null;
    readonly missing: string | null;
  };
}

const SEND_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 4000;
/** A puppet that has been logged in and gives no sign of life for so long is started anew. */
const SILENT_MS = 300_000;
const LOOK_EVERY_MS = 15_000;
/** Errors in a row, without a login between them, after which a puppet is started anew, later each time. */
const FLOOD = 100;

/**
 * Runs the puppet in a process of its own, which may break, flood, swallow its exceptions or fill its memory without
 * touching this one, and starts another after it, later each time.
 */
export function supervisePuppet(options: SuperviseOptions): SupervisedPuppet {
  const { onMessage, onEvent, now } = options;
  const [first, longest] = options.restartAfterMs;
  const sending = new Map<number, (ok: boolean) => void>();
  let child: ChildProcess | null = null;
  let wanted = false;
  let loggedIn = false;
  let lastHeartbeat: number | null = null;
  let missing: string | null = null;
  let pause = first;
  let errors = 0;
  let lastId = 0;
  let restart: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;

  const tell = (message: ToPuppet): void => {
    // a child that has just ended is noticed by its exit
    if (child?.connected === true) child.send(message, () => undefined);
  };

  const take = (raw: unknown): void => {
    const parsed = fromPuppet.safeParse(raw);
    if (!parsed.success) {
      onEvent({ event: 'malformed' });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'done':
        sending.get(message.id)?.(message.ok);
        return;
      case 'login':
        loggedIn = true;
        pause = first;
        errors = 0;
        lastHeartbeat = now();
        break;
      case 'logout':
        loggedIn = false;
        break;
      case 'heartbeat':
      case 'heard':
        lastHeartbeat = now();
        break;
      case 'missing':
        missing = message.package;
        break;
      case 'errors':
        errors += message.count;
        if (errors >= FLOOD) {
          onEvent({ event: 'flood', count: errors });
          child?.kill('SIGKILL');
        }
        break;
      default:
    }
    onMessage(message);
  };

  const ended = (code: number | null, signal: string | null): void => {
    child = null;
    loggedIn = false;
    errors = 0;
    for (const done of sending.values()) done(false);
    const again = wanted && missing === null ? pause : null;
    onEvent({ event: 'ended', code, signal, againAfterMs: again });
    if (again === null) return;
    pause = Math.min(pause * 2, longest);
    restart = setTimeout(begin, again);
  };

  const begin = (): void => {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    // both may be older than this rule
    chmodSync(options.folder, 0o700);
    const session = join(options.folder, 'session');
    const sessionFile = `${session}.memory-card.json`;
    if (existsSync(sessionFile)) chmodSync(sessionFile, 0o600);
    const { file, loader } = entry();
    const started = fork(file, [], {
      cwd: options.folder,
      // none of our secrets is any business of the puppet's
      env: {},
      execArgv: [...loader, `--max-old-space-size=${String(options.heapMib)}`],
      // its output may quote what people write
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    });
    child = started;
    started.on('message', take);
    started.on('error', () => {
      // a process that could not be begun has no end
      if (started.pid === undefined && child === started) ended(null, null);
    });
    started.once('exit', ended);
    onEvent({ event: 'started', pid: started.pid ?? 0 });
    tell({ type: 'start', puppet: options.puppet, token: options.token, session });
  };

  const look = (): void => {
    if (!loggedIn || lastHeartbeat === null || now() - lastHeartbeat < SILENT_MS) return;
    onEvent({ event: 'silent' });
    child?.kill('SIGKILL');
  };

  return {
    start() {
      wanted = true;
      begin();
      watch = setInterval(look, LOOK_EVERY_MS).unref();
    },
    async stop() {
      wanted = false;
      clearTimeout(restart);
      clearInterval(watch);
      const running = child;
      if (running === null) return;
      const exited = new Promise<void>((resolve) => {
        running.once('exit', () => {
          resolve();
        });
      });
      tell({ type: 'stop' });
      const hard = setTimeout(() => running.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited;
      clearTimeout(hard);
    },
    send(to, text, mention) {
      if (child?.connected !== true) return Promise.resolve(false);
      const id = ++lastId;
      return new Promise((resolve) => {
        const done = (ok: boolean): void => {
          clearTimeout(late);
          sending.delete(id);
          resolve(ok);
        };
        const late = setTimeout(done, SEND_WITHIN_MS, false);
        sending.set(id, done);
        tell({ type: 'send', id, to, text, mention });
      });
    },
    state: () => ({ running: child !== null, loggedIn, lastHeartbeat, missing }),
  };
}

/** The built file, or the source through the loader that runs it. */
function entry(): { readonly file: string; readonly loader: readonly string[] } {
  const built = import.meta.url.endsWith('.js');
  const file = fileURLToPath(new URL(`./puppet-process.${built ? 'js' : 'ts'}`, import.meta.url));
  if (built) return { file, loader: [] };
  return { file, loader: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] };
}

import type { Request, Response } from 'express';

/** Comment sent so that proxies do not close a quiet stream. */
const HEARTBEAT_MS = 25_000;
/** A client that has not taken this much is too slow; it reconnects and reads on from where it was. */
const MAX_BUFFERED_BYTES = 1 << 20;

export interface EventStream {
  /** False once the client is gone. */
  send(event: string, data: unknown, id?: number): boolean;
  onClose(listener: () => void): void;
}

/** Opens a stream of server-sent events (text/event-stream). */
export function openEventStream(request: Request, response: Response): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const listeners: (() => void)[] = [];
  // the client may be gone before the stream begins
  let open = !response.destroyed && !request.destroyed;
  response.on('close', () => {
    open = false;
    clearInterval(heartbeat);
    listeners.forEach((listener) => {
      listener();
    });
  });
  return {
    send(event, data, id) {
      if (!open) return false;
      if (response.writableLength > MAX_BUFFERED_BYTES) {
        response.destroy();
        return false;
      }
      response.write(`${id === undefined ? '' : `id: ${String(id)}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      return true;
    },
    onClose(listener) {
      if (open) listeners.push(listener);
      else {
        clearInterval(heartbeat);
        listener();
      }
    },
  };
}

/**
 * Runs `work` now and again after each call of the returned function, one run at a time; calls during a run lead to
 * one more run.
 */
export function createPump(work: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let running = false;
  let again = false;
  const pump = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        onError(error);
      }
    } while (again as boolean);
    running = false;
  };
  return () => void pump();
}

/** A browser's EventSource gives up for good after an HTTP error; this one starts again, slower each time. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export interface EventStreamOptions {
  /** Asked anew for each connection, so that it can name the last event seen. */
  readonly url: () => string;
  /** By event name; the argument is the event's data. */
  readonly on: Readonly<Record<string, (data: string) => void>>;
  readonly onConnected: (connected: boolean) => void;
}

/** Listens to server-sent events until the returned function is called. */
export function openEventStream({ url, on, onConnected }: EventStreamOptions): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry = FIRST_RETRY_MS;

  const connect = (): void => {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(url());
    source = opened;
    opened.onopen = () => {
      retry = FIRST_RETRY_MS;
      onConnected(true);
    };
    opened.onerror = () => {
      onConnected(false);
      if (opened.readyState !== EventSource.CLOSED) return; // the browser reconnects by itself
      clearTimeout(timer);
      timer = setTimeout(connect, retry);
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    };
    for (const [name, listener] of Object.entries(on)) {
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        listener(event.data);
      });
    }
  };
  const connectIfLost = (): void => {
    if (document.visibilityState === 'visible' && source?.readyState !== EventSource.OPEN) connect();
  };

  connect();
  window.addEventListener('online', connectIfLost);
  document.addEventListener('visibilitychange', connectIfLost);
  return () => {
    clearTimeout(timer);
    source?.close();
    window.removeEventListener('online', connectIfLost);
    document.removeEventListener('visibilitychange', connectIfLost);
  };
}

import type { ErrorView } from '../../domain/views.js';

const TIMEOUT_MS = 20_000;
/** A photo over a slow line. */
const FILE_TIMEOUT_MS = 180_000;

/** A request that brought no answer. `status` is 0 where the server was not reached; `message` can be shown. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RequestError';
  }
}

/** What to tell a person about any failure. */
export function failureText(error: unknown): string {
  return error instanceof RequestError ? error.message : '出了点问题，请再试一次。';
}

function isErrorView(value: unknown): value is ErrorView {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}

async function readFailure(response: Response): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null);
  if (isErrorView(body)) return new RequestError(response.status, body.error.code, body.error.message);
  return new RequestError(response.status, 'unknown', '服务器暂时没有回应，请过一会儿再试。');
}

async function call(path: string, init: RequestInit, timeoutMs = TIMEOUT_MS): Promise<unknown> {
  const aborter = new AbortController();
  const timer = setTimeout(() => {
    aborter.abort();
  }, timeoutMs);
  try {
    const response = await fetch(path, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: aborter.signal,
    });
    if (!response.ok) throw await readFailure(response);
    return (await response.json()) as unknown;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError(0, 'network', '网络不通，请看看网络再试。', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** GET; the answer has the shape that the interface of our own server promises. */
export async function getJson<T>(path: string): Promise<T> {
  return (await call(path, { headers: { accept: 'application/json' } })) as T;
}

/** POST of a JSON body. Throws RequestError. */
export async function postJson<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return (await call(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })) as T;
}

/** POST of one file as multipart/form-data, field "file". Throws RequestError. */
export async function postFile<T>(path: string, file: File, headers: Record<string, string> = {}): Promise<T> {
  const body = new FormData();
  body.append('file', file);
  return (await call(path, { method: 'POST', headers: { accept: 'application/json', ...headers }, body }, FILE_TIMEOUT_MS)) as T;
}

import { ConnectionFailure } from './request-failure.js';

/**
 * A `fetch` that reads the whole answer within `timeoutMs`, body included, and goes to no other address than the one it is
 * given: a redirect is an answer like any other.
 * @throws ConnectionFailure where no whole answer came
 */
export function boundedFetch(fetch: typeof globalThis.fetch, timeoutMs: number): typeof globalThis.fetch {
  return async (address, init) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    try {
      const { status, headers, ...response } = await readWhole(await fetch(address, { ...init, redirect: 'manual', signal }));
      return new Response(response.body, { status, headers });
    } catch (error) {
      throw new ConnectionFailure(deadline.aborted ? null : codeIn(error));
    }
  };
}

async function readWhole(response: Response): Promise<{ status: number; headers: Headers; body: ArrayBuffer | null }> {
  const body = await response.arrayBuffer();
  return { status: response.status, headers: response.headers, body: body.byteLength === 0 ? null : body };
}

/** `ECONNREFUSED` and the like, which undici hides among the causes. */
function codeIn(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeIn(at.errors[0]);
  }
  return error instanceof Error ? error.name : typeof error;
}

/** The platform refused, or could not be reached (`code` null). Neither holds what people wrote, nor a secret. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly code: number | null,
    message: string,
  ) {
    super(code === null ? message : `errcode ${String(code)}`);
  }
}

/** One call: a body, or null for none. Answers what the platform answered. @throws ApiFailure */
export type Call = (path: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Calls to the platform. It answers status 200 and says in `errcode` what went wrong.
 * @param base without a slash at the end
 */
export function createCall(base: string, timeoutMs: number, fetch: typeof globalThis.fetch = globalThis.fetch): Call {
  return async (path, body) => {
    const answer = await answerOf(async () => {
      const response = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return response.json();
    });
    const { errcode } = answer;
    if (typeof errcode === 'number' && errcode !== 0) throw new ApiFailure(errcode, '');
    return answer;
  };
}

async function answerOf(request: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  try {
    const answer = await request();
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch (error) {
    // the address in the cause holds the token
    throw new ApiFailure(null, error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'not reached');
  }
  throw new ApiFailure(null, 'no JSON object');
}

import { ApiFailure } from './call.js';

/** A photograph over the platform's line. */
const TIMEOUT_MS = 30_000;

/**
 * What a person sent, by the platform's reference, which it keeps for three days.
 * @param base without a slash at the end
 * @throws ApiFailure where the platform refuses, or is not reached
 */
export async function fetchMedia(base: string, token: string, mediaId: string): Promise<AsyncIterable<Uint8Array>> {
  const query = new URLSearchParams({ access_token: token, media_id: mediaId });
  const response = await fetch(`${base}/cgi-bin/media/get?${query.toString()}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    // the address in the cause holds the token
    throw new ApiFailure(null, 'not reached');
  });
  // a refusal comes with status 200 as well, as JSON
  if (/json|text\/plain/.test(response.headers.get('content-type') ?? '')) {
    const answer = (await response.json().catch(() => ({}))) as { readonly errcode?: unknown };
    throw typeof answer.errcode === 'number' ? new ApiFailure(answer.errcode, '') : new ApiFailure(null, 'no media in the answer');
  }
  if (!response.ok || response.body === null) throw new ApiFailure(null, 'no media in the answer');
  return response.body;
}

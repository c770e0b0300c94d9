import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { route } from './errors.js';

/** What counts requests and shows the figures. */
export interface RequestMetrics {
  /** @param route its pattern, not its path */
  request(method: string, route: string, status: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** Methods by name; whatever else somebody sends is one. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Counts each request once its answer is sent, or its connection is gone.
 * @param mounts paths under which something else than a route answers
 */
export function countRequests(metrics: RequestMetrics, mounts: readonly string[]): RequestHandler {
  return (request, response, next) => {
    response.once('close', () => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      metrics.request(method, patternOf(request, mounts), response.statusCode);
    });
    next();
  };
}

/** Parameters stay names ("/t/:code"): neither codes nor numbers come to be labels. */
function patternOf(request: Request, mounts: readonly string[]): string {
  const matched = request.route as { readonly path?: unknown } | undefined;
  if (typeof matched?.path === 'string') return (request.baseUrl + matched.path).replace(/(?<=.)\/$/, '');
  const [path = ''] = request.originalUrl.split('?');
  return mounts.find((mount) => path === mount || path.startsWith(`${mount}/`)) ?? 'other';
}

/** Shows the figures to whoever has the token (`Authorization: Bearer …`). */
export function metricsRoute(metrics: RequestMetrics, token: string): RequestHandler {
  const wanted = digest(`Bearer ${token}`);
  return route(async (request, response) => {
    if (!timingSafeEqual(digest(request.get('authorization') ?? ''), wanted)) {
      response.status(401).set('www-authenticate', 'Bearer').type('text/plain; charset=utf-8').send('要带上 BAIMI_METRICS_TOKEN 的令牌。');
      return;
    }
    response
      .set('content-type', metrics.contentType)
      .set('cache-control', 'no-store')
      .send(await metrics.text());
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { BaimiError, type ErrorCode } from '../../domain/errors.js';
import type { ErrorView } from '../../domain/views.js';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-config': 500,
  'bad-knowledge': 500,
  'bad-law-text': 500,
  'bad-request': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

export function sendError(response: Response, status: number, code: string, message: string): void {
  const body: ErrorView = { error: { code, message } };
  response.status(status).json(body);
}

/** Reads a request's body. @throws BaimiError `bad-request` naming the field and the rule, never the value */
export function readBody<T>(request: Request, schema: z.ZodType<T>): T {
  const result = schema.safeParse(request.body ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new BaimiError('bad-request', `请求里的“${field}”不对：${issue?.message ?? ''}`);
}

/** Runs an async handler and hands what it throws to the error handler. */
export function route(handler: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    handler(request, response).catch(next);
  };
}

interface HttpProblem {
  readonly status?: number;
  readonly type?: string;
}

/** The last handler: expected errors in words, everything else as "something broke", without detail. */
export function errorHandler(onError: (error: unknown, route: string) => void): ErrorRequestHandler {
  // express tells an error handler by its four parameters
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof BaimiError && STATUS[error.code] < 500) {
      sendError(response, STATUS[error.code], error.code, error.message);
      return;
    }
    const problem = (typeof error === 'object' && error !== null ? error : {}) as HttpProblem;
    if (problem.type === 'entity.too.large') {
      sendError(response, 413, 'too-large', '内容太长了（超过 64 KB）。请分几次发。');
      return;
    }
    if (problem.status !== undefined && problem.status >= 400 && problem.status < 500) {
      sendError(response, problem.status, 'bad-request', '请求的格式不对。请刷新页面再试。');
      return;
    }
    onError(error, `${request.method} ${request.path}`);
    sendError(response, 500, 'broken', '系统出了点问题，请过一会儿再试。');
  };
}

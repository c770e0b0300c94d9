import { BaimiError } from '../../domain/errors.js';

/** The answer came, but is not what was asked for. `why` and `remedy` in Chinese, with nothing of the question. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';

  constructor(
    readonly why: string,
    readonly remedy: string,
  ) {
    super(why);
  }
}

/** No answer came. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';

  /** @param code `ECONNREFUSED` and the like; null where the time was up */
  constructor(readonly code: string | null) {
    super(code ?? 'no answer');
  }
}

/** Why a request failed, without anything that was sent: neither key nor text nor what the service wrote back. */
export interface RequestFailure {
  readonly why: string;
  readonly remedy: string;
  /** Whether the same request may go well later. */
  readonly retry: boolean;
  /** How long the service asks to be left alone. */
  readonly retryAfterMs: number | null;
}

const STATUS_REMEDIES: Readonly<Record<number, string>> = {
  400: '检查模型名和向量服务的限制：一次最多几条、每条最长多少',
  401: '核对密钥，看它是不是过期或者停用了',
  403: '到服务商那里给这个密钥开通这个模型，或者检查所在网络是否被允许',
  404: '核对地址（一般以 /v1 结尾）和模型名',
  413: '一次少发几条',
  422: '检查模型名和向量服务的限制：一次最多几条、每条最长多少',
  429: '等一会儿再试，或者到服务商那里提高限额',
};

/** What an error of @langchain/openai, or one of ours, means. */
export function readFailure(error: unknown): RequestFailure {
  if (error instanceof WrongAnswer) return failure(error.why, error.remedy);
  const connection = connectionFailureIn(error);
  if (connection?.code === null || nameOf(error) === 'TimeoutError') {
    return failure('没有按时答复', '检查网络和服务是否太忙，或者把等待时间放长', true);
  }
  if (connection) return failure(`连不上（${connection.code}）`, '检查地址和网络，看服务是否开着', true);
  const status = field(error, 'status');
  if (typeof status === 'number') return statusFailure(status, error);
  // langchain drops the status of this one
  if (nameOf(error) === 'ContextOverflowError') {
    return failure('不收这么长的文字（HTTP 400）', '换一个能收更长文字的模型');
  }
  return failure(`答复读不懂（${nameOf(error)}）`, '确认地址指向的是兼容 OpenAI 的向量服务');
}

/** The error itself is not kept as `cause`: services write back the key and the text that they refuse. */
export function unavailable(host: string, { why, remedy }: RequestFailure, attempts: number): BaimiError {
  const tried = attempts > 1 ? `，试了 ${String(attempts)} 次` : '';
  return new BaimiError('unavailable', `向量服务 ${host} ${why}${tried}。怎么改：${remedy}`);
}

function statusFailure(status: number, error: unknown): RequestFailure {
  if (status === 429 && field(error, 'code') === 'insufficient_quota') {
    return failure('说额度用完了（HTTP 429）', '到服务商那里充值');
  }
  const retry = status === 408 || status === 429 || status >= 500;
  const remedy = STATUS_REMEDIES[status] ?? (retry ? '等一会儿再试，看服务商的公告' : '核对地址和服务商的说明');
  return { why: `拒绝了请求（HTTP ${String(status)}）`, remedy, retry, retryAfterMs: retry ? retryAfter(error) : null };
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(error: unknown): number | null {
  const headers = field(error, 'headers');
  const value = headers instanceof Headers ? headers.get('retry-after') : null;
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function connectionFailureIn(error: unknown): ConnectionFailure | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof ConnectionFailure) return at;
  return null;
}

function failure(why: string, remedy: string, retry = false): RequestFailure {
  return { why, remedy, retry, retryAfterMs: null };
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : undefined;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { dutiesOf, mayDo, needsSecondFactor, type Duty } from '../../domain/access.js';
import type { StaffView } from '../../domain/views.js';
import type { Accounts, SessionOrigin, StaffMember, StaffSession } from '../../handoff/ports.js';
import { DESK_COOKIE, readCookie, setCookie } from './cookies.js';
import { sendError } from './errors.js';

const SESSION_MS = 12 * 3600_000;

export interface DeskSessionDeps {
  readonly accounts: Accounts;
  readonly secureCookies: boolean;
  /** Officers and administrators do nothing before they have set up a second factor. */
  readonly requireTotp: boolean;
  /** What a browser says of itself, in a few words. */
  readonly deviceName: (userAgent: string) => string;
}

export interface DeskSessions {
  /** Lets through whoever is signed in; with each request but GET, the token that the page was given. */
  require(options?: { readonly evenUnfinished?: boolean }): RequestHandler;
  of(request: Request): StaffSession;
  /** The session of a request's cookie as it is now: it may have ended while the request goes on. */
  again(request: Request): Promise<StaffSession | null>;
  view(session: StaffSession): StaffView;
  start(response: Response, token: string): void;
  originOf(request: Request): SessionOrigin;
}

export function deskSessions(deps: DeskSessionDeps): DeskSessions {
  const sessions = new WeakMap<Request, StaffSession>();
  const mustSetUpTotp = (staff: StaffMember): boolean => deps.requireTotp && staff.totpSecret === null && needsSecondFactor(staff);
  const again = async (request: Request): Promise<StaffSession | null> => {
    const token = readCookie(request, DESK_COOKIE);
    return token === null ? null : deps.accounts.session(token);
  };

  return {
    require:
      (options = {}) =>
      (request, response, next) => {
        void (async () => {
          const session = await again(request);
          if (!session) {
            sendError(response, 401, 'not-signed-in', '请先登录。');
            return;
          }
          if (request.method !== 'GET' && !sameText(request.get('x-csrf-token') ?? '', session.csrf)) {
            sendError(response, 403, 'forbidden', '页面过期了，请刷新后再试。');
            return;
          }
          if (session.staff.mustChangePassword && options.evenUnfinished !== true) {
            sendError(response, 403, 'must-change-password', '请先修改一次性密码。');
            return;
          }
          if (mustSetUpTotp(session.staff) && options.evenUnfinished !== true) {
            sendError(response, 403, 'must-set-up-totp', '请先设置动态码。值班负责人和管理员必须用动态码登录。');
            return;
          }
          sessions.set(request, session);
          next();
        })().catch(next);
      },
    of(request) {
      const session = sessions.get(request);
      if (!session) throw new Error('route used without the check of the session');
      return session;
    },
    again,
    view: ({ staff, csrf }) => ({
      id: staff.id,
      login: staff.login,
      name: staff.name,
      roles: staff.roles,
      duties: dutiesOf(staff),
      totp: staff.totpSecret !== null,
      totpUrged: needsSecondFactor(staff) && staff.totpSecret === null,
      mustChangePassword: staff.mustChangePassword,
      mustSetUpTotp: mustSetUpTotp(staff),
      csrf,
    }),
    start(response, token) {
      setCookie(response, DESK_COOKIE, token, { secure: deps.secureCookies, maxAgeMs: SESSION_MS, path: '/api/desk' });
    },
    originOf: (request) => ({ device: deps.deviceName(request.get('user-agent') ?? ''), address: request.ip ?? '' }),
  };
}

/** Lets through whoever has a duty; `words` tell the others who does it. */
export function requireDuty(sessionOf: (request: Request) => StaffSession, duty: Duty, words: string): RequestHandler {
  return (request, response, next) => {
    if (mayDo(sessionOf(request).staff, duty)) next();
    else sendError(response, 403, 'forbidden', words);
  };
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

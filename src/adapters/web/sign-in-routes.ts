import { Router, type Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { RecoveryCodesView, SessionsView, TotpSecretView } from '../../domain/account-views.js';
import type { WithPassword } from '../../handoff/accounts/ports.js';
import { PASSWORD_MIN_LENGTH, type Accounts } from '../../handoff/ports.js';
import { DESK_COOKIE } from './cookies.js';
import type { DeskSessions } from './desk-session.js';
import { readBody, route, sendError } from './errors.js';

const password = z.string().min(1).max(200);
const loginBody = z.strictObject({ login: z.string().min(1).max(64), password, code: z.string().trim().min(1).max(40).optional() });
const passwordBody = z.strictObject({
  current: password,
  next: z
    .string()
    .min(PASSWORD_MIN_LENGTH, `新密码至少 ${String(PASSWORD_MIN_LENGTH)} 个字`)
    .max(200),
});
const proofBody = z.strictObject({ password });
const codeBody = z.strictObject({ code: z.string().trim().min(1, '请写动态码').max(40) });

/** Sign in and out, one's own password, second factor and sessions: open to whoever is signed in, finished or not. */
export function signInRoutes(deps: { readonly accounts: Accounts; readonly requireTotp: boolean }, sessions: DeskSessions): Router {
  const router = Router();
  // failures only; how many a login has had stands in the database
  const perAddress = new RateLimiterMemory({ points: 30, duration: 900 });
  const signedIn = sessions.require({ evenUnfinished: true });

  router.post(
    '/login',
    route(async (request, response) => {
      const { login, password: given, code } = readBody(request, loginBody);
      const origin = sessions.originOf(request);
      try {
        // taken before the password is looked at, so that many at once are not more than many in a row
        await perAddress.consume(origin.address);
      } catch {
        sendError(response, 429, 'too-many', '登录失败的次数太多，请 15 分钟后再试。忘了密码请找管理员重设。');
        return;
      }
      const result = await deps.accounts.signIn({ login, password: given, code, origin });
      switch (result.kind) {
        case 'locked':
          sendLocked(response);
          return;
        case 'wrong':
          sendError(response, 401, 'wrong-password', '登录名或密码不对。');
          return;
        case 'wrong-code':
          sendError(response, 401, 'wrong-code', '动态码不对，或者已经用过。请等下一个码；手机丢了就用备用码。');
          return;
        case 'code-wanted':
          await perAddress.reward(origin.address);
          sendError(response, 401, 'code-wanted', '请写手机上的动态码，或者一个备用码。');
          return;
        case 'in':
          await perAddress.reward(origin.address);
          sessions.start(response, result.token);
          response.json(sessions.view(result.session));
      }
    }),
  );

  router.get('/me', signedIn, (request, response) => {
    response.json(sessions.view(sessions.of(request)));
  });

  router.post(
    '/logout',
    signedIn,
    route(async (request, response) => {
      await deps.accounts.signOut(sessions.of(request));
      response.clearCookie(DESK_COOKIE, { path: '/api/desk' }).json({});
    }),
  );

  /** What `work` found, or why it did not look. */
  const answered = <T>(response: Response, result: WithPassword<T>): result is Extract<typeof result, { kind: 'done' }> => {
    if (result.kind === 'done') return true;
    if (result.kind === 'locked') sendLocked(response);
    else sendError(response, 400, 'wrong-password', '现在的密码不对。');
    return false;
  };

  router.post(
    '/password',
    signedIn,
    route(async (request, response) => {
      const { current, next } = readBody(request, passwordBody);
      if (current === next) {
        sendError(response, 400, 'bad-request', '新密码不能和旧密码一样。');
        return;
      }
      const result = await deps.accounts.changePassword(sessions.of(request), current, next, sessions.originOf(request));
      if (!answered(response, result)) return;
      sessions.start(response, result.value.token);
      response.json(sessions.view(result.value.session));
    }),
  );

  router.post(
    '/totp/begin',
    signedIn,
    route(async (request, response) => {
      const result = await deps.accounts.beginTotp(sessions.of(request), readBody(request, proofBody).password);
      if (!answered(response, result)) return;
      if (result.value.secret === '') {
        sendError(response, 409, 'conflict', '动态码已经开着。要换手机，请先关闭再设置。');
        return;
      }
      response.json(result.value satisfies TotpSecretView);
    }),
  );
  router.post(
    '/totp/confirm',
    signedIn,
    route(async (request, response) => {
      const codes = await deps.accounts.confirmTotp(sessions.of(request), readBody(request, codeBody).code);
      if (codes === null) sendError(response, 400, 'wrong-code', '动态码不对。请看手机的时间准不准，再写一次现在显示的码。');
      else response.json({ codes } satisfies RecoveryCodesView);
    }),
  );
  router.post(
    '/totp/remove',
    signedIn,
    route(async (request, response) => {
      const result = await deps.accounts.removeTotp(sessions.of(request), readBody(request, proofBody).password);
      if (answered(response, result)) response.json({});
    }),
  );
  router.post(
    '/totp/recovery-codes',
    signedIn,
    route(async (request, response) => {
      const result = await deps.accounts.renewRecoveryCodes(sessions.of(request), readBody(request, proofBody).password);
      if (!answered(response, result)) return;
      if (result.value === null) sendError(response, 409, 'conflict', '还没有开动态码，先设置动态码。');
      else response.json({ codes: result.value } satisfies RecoveryCodesView);
    }),
  );

  router.get(
    '/sessions',
    signedIn,
    route(async (request, response) => {
      const { id, staff } = sessions.of(request);
      const all = await deps.accounts.sessions(staff.id);
      response.json({ sessions: all.map((one) => ({ ...one, current: one.id === id })) } satisfies SessionsView);
    }),
  );
  router.post(
    '/sessions/end-others',
    signedIn,
    route(async (request, response) => {
      response.json({ ended: await deps.accounts.endOtherSessions(sessions.of(request)) });
    }),
  );
  router.post(
    '/sessions/:id/end',
    signedIn,
    route(async (request, response) => {
      const id = request.params['id'];
      if (await deps.accounts.endSession(sessions.of(request), typeof id === 'string' ? id : '')) response.json({ ended: 1 });
      else sendError(response, 404, 'not-found', '这个登录已经结束了。');
    }),
  );

  return router;
}

function sendLocked(response: Response): void {
  sendError(response, 429, 'locked', '连着错了 5 次，账号锁定 15 分钟。急用请找管理员解锁。');
}

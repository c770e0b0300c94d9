import { Router, type Request } from 'express';
import { z } from 'zod';
import { ROLES } from '../../domain/access.js';
import type { AccountChangedView, AccountsView, AccountView } from '../../domain/account-views.js';
import type { AccountAdministration, AccountLine } from '../../handoff/accounts/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route } from './errors.js';

export interface AccountsRoutesDeps {
  readonly administration: AccountAdministration;
}

const roles = z.array(z.enum(ROLES, '没有这个角色')).min(1, '至少选一个角色').max(ROLES.length);
const fields = {
  name: z.string().trim().min(1, '请写姓名').max(40, '姓名最多 40 个字'),
  roles,
  servicePoint: z.string().trim().min(1).max(64).nullable(),
  skills: z.array(z.string().trim().min(1).max(40)).max(20),
  phone: z.string().trim().max(40, '电话最多 40 个字'),
};
const newBody = z.strictObject({
  login: z.string().trim().min(1).max(32),
  ...fields,
  servicePoint: fields.servicePoint.default(null),
  skills: fields.skills.default([]),
  phone: fields.phone.default(''),
});
const changeBody = z.strictObject(fields).partial();
const query = z.object({
  q: z.string().trim().max(64).optional().catch(undefined),
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(['active', 'blocked']).optional().catch(undefined),
  after: z.string().max(64).optional().catch(undefined),
});

/** The desk's section 账号, for the administrator. The routes stand behind the desk's own check of the session. */
export function accountsRoutes({ administration }: AccountsRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.use('/accounts', requireDuty(sessionOf, 'accounts', '账号只有管理员能看、能改。'));

  router.get(
    '/accounts',
    route(async (request, response) => {
      const { lines, total, next } = await administration.list(query.parse(request.query));
      const accounts = lines.map(viewOf);
      response.json({ accounts, total, next } satisfies AccountsView);
    }),
  );

  const changed = async (id: string, more: Omit<AccountChangedView, 'account'> = {}): Promise<AccountChangedView> => {
    return { account: viewOf(await administration.line(id)), ...more };
  };
  router.post(
    '/accounts',
    route(async (request, response) => {
      const { id, password } = await administration.add(sessionOf(request).staff.id, readBody(request, newBody));
      response.json(await changed(id, { oneTimePassword: password }));
    }),
  );

  const action = (name: string, act: (by: string, id: string, request: Request) => Promise<Omit<AccountChangedView, 'account'>>): void => {
    router.post(
      `/accounts/:id/${name}`,
      route(async (request, response) => {
        const id = typeof request.params['id'] === 'string' ? request.params['id'] : '';
        response.json(await changed(id, await act(sessionOf(request).staff.id, id, request)));
      }),
    );
  };
  action('change', async (by, id, request) => {
    await administration.change(by, id, withoutUndefined(readBody(request, changeBody)));
    return {};
  });
  action('block', async (by, id) => ({ released: await administration.block(by, id) }));
  action('unblock', (by, id) => administration.unblock(by, id).then(() => ({})));
  action('unlock', (by, id) => administration.unlock(by, id).then(() => ({})));
  action('reset-password', async (by, id) => ({ oneTimePassword: await administration.resetPassword(by, id) }));
  action('reset-totp', (by, id) => administration.resetTotp(by, id).then(() => ({})));
  action('end-sessions', (by, id) => administration.endSessions(by, id).then(() => ({})));

  return router;
}

function viewOf(line: AccountLine): AccountView {
  const { id, login, name, roles, servicePoint, pointName, skills, phone, mustChangePassword, blockedAt, totp, lockedUntil, sessions } =
    line;
  return { id, login, name, roles, servicePoint, pointName, skills, phone, mustChangePassword, blockedAt, totp, lockedUntil, sessions };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Given<T>;
}

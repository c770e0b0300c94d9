import { Router, type Request, type RequestHandler } from 'express';
import type { ChannelState, ChannelsView, TelegramCodeView, TelegramLinkView } from '../../domain/views.js';
import type { StaffSession } from '../../handoff/ports.js';
import { requireDuty } from './desk-session.js';
import { route, sendError } from './errors.js';

/** Accounts of the desk and the Telegram users who are the same people. */
export interface TelegramLinks {
  /** Since when an account is linked, in milliseconds since the epoch; null: it is not. */
  linkedAt(staffId: string): Promise<number | null>;
  /** A code that links an account once; an earlier one of the account ends. */
  newCode(staffId: string): Promise<TelegramCodeView>;
  /** @returns whether the account was linked */
  unlink(staffId: string): Promise<boolean>;
}

export interface ChannelRoutesDeps {
  /** How each channel that is on is doing. */
  readonly channels: () => readonly ChannelState[];
  /** The code that somebody has to scan so that WeChat logs in; null: none is wanted. */
  readonly loginCode: () => ChannelsView['scan'];
  /** Null: there is no lawyers' group on Telegram. */
  readonly telegramLinks: TelegramLinks | null;
}

/**
 * The desk's section 渠道: how channels are doing, the WeChat login, and one's own Telegram.
 * @param sessionOf who is signed in; the routes stand behind the desk's own check of session and token
 */
export function channelRoutes(deps: ChannelRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();

  // whoever sees the login code can take the account over
  router.get('/channels', requireDuty(sessionOf, 'channels', '渠道的状态只有值班负责人和管理员能看。'), (_request, response) => {
    const view: ChannelsView = { channels: deps.channels(), scan: deps.loginCode() };
    response.json(view);
  });

  const withLinks = (act: (links: TelegramLinks, staffId: string) => Promise<object>): RequestHandler =>
    route(async (request, response) => {
      if (deps.telegramLinks === null) sendError(response, 404, 'not-found', '没有开通 Telegram 律师群。');
      else response.json(await act(deps.telegramLinks, sessionOf(request).staff.id));
    });
  router.get(
    '/telegram-link',
    route(async (request, response) => {
      const linkedAt = (await deps.telegramLinks?.linkedAt(sessionOf(request).staff.id)) ?? null;
      const view: TelegramLinkView = { available: deps.telegramLinks !== null, linkedAt };
      response.json(view);
    }),
  );
  router.post(
    '/telegram-link',
    withLinks((links, staffId) => links.newCode(staffId)),
  );
  router.post(
    '/telegram-link/remove',
    withLinks(async (links, staffId) => ({ removed: await links.unlink(staffId) })),
  );
  return router;
}

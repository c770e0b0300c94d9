import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { CITIZEN_COOKIE, readCookie, setCookie } from './cookies.js';
import { sendError } from './errors.js';

const SESSION_MS = 180 * 86_400_000;

/**
 * The conversation's key of the anonymous session in the request's cookie; opens a session where there is none. The cookie
 * is SameSite=Strict, so that another site's page cannot speak in the session.
 */
export function citizenKey(request: Request, response: Response, secure: boolean): string {
  const existing = readCookie(request, CITIZEN_COOKIE);
  return existing !== null && /^[\w-]{43}$/.test(existing) ? keyOf(existing) : opened(response, secure);
}

function opened(response: Response, secure: boolean): string {
  const session = newCitizenSession();
  setCitizenSession(response, session, secure);
  return session.key;
}

export interface CitizenSession {
  readonly token: string;
  /** Key of its conversation. */
  readonly key: string;
}

export function newCitizenSession(): CitizenSession {
  const token = randomBytes(32).toString('base64url');
  return { token, key: keyOf(token) };
}

/** Puts a session in the place of the one in the browser. */
export function setCitizenSession(response: Response, { token }: CitizenSession, secure: boolean): void {
  setCookie(response, CITIZEN_COOKIE, token, { secure, maxAgeMs: SESSION_MS, path: '/' });
}

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Lets through what a person can do by hand: one thing every few seconds; 30 a minute from one session is a machine, 300
 * from one address a crowd of them. Refuses the rest in words.
 * @returns whether to go on
 */
export function createPace(): (request: Request, response: Response, key: string) => Promise<boolean> {
  const perSession = new RateLimiterMemory({ points: 30, duration: 60 });
  const perAddress = new RateLimiterMemory({ points: 300, duration: 60 });
  return async (request, response, key) => {
    try {
      await Promise.all([perSession.consume(key), perAddress.consume(request.ip ?? '')]);
      return true;
    } catch {
      sendError(response, 429, 'too-fast', '发得太快了，请等一分钟再发。');
      return false;
    }
  };
}

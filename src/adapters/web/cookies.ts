import type { Request, Response } from 'express';

export const CITIZEN_COOKIE = 'baimi_chat';
export const DESK_COOKIE = 'baimi_desk';

/** One cookie of a request, null where it is not there. */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

export function setCookie(
  response: Response,
  name: string,
  value: string,
  options: { secure: boolean; maxAgeMs: number; path: string },
): void {
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: options.secure,
    maxAge: options.maxAgeMs,
    path: options.path,
  });
}

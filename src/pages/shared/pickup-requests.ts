import type { PickupCodeView, PickupView } from '../../domain/views.js';
import { postJson } from './request.js';

/** What stands behind a code. Throws RequestError: `digits-wanted` where a telephone number has to be known. */
export function openPickup(code: string, digits: string | null): Promise<PickupView> {
  return postJson<PickupView>('/api/pickup/open', { code, digits });
}

/** Says how far the lawyer's words were seen behind a code. */
export async function markReadByCode(code: string, digits: string | null, upTo: number): Promise<void> {
  await postJson('/api/pickup/read', { code, digits, upTo });
}

/** Makes this browser's session the conversation's. */
export async function resumeHere(code: string, digits: string | null): Promise<void> {
  await postJson('/api/pickup/resume', { code, digits });
}

/** A new code of this browser's conversation. */
export function newPickupCode(): Promise<PickupCodeView> {
  return postJson<PickupCodeView>('/api/chat/pickup', {});
}

/** Ends every code of this browser's conversation. */
export async function revokePickupCode(): Promise<void> {
  await postJson('/api/chat/pickup/revoke', {});
}

/** Where a code is read, as a QR code holds it. */
export function pickupAddress(code: string): string {
  return `${window.location.origin}/t/${code}`;
}

import { createTelegramStore } from './adapters/database/telegram-store.js';
import { createTelegramChannel, type TelegramChannel, type TelegramDeps } from './adapters/telegram/create-telegram-channel.js';
import type { App } from './app.js';
import type { TelegramConfig } from './config.js';

/** Where the platform pushes to, if it does. */
export const TELEGRAM_PATH = '/telegram';

export interface TelegramStart extends Pick<TelegramDeps, 'delivery' | 'now' | 'onError'> {
  readonly app: App;
  readonly db: Parameters<typeof createTelegramStore>[0];
}

/** The Telegram bot as it is configured, registered with delivery by whoever starts it; null: it is off. */
export function openTelegram(config: TelegramConfig | null, { app, db, ...deps }: TelegramStart): TelegramChannel | null {
  if (config === null) return null;
  return createTelegramChannel(config, {
    inbox: app.messenger,
    changes: app.changes,
    tickets: app.tickets,
    reader: app.desk,
    store: createTelegramStore(db),
    ...deps,
  });
}

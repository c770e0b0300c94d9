import type { OfficialAccountApi } from './api.js';

/** Keys of the menu's entries: what a tap means. */
export const MENU = {
  ask: { key: 'BAIMI_ASK', name: '我要咨询' },
  human: { key: 'BAIMI_HUMAN', name: '找律师' },
  tickets: { key: 'BAIMI_TICKETS', name: '我的工单' },
  points: { key: 'BAIMI_POINTS', name: '附近服务点' },
} as const;

/** The menu as the platform wants it: at most three entries, at most five below one. */
export function menuDefinition(): object {
  const click = ({ key, name }: { readonly key: string; readonly name: string }): object => ({ type: 'click', name, key });
  return {
    button: [click(MENU.ask), click(MENU.human), { name: '更多服务', sub_button: [click(MENU.tickets), click(MENU.points)] }],
  };
}

/**
 * Puts the menu under the account's chat. Clients show it within minutes, at the latest after a day.
 * @throws BaimiError where the platform refuses
 */
export async function createMenu(api: OfficialAccountApi): Promise<void> {
  await api.demand('/cgi-bin/menu/create', menuDefinition());
}

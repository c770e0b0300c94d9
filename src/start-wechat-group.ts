import { createWechatGroup, type WechatGroup, type WechatGroupOptions } from './adapters/wechat-group/create-wechat-group.js';
import type { WechatGroupConfig } from './config.js';
import type { Inbox } from './messaging/channel.js';

export interface WechatGroupStart extends Pick<WechatGroupOptions, 'say' | 'onEvent' | 'onError' | 'now' | 'knowsServicePoint'> {
  readonly inbox: Inbox;
}

/** The WeChat groups as they are configured, registered with delivery by whoever starts them; null: off, nothing is loaded. */
export function openWechatGroup(config: WechatGroupConfig | null, { inbox, ...deps }: WechatGroupStart): WechatGroup | null {
  if (config === null) return null;
  return createWechatGroup(inbox, { ...config, ...deps });
}

import { BaimiError } from '../../domain/errors.js';
import { createAccessToken, type AccessToken } from './access-token.js';
import { ApiFailure, createCall, type Call } from './call.js';
import { fetchMedia } from './fetch-media.js';

export interface ApiOptions {
  readonly appId: string;
  readonly secret: string;
  /** Left out: WeChat's own. */
  readonly baseUrl?: string | undefined;
  readonly now: () => number;
}

export interface OfficialAccountApi {
  /** @throws ApiFailure */
  call: Call;
  /** For commands. @throws BaimiError `unavailable` saying what to do */
  demand: Call;
  /** What a person sent, by its reference. @throws ApiFailure */
  media(mediaId: string): Promise<AsyncIterable<Uint8Array>>;
}

export const WECHAT_API = 'https://api.weixin.qq.com';
const TIMEOUT_MS = 5000;
/** The token is none, not the newest, or too old. */
const TOKEN_CODES: readonly (number | null)[] = [40001, 40014, 42001];

/** The platform's interface with the account's token; a token that is refused is fetched anew, once a call. */
export function createApi({ appId, secret, baseUrl = WECHAT_API, now }: ApiOptions): OfficialAccountApi {
  const base = baseUrl.replace(/\/+$/, '');
  const bare = createCall(base, TIMEOUT_MS);
  const token = createAccessToken(bare, { appId, secret }, now);
  const call: Call = (path, body) => withToken(token, (current) => bare(`${path}?access_token=${encodeURIComponent(current)}`, body));
  return {
    call,
    media: (mediaId) => withToken(token, (current) => fetchMedia(base, current, mediaId)),
    async demand(path, body) {
      try {
        return await call(path, body);
      } catch (error) {
        throw error instanceof ApiFailure ? inWords(error) : error;
      }
    },
  };
}

async function withToken<T>(token: AccessToken, ask: (current: string) => Promise<T>): Promise<T> {
  const once = async (): Promise<T> => {
    const current = await token.get();
    try {
      return await ask(current);
    } catch (error) {
      if (error instanceof ApiFailure && TOKEN_CODES.includes(error.code)) token.refused(current);
      throw error;
    }
  };
  try {
    return await once();
  } catch (error) {
    if (error instanceof ApiFailure && TOKEN_CODES.includes(error.code)) return once();
    throw error;
  }
}

/** What the person who set the account up can do about a code. */
export const REMEDIES: Readonly<Record<number, string>> = {
  40013: 'AppID 不对。怎么改：核对 BAIMI_OFFICIAL_ACCOUNT_APP_ID',
  40018: '菜单名太长。怎么改：缩短菜单名',
  40125: 'AppSecret 不对。怎么改：核对 BAIMI_OFFICIAL_ACCOUNT_SECRET',
  40164: '本机的地址不在 IP 白名单里。怎么改：在公众平台“基本配置”里加上本机的出口地址',
  40243: 'AppSecret 被冻结。怎么改：在公众平台解冻或者重设',
  45009: '今天的接口次数用完了。怎么改：明天再试，或者在公众平台清零',
  48001: '这个公众号没有这个权限（没有认证，或者不是服务号）。怎么改：认证以后再试',
};

function inWords({ code, message }: ApiFailure): BaimiError {
  if (code === null) return new BaimiError('unavailable', `连不上微信的接口（${message}）。怎么改：检查网络，过一会儿再试`);
  return new BaimiError('unavailable', `微信的接口拒绝了（errcode ${String(code)}）：${REMEDIES[code] ?? '按错误码查公众平台的说明'}`);
}

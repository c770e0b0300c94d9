import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BaimiError } from './domain/errors.js';

/** Folder of package.json, from the sources and from the built files alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'baimi') return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new BaimiError('bad-config', '找不到安装目录里的 package.json。怎么改：重新安装');
    folder = parent;
  }
}

const flag = z.enum(['0', '1'], '只能是 0 或 1').transform((value) => value === '1');

/** Ways of asking a language model for JSON; `none`: in the words of the prompt alone. */
const JSON_MODES = ['json_schema', 'json_object', 'tools', 'none'] as const;
const price = z.coerce.number('要写每百万词元多少元').min(0, '不能是负数').max(100_000, '要写每百万词元多少元');

/** How the account's pushes come: as they are, both forms in one body, encrypted only. */
const PUSH_MODES = ['plain', 'compatible', 'secure'] as const;
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '要 43 个字母和数字（公众平台上的 EncodingAESKey）');

const schema = z.object({
  BAIMI_HOST: z.string().min(1).default('127.0.0.1'),
  BAIMI_PORT: z.coerce.number('要写端口号').int().min(0).max(65535, '端口号在 0 到 65535 之间').default(8080),
  BAIMI_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, '要写 postgres://用户:密码@主机:端口/库名，特殊字符按网址的写法转义')
    .optional(),
  BAIMI_KNOWLEDGE: z.string().min(1).default(join(packageRoot(), 'knowledge')),
  BAIMI_LAWS: z.string().min(1).optional(),
  BAIMI_EMBEDDING_URL: z.url('要写完整的网址，例如 http://127.0.0.1:8000/v1').optional(),
  BAIMI_EMBEDDING_KEY: z.string().min(1).optional(),
  BAIMI_EMBEDDING_MODEL: z.string().min(1).optional(),
  BAIMI_EMBEDDING_DIMENSION: z.coerce.number('要写一个整数').int('要写一个整数').min(1).max(8192, '最多 8192').optional(),
  BAIMI_LLM_URL: z.url('要写完整的网址，例如 http://127.0.0.1:8000/v1').optional(),
  BAIMI_LLM_KEY: z.string().min(1).optional(),
  BAIMI_LLM_MODEL: z.string().min(1).optional(),
  BAIMI_LLM_TIMEOUT_MS: z.coerce.number('要写毫秒数').int('要写一个整数').min(100, '最少 100').max(120_000, '最多 120000').optional(),
  BAIMI_LLM_JSON: z.enum(JSON_MODES, `只能是 ${JSON_MODES.join('、')}`).optional(),
  BAIMI_LLM_PRICE_IN: price.optional(),
  BAIMI_LLM_PRICE_OUT: price.optional(),
  BAIMI_OFFICIAL_ACCOUNT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, '要 3 到 32 个字母和数字')
    .optional(),
  BAIMI_OFFICIAL_ACCOUNT_APP_ID: z
    .string()
    .regex(/^wx[\da-z]{16}$/, '要以 wx 开头的 18 个字符')
    .optional(),
  BAIMI_OFFICIAL_ACCOUNT_MODE: z.enum(PUSH_MODES, `只能是 ${PUSH_MODES.join('、')}`).optional(),
  BAIMI_OFFICIAL_ACCOUNT_AES_KEY: aesKey.optional(),
  BAIMI_OFFICIAL_ACCOUNT_AES_KEY_BEFORE: aesKey.optional(),
  BAIMI_OFFICIAL_ACCOUNT_SECRET: z.string().min(1).optional(),
  BAIMI_OFFICIAL_ACCOUNT_VERIFIED: flag.optional(),
  BAIMI_OFFICIAL_ACCOUNT_API: z.url('要写完整的网址，例如 https://api.weixin.qq.com').optional(),
  BAIMI_TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{30,}$/, '要 BotFather 给的令牌：数字、冒号、一长串字母和数字')
    .optional(),
  BAIMI_TELEGRAM_STAFF_CHAT: z.coerce.number('要写律师群的编号').int('要写一个整数').negative('群的编号是负数').optional(),
  BAIMI_TELEGRAM_WEBHOOK_URL: z
    .url('要写完整的网址，例如 https://law.example.cn/telegram')
    .regex(/^https:\/\/.*\/telegram$/, '要以 https:// 开头、/telegram 结尾')
    .optional(),
  BAIMI_TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, '要 16 到 256 个字母、数字、_ 或 -')
    .optional(),
  BAIMI_TELEGRAM_API: z.url('要写完整的网址，例如 https://api.telegram.org').optional(),
  BAIMI_WECHAT_GROUP_PUPPET: z
    .string()
    .regex(/^(?:@[\w.-]+\/)?wechaty-puppet(?:-[\w.-]+)?$/, '要写 wechaty 的 puppet 包名，例如 wechaty-puppet-wechat4u')
    .optional(),
  BAIMI_WECHAT_GROUP_TOKEN: z.string().min(1).optional(),
  BAIMI_WECHAT_GROUP_NAMES: z.string().min(1).optional(),
  BAIMI_WECHAT_GROUP_OFFICER_PASSWORD: z
    .string()
    .regex(/^\S{8,64}$/, '要 8 到 64 个字符，不能有空格')
    .optional(),
  BAIMI_WECHAT_GROUP_PAGE_URL: z.url('要写群众页面的完整网址，例如 https://law.example.cn/').optional(),
  BAIMI_WECHAT_GROUP_PER_DAY: z.coerce.number('要写条数').int('要写一个整数').min(1, '最少 1').max(5000, '最多 5000').optional(),
  BAIMI_VECTOR_INDEX: z.enum(['exact', 'hnsw'], '只能是 exact 或 hnsw').default('exact'),
  BAIMI_METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/, '要 16 到 200 个字母、数字或 . ~ + / = _ -')
    .optional(),
  BAIMI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], '只能是 debug、info、warn、error 或 silent').default('info'),
  BAIMI_REQUIRE_TOTP: flag.default(false),
  BAIMI_SECURE_COOKIES: flag.default(false),
  BAIMI_TRUSTED_PROXIES: z.coerce.number('要写一个数').int().min(0).max(10).default(0),
});

/** An embedding elsewhere: any endpoint that speaks OpenAI's protocol. */
export interface EmbeddingConfig {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly dimension: number;
  /** Vectors are kept here, by the hash of what was embedded. */
  readonly cacheFolder: string;
}

/** A language model: any endpoint that speaks OpenAI's protocol. */
export interface LanguageModelConfig {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** For one request. */
  readonly timeoutMs: number;
  /** Which way of asking for JSON the service knows. */
  readonly json: (typeof JSON_MODES)[number];
  /** Yuan per million tokens; null: not known. */
  readonly priceIn: number | null;
  readonly priceOut: number | null;
}

/** A WeChat Official Account. */
export interface OfficialAccountConfig {
  readonly token: string;
  readonly appId: string;
  readonly mode: (typeof PUSH_MODES)[number];
  /** The current EncodingAESKey and, while it is being changed, the one before; none in plain mode. */
  readonly aesKeys: readonly string[];
  /** For calls to the platform: menu, QR codes, messages; null: none are made. */
  readonly secret: string | null;
  /** A verified account may send by itself. */
  readonly verified: boolean;
  /** Null: WeChat's own. */
  readonly apiUrl: string | null;
}

/** A Telegram bot. */
export interface TelegramConfig {
  readonly token: string;
  /** Telegram's own, or a server that passes on to it. */
  readonly apiRoot: string;
  /** The lawyers' group; null: lawyers work at the desk alone. */
  readonly staffChat: number | null;
  /** Null: updates are polled. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

/** An account of a person in WeChat groups. */
export interface WechatGroupConfig {
  /** Package of the wechaty puppet. */
  readonly puppet: string;
  /** Of puppets that are paid for; null: none. */
  readonly token: string | null;
  /** By which people call the bot, besides the account's own name. */
  readonly aliases: readonly string[];
  /** Null: no orders are taken in groups. */
  readonly officerPassword: string | null;
  /** Where people go on in private; null: only by writing to the account. */
  readonly pageUrl: string | null;
  /** Most messages sent in a day. */
  readonly perDay: number;
  /** Session and records of rooms. */
  readonly folder: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  readonly databaseFile: string;
  /** Where the data is: `databaseFile`, or PostgreSQL. */
  readonly database: { readonly file: string } | { readonly url: string };
  /** What people and channels send along; plain files. */
  readonly attachmentsFolder: string;
  /** Where the search's indexes are kept; may be deleted at any time. */
  readonly indexFolder: string;
  readonly knowledgeFolder: string;
  /** Official texts to search and quote; null: the pack alone. */
  readonly lawsFolder: string | null;
  /** Null: our own embedding. */
  readonly embedding: EmbeddingConfig | null;
  /** Null: rules and templates alone. */
  readonly languageModel: LanguageModelConfig | null;
  /** Null: off. */
  readonly officialAccount: OfficialAccountConfig | null;
  /** Null: off. */
  readonly telegram: TelegramConfig | null;
  /** Null: off. */
  readonly wechatGroup: WechatGroupConfig | null;
  readonly promptsFolder: string;
  /** `exact`: a question is compared with every provision; `hnsw`: with those that a graph leads to. */
  readonly vectorIndex: 'exact' | 'hnsw';
  readonly pagesFolder: string;
  /** Whoever shows it may read /metrics; null: nobody. */
  readonly metricsToken: string | null;
  readonly logLevel: string;
  readonly secureCookies: boolean;
  /** Officers and administrators do nothing at the desk before they have set up a second factor. */
  readonly requireTotp: boolean;
  readonly trustedProxies: number;
}

/**
 * Reads the environment, the only place that does.
 * @throws BaimiError `bad-config` naming the variable and the rule, never its value
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new BaimiError(
      'bad-config',
      `环境变量 ${String(issue?.path[0] ?? '')} 不对：${issue?.message ?? ''}。怎么改：改正它，或者不设，用默认值`,
    );
  }
  const value = parsed.data;
  const dataFolder = resolve(value.BAIMI_DATA);
  return {
    host: value.BAIMI_HOST,
    port: value.BAIMI_PORT,
    dataFolder,
    databaseFile: join(dataFolder, 'baimi.db'),
    database: value.DATABASE_URL === undefined ? { file: join(dataFolder, 'baimi.db') } : { url: value.DATABASE_URL },
    attachmentsFolder: join(dataFolder, 'attachments'),
    indexFolder: join(dataFolder, 'index'),
    knowledgeFolder: resolve(value.BAIMI_KNOWLEDGE),
    lawsFolder: value.BAIMI_LAWS === undefined ? null : resolve(value.BAIMI_LAWS),
    embedding: embeddingOf(value, dataFolder),
    languageModel: languageModelOf(value),
    officialAccount: officialAccountOf(value),
    telegram: telegramOf(value),
    wechatGroup: wechatGroupOf(value, dataFolder),
    promptsFolder: join(packageRoot(), 'prompts'),
    vectorIndex: value.BAIMI_VECTOR_INDEX,
    pagesFolder: join(packageRoot(), 'dist', 'pages'),
    metricsToken: value.BAIMI_METRICS_TOKEN ?? null,
    logLevel: value.BAIMI_LOG_LEVEL,
    secureCookies: value.BAIMI_SECURE_COOKIES,
    requireTotp: value.BAIMI_REQUIRE_TOTP,
    trustedProxies: value.BAIMI_TRUSTED_PROXIES,
  };
}

/** All four of BAIMI_EMBEDDING_… or none. */
function embeddingOf(value: z.infer<typeof schema>, dataFolder: string): EmbeddingConfig | null {
  const names = ['BAIMI_EMBEDDING_URL', 'BAIMI_EMBEDDING_KEY', 'BAIMI_EMBEDDING_MODEL', 'BAIMI_EMBEDDING_DIMENSION'] as const;
  if (names.every((name) => value[name] === undefined)) return null;
  const {
    BAIMI_EMBEDDING_URL: baseUrl,
    BAIMI_EMBEDDING_KEY: apiKey,
    BAIMI_EMBEDDING_MODEL: model,
    BAIMI_EMBEDDING_DIMENSION: dimension,
  } = value;
  if (baseUrl === undefined || apiKey === undefined || model === undefined || dimension === undefined) {
    const missing = names.filter((name) => value[name] === undefined);
    throw new BaimiError('bad-config', `设了外部向量服务，却没设 ${missing.join('、')}。怎么改：四个 BAIMI_EMBEDDING_… 都设上，或者都不设`);
  }
  return { baseUrl, apiKey, model, dimension, cacheFolder: join(dataFolder, 'embeddings') };
}

/** BAIMI_LLM_URL, _KEY and _MODEL, or none; the others say more about it and mean nothing without. */
function languageModelOf(value: z.infer<typeof schema>): LanguageModelConfig | null {
  const set = Object.entries(value).filter(([name, given]) => name.startsWith('BAIMI_LLM_') && given !== undefined);
  if (set.length === 0) return null;
  const { BAIMI_LLM_URL: baseUrl, BAIMI_LLM_KEY: apiKey, BAIMI_LLM_MODEL: model } = value;
  if (baseUrl === undefined || apiKey === undefined || model === undefined) {
    const missing = (['BAIMI_LLM_URL', 'BAIMI_LLM_KEY', 'BAIMI_LLM_MODEL'] as const).filter((name) => value[name] === undefined);
    throw new BaimiError(
      'bad-config',
      `设了 ${set[0]?.[0] ?? ''}，却没设 ${missing.join('、')}。怎么改：BAIMI_LLM_URL、_KEY、_MODEL 三个都设上，或者 BAIMI_LLM_… 都不设`,
    );
  }
  return {
    baseUrl,
    apiKey,
    model,
    timeoutMs: value.BAIMI_LLM_TIMEOUT_MS ?? 8000,
    json: value.BAIMI_LLM_JSON ?? 'json_object',
    priceIn: value.BAIMI_LLM_PRICE_IN ?? null,
    priceOut: value.BAIMI_LLM_PRICE_OUT ?? null,
  };
}

/** BAIMI_OFFICIAL_ACCOUNT_TOKEN and _APP_ID, or none; encrypted unless plain mode is asked for. */
function officialAccountOf(value: z.infer<typeof schema>): OfficialAccountConfig | null {
  const set = Object.entries(value).filter(([name, given]) => name.startsWith('BAIMI_OFFICIAL_ACCOUNT_') && given !== undefined);
  if (set.length === 0) return null;
  const { BAIMI_OFFICIAL_ACCOUNT_TOKEN: token, BAIMI_OFFICIAL_ACCOUNT_APP_ID: appId } = value;
  const mode = value.BAIMI_OFFICIAL_ACCOUNT_MODE ?? 'secure';
  const verified = value.BAIMI_OFFICIAL_ACCOUNT_VERIFIED ?? false;
  const wanted = ['BAIMI_OFFICIAL_ACCOUNT_TOKEN', 'BAIMI_OFFICIAL_ACCOUNT_APP_ID'] as const;
  const missing = [
    ...wanted.filter((name) => value[name] === undefined),
    ...(mode !== 'plain' && value.BAIMI_OFFICIAL_ACCOUNT_AES_KEY === undefined ? ['BAIMI_OFFICIAL_ACCOUNT_AES_KEY'] : []),
    ...(verified && value.BAIMI_OFFICIAL_ACCOUNT_SECRET === undefined ? ['BAIMI_OFFICIAL_ACCOUNT_SECRET'] : []),
  ];
  if (token === undefined || appId === undefined || missing.length > 0) {
    throw new BaimiError(
      'bad-config',
      `设了 ${set[0]?.[0] ?? ''}，却没设 ${missing.join('、')}。怎么改：补上；不用公众号就把 BAIMI_OFFICIAL_ACCOUNT_… 都去掉（明文模式写 BAIMI_OFFICIAL_ACCOUNT_MODE=plain，不需要密钥）`,
    );
  }
  const keys = [value.BAIMI_OFFICIAL_ACCOUNT_AES_KEY, value.BAIMI_OFFICIAL_ACCOUNT_AES_KEY_BEFORE];
  return {
    token,
    appId,
    mode,
    aesKeys: mode === 'plain' ? [] : keys.filter((key) => key !== undefined),
    secret: value.BAIMI_OFFICIAL_ACCOUNT_SECRET ?? null,
    verified,
    apiUrl: value.BAIMI_OFFICIAL_ACCOUNT_API ?? null,
  };
}

/** BAIMI_TELEGRAM_TOKEN, or none of BAIMI_TELEGRAM_…; address and secret of a webhook both or neither. */
function telegramOf(value: z.infer<typeof schema>): TelegramConfig | null {
  const set = Object.entries(value).filter(([name, given]) => name.startsWith('BAIMI_TELEGRAM_') && given !== undefined);
  if (set.length === 0) return null;
  const { BAIMI_TELEGRAM_TOKEN: token, BAIMI_TELEGRAM_WEBHOOK_URL: url, BAIMI_TELEGRAM_WEBHOOK_SECRET: secret } = value;
  if (token === undefined) {
    throw new BaimiError(
      'bad-config',
      `设了 ${set[0]?.[0] ?? ''}，却没设 BAIMI_TELEGRAM_TOKEN。怎么改：补上；不用 Telegram 就把 BAIMI_TELEGRAM_… 都去掉`,
    );
  }
  if ((url === undefined) !== (secret === undefined)) {
    const missing = url === undefined ? 'BAIMI_TELEGRAM_WEBHOOK_URL' : 'BAIMI_TELEGRAM_WEBHOOK_SECRET';
    throw new BaimiError('bad-config', `Telegram 的推送地址和密钥要一起设，少了 ${missing}。怎么改：补上；两个都去掉就由程序自己去取消息`);
  }
  return {
    token,
    apiRoot: value.BAIMI_TELEGRAM_API ?? 'https://api.telegram.org',
    staffChat: value.BAIMI_TELEGRAM_STAFF_CHAT ?? null,
    webhook: url === undefined || secret === undefined ? null : { url, secret },
  };
}

/** BAIMI_WECHAT_GROUP_PUPPET, or none of BAIMI_WECHAT_GROUP_…. */
function wechatGroupOf(value: z.infer<typeof schema>, dataFolder: string): WechatGroupConfig | null {
  const set = Object.entries(value).filter(([name, given]) => name.startsWith('BAIMI_WECHAT_GROUP_') && given !== undefined);
  if (set.length === 0) return null;
  const { BAIMI_WECHAT_GROUP_PUPPET: puppet, BAIMI_WECHAT_GROUP_NAMES: names = '百米问法' } = value;
  if (puppet === undefined) {
    throw new BaimiError(
      'bad-config',
      `设了 ${set[0]?.[0] ?? ''}，却没设 BAIMI_WECHAT_GROUP_PUPPET。怎么改：补上；不用微信群就把 BAIMI_WECHAT_GROUP_… 都去掉`,
    );
  }
  return {
    puppet,
    token: value.BAIMI_WECHAT_GROUP_TOKEN ?? null,
    aliases: names
      .split(/[,，]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    officerPassword: value.BAIMI_WECHAT_GROUP_OFFICER_PASSWORD ?? null,
    pageUrl: value.BAIMI_WECHAT_GROUP_PAGE_URL ?? null,
    perDay: value.BAIMI_WECHAT_GROUP_PER_DAY ?? 300,
    folder: join(dataFolder, 'wechat-group'),
  };
}

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { toBuffer } from 'qrcode';
import { openDatabase } from '../adapters/database/open-database.js';
import { createOrganisationStore } from '../adapters/database/organisation-store.js';
import { createApi, type OfficialAccountApi } from '../adapters/official-account/api.js';
import { createMenu } from '../adapters/official-account/menu.js';
import { qrAddress } from '../adapters/official-account/qr.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
import { watchPoints } from '../known-points.js';
import { print, printJson } from './output.js';

/** Large enough for a poster. */
const QR_PIXELS = 1024;

interface Options {
  readonly json?: boolean;
  readonly out?: string;
}

/** `baimi official-account …`: what is set up once in the account. */
export function officialAccountCommand(): Command {
  return new Command('official-account')
    .description('公众号的设置')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      new Command('menu')
        .description('建好聊天窗口下面的菜单：我要咨询、找律师、我的工单、附近服务点')
        .option('--json', '输出 JSON')
        .helpOption('-h, --help', '显示用法')
        .action(async ({ json }: Options) => {
          await createMenu(configuredApi());
          if (json === true) printJson({ menu: 'created' });
          else print('菜单建好了。手机上重新进入公众号就能看到，最迟一天。');
        }),
    );
}

/** `baimi qr POINT`: the QR code that binds who scans it to a service point. */
export function qrCommand(): Command {
  return new Command('qr')
    .description('做一张公众号二维码：扫了就关注，并且记下是哪个服务点（要认证的服务号）')
    .argument('<服务点>', '服务点代码：字母、数字、_ 和 -，最多 64 个')
    .option('--out <文件>', '写到哪个 PNG 文件，默认 服务点.png')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (point: string, { json, out }: Options) => {
      const api = configuredApi();
      await demandPoint(point);
      const address = await qrAddress(api, point);
      const file = out ?? `${point}.png`;
      await writeFile(file, await toBuffer(address, { type: 'png', width: QR_PIXELS, errorCorrectionLevel: 'Q' }));
      if (json === true) printJson({ point, file, address });
      else print(`写好了 ${file}，印出来贴在服务点 ${point}。`);
    });
}

/** @throws BaimiError `not-found` for a code that is none of the service points, once there are any */
async function demandPoint(point: string): Promise<void> {
  const db = await openDatabase(readConfig(process.env).database);
  try {
    if ((await watchPoints(createOrganisationStore(db))).knows(point)) return;
    throw new BaimiError(
      'not-found',
      `没有代码是 ${point} 的服务点，或者停用了。怎么改：核对代码（大小写要一样），新的先用 baimi organisation import 收进来`,
    );
  } finally {
    await db.destroy();
  }
}

/** @throws BaimiError `bad-config` where the account is not configured for calls */
function configuredApi(): OfficialAccountApi {
  const account = readConfig(process.env).officialAccount;
  if (account === null || account.secret === null) {
    throw new BaimiError(
      'bad-config',
      '没有设公众号。怎么改：设 BAIMI_OFFICIAL_ACCOUNT_TOKEN、_APP_ID、_AES_KEY 和 _SECRET（公众平台“基本配置”里的 AppSecret）',
    );
  }
  return createApi({
    appId: account.appId,
    secret: account.secret,
    now: () => Date.now(),
    ...(account.apiUrl === null ? {} : { baseUrl: account.apiUrl }),
  });
}

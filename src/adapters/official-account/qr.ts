import { BaimiError } from '../../domain/errors.js';
import type { OfficialAccountApi } from './api.js';

const SCENE = /^[\w-]{1,64}$/;

/**
 * The address that a QR code of a service point holds: who scans it follows the account, and the point comes along. It
 * does not expire; an account has 100,000 of them.
 * @param point code of the service point
 * @throws BaimiError where the code cannot be a scene, or the platform refuses
 */
export async function qrAddress(api: OfficialAccountApi, point: string): Promise<string> {
  if (!SCENE.test(point)) {
    throw new BaimiError('bad-request', '服务点代码不能做成二维码。怎么改：只用字母、数字、_ 和 -，最多 64 个');
  }
  const { url } = await api.demand('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: point } },
  });
  if (typeof url !== 'string' || url === '') throw new BaimiError('unavailable', '微信没有给出二维码的网址。怎么改：过一会儿再试');
  return url;
}

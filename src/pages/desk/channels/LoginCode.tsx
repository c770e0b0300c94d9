import type { ChannelsView } from '../../../domain/views.js';
import { momentText } from '../../shared/times.js';

/** The code with which WeChat logs in, large enough for a telephone at arm's length. */
export function LoginCode({ scan }: { readonly scan: NonNullable<ChannelsView['scan']> }) {
  return (
    <section className="login-code" aria-labelledby="login-code-title">
      <h3 id="login-code-title">微信等人扫码登录</h3>
      {scan.svg === null ? (
        <p>这台机器画不出二维码，请看程序启动的终端里的码。</p>
      ) : (
        <img
          data-testid="login-code"
          alt="微信登录二维码"
          width={320}
          height={320}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(scan.svg)}`}
        />
      )}
      <p>
        用<strong>专门的微信号</strong>打开“扫一扫”，扫这个码，再在手机上点“登录”。不要用工作人员自己的号。
      </p>
      <p className="login-code-since">{momentText(scan.since, Date.now())} 的码。过期了会自动换，这一页也会自动更新。</p>
    </section>
  );
}

/** Urges whoever can do much to set up a second factor. */
export function TotpBanner({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <p className="totp-banner" data-testid="totp-banner">
      <span title="设置后，别人知道密码也登不进来。">您的账号还没有设置动态码。</span>
      <button type="button" className="text-button" onClick={onOpen}>
        现在设置
      </button>
    </p>
  );
}

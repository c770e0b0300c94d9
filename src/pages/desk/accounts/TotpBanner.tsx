/** Urges whoever can do much to set up a second factor. */
export function TotpBanner({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <p className="totp-banner" data-testid="totp-banner">
      您的账号能看到很多人的事。请设置动态码，别人知道密码也登不进来。
      <button type="button" className="text-button" onClick={onOpen}>
        现在设置
      </button>
    </p>
  );
}

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The codes that stand in for a lost phone, shown once. */
export function RecoveryCodes({ codes, onDone }: Props) {
  return (
    <div className="account-panel" data-testid="recovery-codes">
      <h3>备用码，只显示这一次</h3>
      <p>手机丢了或者换了，就用一个备用码登录，一个只能用一次。请抄下来，放在手机以外的地方。</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <button type="button" className="button button-primary" data-testid="recovery-done" onClick={onDone}>
        我抄好了
      </button>
    </div>
  );
}

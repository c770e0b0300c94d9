/** The mark of 百米问法: a seal with the character for law. */
export function Logo() {
  return (
    <span className="logo" aria-hidden="true">
      法
    </span>
  );
}

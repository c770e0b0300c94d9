import { Logo } from '../shared/Logo.js';
import { useLasting } from '../shared/use-lasting.js';

const SHOW_LOST_AFTER_MS = 3_000;

interface Props {
  readonly name: string;
  readonly connected: boolean;
  readonly onLeave: () => void;
  readonly onChangePassword: () => void;
}

/** Who is here, and whether news comes in by itself. */
export function DeskHeader({ name, connected, onLeave, onChangePassword }: Props) {
  const lost = useLasting(!connected, SHOW_LOST_AFTER_MS);
  return (
    <header className="desk-header">
      <Logo />
      <h1>律师工作台</h1>
      <p role="status" className="desk-status">
        {lost && <span className="badge badge-amber">网络断了，正在重连…</span>}
      </p>
      <span className="desk-name">{name}</span>
      <button type="button" className="text-button" data-testid="change-password" onClick={onChangePassword}>
        改密码
      </button>
      <button type="button" className="text-button" data-testid="sign-out" onClick={onLeave}>
        退出
      </button>
    </header>
  );
}

import { Logo } from '../shared/Logo.js';
import { SECTION_NAMES } from './sections.js';
import type { Section } from './sections.js';
import { useLasting } from '../shared/use-lasting.js';

const SHOW_LOST_AFTER_MS = 3_000;

interface Props {
  readonly name: string;
  readonly connected: boolean;
  readonly sections: readonly Section[];
  readonly section: Section;
  readonly onSection: (section: Section) => void;
  readonly onLeave: () => void;
  readonly onChangePassword: () => void;
}

/** Who is here, and whether news comes in by itself. */
export function DeskHeader({ name, connected, sections, section, onSection, onLeave, onChangePassword }: Props) {
  const lost = useLasting(!connected, SHOW_LOST_AFTER_MS);
  return (
    <header className="desk-header">
      <Logo />
      <h1>律师工作台</h1>
      <nav className="desk-sections" aria-label="工作台">
        {sections.map((one) => (
          <button
            key={one}
            type="button"
            className="desk-section"
            data-testid={`section-${one}`}
            aria-current={one === section ? 'page' : undefined}
            onClick={() => {
              onSection(one);
            }}
          >
            {SECTION_NAMES[one]}
          </button>
        ))}
      </nav>
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

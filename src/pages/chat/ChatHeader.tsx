import { Logo } from '../shared/Logo.js';
import { FindLawyerButton } from './FindLawyerButton.js';

interface Props {
  readonly onFindLawyer: () => void;
  readonly busy: boolean;
}

/** Name of the assistant, what it is, and the way to a human. */
export function ChatHeader({ onFindLawyer, busy }: Props) {
  return (
    <header className="chat-header">
      <div className="column chat-header-row">
        <Logo />
        <div className="chat-title">
          <h1>百米问法</h1>
          <p>
            <span className="chat-title-what">法律咨询助手 · </span>
            <span className="chat-title-part">由人工智能答复，</span>
            <span className="chat-title-part">可转律师</span>
          </p>
        </div>
        <FindLawyerButton testId="find-lawyer" kind="primary" onClick={onFindLawyer} disabled={busy} />
      </div>
    </header>
  );
}

import { ROLE_NAMES } from '../../../domain/access.js';
import type { AccountView } from '../../../domain/account-views.js';
import { topicName } from '../names.js';
import type { AccountAction } from './account-requests.js';

interface Props {
  readonly account: AccountView;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onAct: (action: AccountAction) => void;
}

const QUESTIONS: Readonly<Partial<Record<AccountAction, string>>> = {
  block: '停用以后，这个人马上退出登录，手里的工单放回队列，当事人会收到通知。停用吗？',
  'reset-password': '重设以后，旧密码作废，这个人马上退出登录。重设吗？',
  'reset-totp': '去掉动态码以后，只凭密码就能登录。确定是本人要求的吗？',
};

/** One account: what it is, and what can be done with it. */
export function AccountRow({ account, busy, onEdit, onAct }: Props) {
  const act = (action: AccountAction, words: string) => (
    <button
      type="button"
      className="text-button"
      data-testid={`account-${action}`}
      disabled={busy}
      onClick={() => {
        const question = QUESTIONS[action];
        if (question === undefined || window.confirm(question)) onAct(action);
      }}
    >
      {words}
    </button>
  );
  return (
    <li className="account-row" data-testid="account" data-login={account.login}>
      <div className="account-head">
        <strong>{account.name}</strong>
        <span className="account-note">{account.login}</span>
        {account.blockedAt !== null && <span className="badge badge-grey">已停用</span>}
        {account.lockedUntil > 0 && <span className="badge badge-red">密码错太多，锁定中</span>}
        {account.mustChangePassword && <span className="badge badge-amber">还没改一次性密码</span>}
        {account.totp && <span className="badge">动态码</span>}
      </div>
      <p className="account-note">
        {account.roles.map((role) => ROLE_NAMES[role]).join('、')}；{account.pointName ?? account.servicePoint ?? '整个单位'}
        {account.skills.length > 0 && `；擅长${account.skills.map(topicName).join('、')}`}
        {account.sessions > 0 && `；登录着 ${String(account.sessions)} 处`}
      </p>
      <div className="account-buttons">
        <button type="button" className="text-button" data-testid="account-edit" disabled={busy} onClick={onEdit}>
          改
        </button>
        {account.blockedAt === null ? act('block', '停用') : act('unblock', '恢复')}
        {account.lockedUntil > 0 && act('unlock', '解除锁定')}
        {act('reset-password', '重设密码')}
        {account.totp && act('reset-totp', '去掉动态码')}
        {account.sessions > 0 && act('end-sessions', '全部退出')}
      </div>
    </li>
  );
}

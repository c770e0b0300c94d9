import { useState } from 'react';
import { TotpFirst } from './accounts/TotpFirst.js';
import { LoginForm } from './LoginForm.js';
import { PasswordForm } from './PasswordForm.js';
import { useSession } from './use-session.js';
import { Workbench } from './Workbench.js';

/** The lawyer's page: sign in, change the first password, work. */
export function DeskPage() {
  const { state, client, enter, leave, check } = useSession();
  const [changing, setChanging] = useState(false);

  if (state.kind === 'loading') return <p className="desk-notice">正在打开…</p>;
  if (state.kind === 'unreachable') {
    return (
      <div className="desk-notice">
        <p>现在连不上服务器。</p>
        <button type="button" className="button button-primary" onClick={check}>
          重试
        </button>
      </div>
    );
  }
  if (state.kind === 'signed-out') return <LoginForm onEntered={enter} />;

  const { staff } = state;
  if (!staff.mustChangePassword && staff.mustSetUpTotp) return <TotpFirst client={client} onDone={check} onLeave={leave} />;
  if (staff.mustChangePassword || changing) {
    return (
      <PasswordForm
        forced={staff.mustChangePassword}
        login={staff.login}
        change={client.changePassword}
        onChanged={(next) => {
          setChanging(false);
          enter(next);
        }}
        onLeave={() => {
          if (staff.mustChangePassword) leave();
          else setChanging(false);
        }}
      />
    );
  }
  return (
    <Workbench
      staff={staff}
      client={client}
      onLeave={leave}
      onChangePassword={() => {
        setChanging(true);
      }}
      onStaffChanged={check}
    />
  );
}

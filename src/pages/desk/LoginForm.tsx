import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import type { StaffView } from '../../domain/views.js';
import { failureText, RequestError } from '../shared/request.js';
import { signIn } from './desk-client.js';
import { EntranceCard } from './EntranceCard.js';
import { Field } from './Field.js';
import { FormFailure } from './FormFailure.js';

/** Name and password. */
export function LoginForm({ onEntered }: { readonly onEntered: (staff: StaffView) => void }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  /** Null: not asked for. */
  const [code, setCode] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      onEntered(await signIn(login.trim(), password, code === '' ? null : code));
    } catch (error) {
      if (error instanceof RequestError && error.code === 'code-wanted' && code === null) setCode('');
      else setFailure(failureText(error));
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void submit();
  };

  return (
    <EntranceCard title="律师工作台">
      <form className="form" onSubmit={onSubmit}>
        <Field label="用户名" type="text" value={login} onChange={setLogin} autoComplete="username" testId="login-name" />
        <Field
          label="密码"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          testId="login-password"
        />
        {code !== null && (
          <Field
            label="动态码"
            type="text"
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            testId="login-code"
            hint="手机验证器上的 6 位数。手机不在，就写一个备用码。"
            autoFocus
          />
        )}
        <FormFailure text={failure} />
        <button type="submit" className="button button-primary" data-testid="login-submit" disabled={busy}>
          {busy ? '正在登录…' : '登录'}
        </button>
      </form>
      <p className="entrance-foot">忘了密码，请找本单位的管理员重设。</p>
    </EntranceCard>
  );
}

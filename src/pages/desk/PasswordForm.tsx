import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import type { StaffView } from '../../domain/views.js';
import { failureText } from '../shared/request.js';
import { EntranceCard } from './EntranceCard.js';
import { Field } from './Field.js';
import { FormFailure } from './FormFailure.js';

const MIN_LENGTH = 10;

interface Props {
  /** First login: nothing else works before. */
  readonly forced: boolean;
  readonly login: string;
  readonly change: (current: string, next: string) => Promise<StaffView>;
  readonly onChanged: (staff: StaffView) => void;
  readonly onLeave: () => void;
}

function objection(current: string, next: string, repeated: string): string | null {
  if (next.length < MIN_LENGTH) return `新密码至少要 ${String(MIN_LENGTH)} 位。`;
  if (next !== repeated) return '两次写的新密码不一样。';
  return next === current ? '新密码不能和现在的一样。' : null;
}

/** A new password. */
export function PasswordForm({ forced, login, change, onChanged, onLeave }: Props) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    const problem = objection(current, next, repeated);
    setFailure(problem);
    if (problem !== null) return;
    setBusy(true);
    try {
      onChanged(await change(current, next));
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void submit();
  };

  return (
    <EntranceCard title={forced ? '请先换一个密码' : '改密码'} {...(forced ? { hint: '第一次登录，要换成只有您知道的密码。' } : {})}>
      <form className="form" onSubmit={onSubmit}>
        <input type="text" value={login} autoComplete="username" readOnly hidden />
        <Field
          label="现在的密码"
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          testId="current-password"
        />
        <Field
          label="新密码"
          type="password"
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          testId="new-password"
          hint={`至少 ${String(MIN_LENGTH)} 位。几个不相干的词连起来，好记又难猜。`}
        />
        <Field
          label="再写一遍新密码"
          type="password"
          value={repeated}
          onChange={setRepeated}
          autoComplete="new-password"
          testId="repeat-password"
        />
        <FormFailure text={failure} />
        <button type="submit" className="button button-primary" data-testid="password-submit" disabled={busy}>
          {busy ? '正在保存…' : '保存新密码'}
        </button>
        <button type="button" className="button button-plain" data-testid="password-leave" onClick={onLeave}>
          {forced ? '退出登录' : '取消'}
        </button>
      </form>
    </EntranceCard>
  );
}

import { useId, useState } from 'react';
import { ROLES, ROLE_NAMES, type Role } from '../../../domain/access.js';
import type { AccountView } from '../../../domain/account-views.js';
import { TOPIC_NAMES, type AnswerTopic } from '../../../domain/answer.js';
import { FormFailure } from '../FormFailure.js';
import type { AccountFields } from './account-requests.js';

const TOPICS = Object.keys(TOPIC_NAMES) as AnswerTopic[];

interface Props {
  /** Null: a new one. */
  readonly account: AccountView | null;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly onSave: (login: string, fields: AccountFields) => void;
  readonly onCancel: () => void;
}

/** Name, roles, service point, skills and telephone of an account. */
export function AccountForm({ account, busy, failure, onSave, onCancel }: Props) {
  const id = useId();
  const [text, setText] = useState({
    login: account?.login ?? '',
    name: account?.name ?? '',
    point: account?.servicePoint ?? '',
    phone: account?.phone ?? '',
  });
  const [roles, setRoles] = useState<readonly Role[]>(account?.roles ?? ['lawyer']);
  const [skills, setSkills] = useState<readonly string[]>(account?.skills ?? []);
  const field = (name: keyof typeof text, label: string, hint?: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        data-testid={`account-${name}`}
        value={text[name]}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={name === 'login' && account !== null}
        required={name === 'login' || name === 'name'}
        onChange={(event) => {
          setText({ ...text, [name]: event.target.value });
        }}
      />
      {hint !== undefined && <p>{hint}</p>}
    </div>
  );
  return (
    <form
      className="form account-panel"
      data-testid="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        const point = text.point.trim();
        onSave(text.login.trim(), {
          name: text.name.trim(),
          roles,
          servicePoint: point === '' ? null : point,
          skills,
          phone: text.phone.trim(),
        });
      }}
    >
      <h3>{account === null ? '新建账号' : `改账号 ${account.login}`}</h3>
      {account === null && field('login', '登录名', '2–32 个小写字母、数字或 . _ -，例如 wang.li')}
      {field('name', '姓名', '群众会看到这个名字。')}
      <Choices label="角色" all={ROLES} chosen={roles} nameOf={(role) => ROLE_NAMES[role]} onChange={setRoles} />
      {field('point', '服务点代码', '只看得到这个服务点和它下面的工单。留空就是整个单位。')}
      <Choices label="擅长（可以不选）" all={TOPICS} chosen={skills} nameOf={(topic) => TOPIC_NAMES[topic]} onChange={setSkills} />
      {field('phone', '电话（可以不填）')}
      <FormFailure text={failure} />
      <div className="account-buttons">
        <button type="submit" className="button button-primary" data-testid="account-save" disabled={busy || roles.length === 0}>
          {account === null ? '新建' : '保存'}
        </button>
        <button type="button" className="button button-plain" onClick={onCancel}>
          不改了
        </button>
      </div>
    </form>
  );
}

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly all: readonly T[];
  readonly chosen: readonly string[];
  readonly nameOf: (one: T) => string;
  readonly onChange: (chosen: readonly T[]) => void;
}

function Choices<T extends string>({ label, all, chosen, nameOf, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className="account-choices">
      <legend>{label}</legend>
      {all.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            data-testid={`choice-${one}`}
            checked={chosen.includes(one)}
            onChange={(event) => {
              onChange(all.filter((other) => (other === one ? event.target.checked : chosen.includes(other))));
            }}
          />
          {nameOf(one)}
        </label>
      ))}
    </fieldset>
  );
}

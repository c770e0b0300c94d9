import { useState } from 'react';
import type { StaffView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';
import { Field } from '../Field.js';
import { FormFailure } from '../FormFailure.js';
import { accountRequests } from './account-requests.js';
import { RecoveryCodes } from './RecoveryCodes.js';
import { TotpSetup } from './TotpSetup.js';
import { useSending } from './use-sending.js';

interface Props {
  readonly staff: StaffView;
  readonly client: DeskClient;
  readonly onChanged: () => void;
}

/** One's own second factor: on or off. */
export function TotpPanel({ staff, client, onChanged }: Props) {
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { busy, failure, send } = useSending();
  return (
    <section className="account-panel" aria-labelledby="totp-title">
      <h3 id="totp-title">动态码</h3>
      <p data-testid="totp-state">
        {staff.totp ? '已开启：登录时除了密码，还要手机上的动态码。' : '没有开启。开启以后，别人知道密码也登不进来。'}
      </p>
      {!staff.totp && <TotpSetup client={client} onDone={onChanged} />}
      {staff.totp && codes !== null && (
        <RecoveryCodes
          codes={codes}
          onDone={() => {
            setCodes(null);
          }}
        />
      )}
      {staff.totp && codes === null && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            send(async () => {
              setCodes((await accountRequests.newRecoveryCodes(client, password)).codes);
              setPassword('');
            });
          }}
        >
          <Field
            label="现在的密码"
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            testId="totp-password"
          />
          <FormFailure text={failure} />
          <div className="account-buttons">
            <button type="submit" className="button button-quiet" data-testid="totp-recovery" disabled={busy}>
              换一批备用码
            </button>
            <button
              type="button"
              className="button button-plain"
              data-testid="totp-remove"
              disabled={busy}
              onClick={() => {
                send(async () => {
                  await accountRequests.removeTotp(client, password);
                  setPassword('');
                  onChanged();
                });
              }}
            >
              关闭动态码
            </button>
          </div>
        </form>
      )}
    </section>
  );
}

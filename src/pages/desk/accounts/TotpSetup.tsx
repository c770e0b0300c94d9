import { useState } from 'react';
import type { TotpSecretView } from '../../../domain/account-views.js';
import type { DeskClient } from '../desk-client.js';
import { Field } from '../Field.js';
import { FormFailure } from '../FormFailure.js';
import { accountRequests } from './account-requests.js';
import { QrCode } from './QrCode.js';
import { RecoveryCodes } from './RecoveryCodes.js';
import { useSending } from './use-sending.js';

interface Props {
  readonly client: DeskClient;
  readonly onDone: () => void;
}

/** Setting up the second factor: password, QR code, a code to prove it, recovery codes. */
export function TotpSetup({ client, onDone }: Props) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [secret, setSecret] = useState<TotpSecretView | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { busy, failure, send } = useSending();

  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (secret === null) {
    return (
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send(async () => {
            setSecret(await accountRequests.beginTotp(client, password));
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
          hint="先确认是您本人。"
        />
        <FormFailure text={failure} />
        <button type="submit" className="button button-primary" data-testid="totp-begin" disabled={busy}>
          设置动态码
        </button>
      </form>
    );
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send(async () => {
          setCodes((await accountRequests.confirmTotp(client, code)).codes);
        });
      }}
    >
      <p>1. 在手机上装一个验证器（例如“腾讯身份验证器”小程序、Microsoft Authenticator），扫这个码：</p>
      <QrCode text={secret.uri} label="给验证器扫的二维码" />
      <p>
        扫不了就手工输入密钥：<code data-testid="totp-secret">{secret.secret.replace(/.{4}(?=.)/g, '$& ')}</code>
      </p>
      <Field
        label="2. 写验证器上显示的 6 位数"
        type="text"
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        testId="totp-code"
      />
      <FormFailure text={failure} />
      <button type="submit" className="button button-primary" data-testid="totp-confirm" disabled={busy}>
        确认
      </button>
    </form>
  );
}

import { useState } from 'react';
import type { PickupCodeView } from '../../domain/views.js';
import { newPickupCode, revokePickupCode } from '../shared/pickup-requests.js';
import { failureText } from '../shared/request.js';

/** 换个手机看: a code by which the lawyer's replies are read on another device; made when it is asked for. */
export function PickupCode() {
  const [issued, setIssued] = useState<PickupCodeView | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const run = (work: Promise<void>): void => {
    setBusy(true);
    setSaid(null);
    work
      .catch((error: unknown) => {
        setSaid(failureText(error));
      })
      .finally(() => {
        setBusy(false);
      });
  };

  return (
    <div className="pickup-code" data-testid="pickup-bar">
      {issued === null ? (
        <button
          type="button"
          className="pickup-button"
          data-testid="pickup-new"
          disabled={busy}
          onClick={() => {
            run(newPickupCode().then(setIssued));
          }}
        >
          换个手机看
        </button>
      ) : (
        <p>
          换个手机看：打开 <b>{window.location.host}/t</b>，取件码{' '}
          <b className="pickup-value" data-testid="pickup-value">
            {issued.code}
          </b>
          （30 天有效，不要告诉别人）{' '}
          <button
            type="button"
            className="pickup-button"
            data-testid="pickup-revoke"
            disabled={busy}
            onClick={() => {
              run(
                revokePickupCode().then(() => {
                  setIssued(null);
                  setSaid('取件码已经作废。');
                }),
              );
            }}
          >
            作废
          </button>
        </p>
      )}
      <p role="status">{said}</p>
    </div>
  );
}

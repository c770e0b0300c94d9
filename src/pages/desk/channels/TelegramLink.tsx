import { useCallback, useEffect, useState } from 'react';
import type { TelegramCodeView } from '../../../domain/views.js';
import { failureText } from '../../shared/request.js';
import { momentText } from '../../shared/times.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';

const LOOK_EVERY_MS = 3000;

/** One's own Telegram: whether it is linked, a code to link it, and how to part again. Nothing where there is no such group. */
export function TelegramLink({ client }: { readonly client: DeskClient }) {
  const { value: link, failure, refresh } = useLoaded(useCallback(() => client.telegramLink(), [client]));
  const [asked, setAsked] = useState<{ readonly code: TelegramCodeView; readonly linkedBefore: number | null } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // whoever was shown a code sends it from a telephone: the page finds out by itself
  useEffect(() => {
    if (asked === null) return undefined;
    const timer = setInterval(refresh, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [asked, refresh]);
  if (link === null || !link.available) return <FormFailure text={failure} />;

  const code = asked !== null && asked.linkedBefore === link.linkedAt ? asked.code : null;
  const act = async (work: () => Promise<TelegramCodeView | null>): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const next = await work();
      setAsked(next && { code: next, linkedBefore: link.linkedAt });
    } catch (error) {
      setRefused(failureText(error));
    }
    setBusy(false);
    refresh();
  };

  return (
    <section className="telegram-link" aria-labelledby="telegram-link-title">
      <h3 id="telegram-link-title">我的 Telegram</h3>
      <p data-testid="telegram-linked">
        {link.linkedAt === null
          ? '还没有绑定。绑定以后，可以在律师群里领取和答复工单。'
          : `已绑定（${momentText(link.linkedAt, Date.now())}）。换了账号就重新要一个码。`}
      </p>
      <FormFailure text={refused ?? failure} />
      {code !== null && <CodeToSend code={code} />}
      <div className="telegram-buttons">
        <button
          type="button"
          className="button button-quiet"
          data-testid="telegram-code"
          disabled={busy}
          onClick={() => void act(() => client.newTelegramCode())}
        >
          要一个绑定码
        </button>
        {link.linkedAt !== null && (
          <button
            type="button"
            className="text-button"
            data-testid="telegram-unlink"
            disabled={busy}
            onClick={() => void act(() => client.unlinkTelegram().then(() => null))}
          >
            解除绑定
          </button>
        )}
      </div>
    </section>
  );
}

function CodeToSend({ code: { code, validMinutes, bot } }: { readonly code: TelegramCodeView }) {
  return (
    <div className="telegram-code">
      <p>
        请在 {validMinutes} 分钟之内，用 Telegram <strong>私聊</strong>机器人{bot === null ? '' : ` @${bot}`}
        ，发送这一句（只能用一次，别发到群里）：
      </p>
      <p className="telegram-sentence" data-testid="telegram-sentence">
        /link {code}
      </p>
    </div>
  );
}

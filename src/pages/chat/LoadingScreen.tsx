import { useLasting } from '../shared/use-lasting.js';

interface Props {
  readonly failed: boolean;
  readonly onRetry: () => void;
}

/** Before the conversation is there. */
export function LoadingScreen({ failed, onRetry }: Props) {
  const slow = useLasting(!failed, 600);
  return (
    <main className="chat-body loading" aria-live="polite">
      {failed ? (
        <>
          <p>现在连不上。请看看网络，再点一下“重试”。</p>
          <button type="button" className="button button-primary" data-testid="reload" onClick={onRetry}>
            重试
          </button>
        </>
      ) : (
        slow && <p>正在打开…</p>
      )}
    </main>
  );
}

import { useCallback, useEffect, useState } from 'react';
import { ChatPage } from '../chat/ChatPage.js';
import { Logo } from '../shared/Logo.js';
import { failureText } from '../shared/request.js';
import { beginSession, servicePoint, wipe } from './kiosk-session.js';
import { kioskTimes, secondsText } from './kiosk-times.js';
import { KioskBar } from './KioskBar.js';

/** A screen in a public place: one person after the other, nothing left of the last. */
export function KioskPage() {
  const [phase, setPhase] = useState<'start' | 'beginning' | 'open' | 'leaving'>('start');
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    // a page that the browser kept would show the last person's words
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pageshow', onShow);
    };
  }, []);

  const leave = useCallback(() => {
    setPhase('leaving');
    void wipe();
  }, []);
  const begin = (): void => {
    setPhase('beginning');
    setFailure(null);
    beginSession(servicePoint()).then(
      () => {
        setPhase('open');
      },
      (error: unknown) => {
        setPhase('start');
        setFailure(failureText(error));
      },
    );
  };

  if (phase === 'open') return <ChatPage kiosk={(thread) => <KioskBar thread={thread} onLeave={leave} />} />;
  return (
    <main className="kiosk-start">
      <Logo />
      <h1>百米问法</h1>
      <p>征地拆迁、工伤、工资，有事问一问。由人工智能答复，可转律师。</p>
      {phase === 'leaving' ? (
        <p>正在清除…</p>
      ) : (
        <button
          type="button"
          className="button button-primary kiosk-begin"
          data-testid="kiosk-begin"
          disabled={phase !== 'start'}
          onClick={begin}
        >
          点这里开始
        </button>
      )}
      <p className="kiosk-failure" role="alert">
        {failure}
      </p>
      <p>用完请点“结束”。{secondsText(kioskTimes(window.location.search).idle)}没有人操作，屏幕会自动清空。</p>
    </main>
  );
}

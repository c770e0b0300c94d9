import type { Message } from '../../domain/message.js';
import { kioskTimes } from './kiosk-times.js';
import { PrintSheet } from './PrintSheet.js';
import { useIdle } from './use-idle.js';
import { usePrint } from './use-print.js';

interface Props {
  readonly thread: readonly Message[];
  readonly onLeave: () => void;
}

/** Printing and ending, and the question whether anybody is still there. */
export function KioskBar({ thread, onLeave }: Props) {
  const { secondsLeft, stay } = useIdle(kioskTimes(window.location.search), onLeave);
  const { sheet, failure, busy, print } = usePrint();
  return (
    <>
      <div className="kiosk-bar">
        <button
          type="button"
          className="button button-quiet"
          data-testid="kiosk-print"
          disabled={busy || thread.length === 0}
          onClick={print}
        >
          打印
        </button>
        <button type="button" className="button button-plain" data-testid="kiosk-leave" onClick={onLeave}>
          结束
        </button>
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
      {sheet !== null && <PrintSheet sheet={sheet} thread={thread} />}
      {secondsLeft !== null && (
        <div className="kiosk-idle" role="alertdialog" aria-labelledby="kiosk-idle-title" data-testid="kiosk-idle">
          <div className="kiosk-idle-box">
            <h2 id="kiosk-idle-title">您还在吗？</h2>
            <p>
              <b data-testid="kiosk-seconds">{secondsLeft}</b> 秒后清空屏幕，您写的话不会留在这里。
            </p>
            <button type="button" className="button button-primary" data-testid="kiosk-stay" autoFocus onClick={stay}>
              我还在
            </button>
          </div>
        </div>
      )}
    </>
  );
}

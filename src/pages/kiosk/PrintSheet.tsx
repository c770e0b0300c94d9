import type { Message } from '../../domain/message.js';
import { dayText } from '../shared/times.js';
import { QrCode } from './QrCode.js';
import type { Sheet } from './use-print.js';

interface Props {
  readonly sheet: Sheet;
  readonly thread: readonly Message[];
}

/** On paper only, above the answers: where they come from, the ticket, and how to go on by phone. */
export function PrintSheet({ sheet, thread }: Props) {
  const ticket = thread.flatMap(({ body }) => (body.type === 'answer' && body.ticketNumber !== null ? [body.ticketNumber] : [])).at(-1);
  const day = new Date(sheet.printedAt);
  return (
    <section className="sheet" data-testid="sheet">
      <div>
        <h2>百米问法 · 答复单</h2>
        <p>{dayText(`${String(day.getFullYear())}-${String(day.getMonth() + 1)}-${String(day.getDate())}`)}打印</p>
        {ticket !== undefined && (
          <p>
            工单编号 <b>{ticket}</b>
          </p>
        )}
        <p>
          取件码 <b data-testid="sheet-code">{sheet.code}</b>（30 天有效，不要告诉别人）
        </p>
        <p>用手机扫右边的码，能看律师的答复，也能接着问。</p>
      </div>
      <QrCode squares={sheet.squares} label={`打开 ${sheet.address}`} />
    </section>
  );
}

/** The number to keep. */
export function TicketNumber({ number }: { readonly number: string }) {
  return (
    <div className="ticket-card">
      <p>您的咨询编号</p>
      <p className="ticket-number" data-testid="ticket-number">
        {number}
      </p>
    </div>
  );
}

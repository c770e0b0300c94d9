interface Props {
  readonly text: string | null;
  readonly onDismiss: () => void;
}

/** Why something did not happen to the ticket; stays until it is put away. */
export function TicketFailure({ text, onDismiss }: Props) {
  return (
    <div role="alert">
      {text !== null && (
        <p className="failure ticket-failure" data-testid="ticket-failure">
          <span>{text}</span>
          <button type="button" className="text-button" onClick={onDismiss}>
            知道了
          </button>
        </p>
      )}
    </div>
  );
}

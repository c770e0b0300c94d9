/** Something that happened to the ticket. */
export function EventLine({ text }: { readonly text: string }) {
  return (
    <p className="event-line" data-testid="message-event">
      {text}
    </p>
  );
}

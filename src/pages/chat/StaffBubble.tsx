interface Props {
  readonly name: string | null;
  readonly text: string;
}

/** What a lawyer says. */
export function StaffBubble({ name, text }: Props) {
  return (
    <div className="staff" data-testid="message-staff">
      <p className="staff-name">
        <strong>{name ?? '值班人员'}</strong>
        <span className="badge">律师</span>
      </p>
      <p className="bubble bubble-staff lines">{text}</p>
    </div>
  );
}

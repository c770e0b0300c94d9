interface Props {
  /** Rows, dark squares true. */
  readonly squares: readonly (readonly boolean[])[];
  readonly label: string;
}

/** White squares around the code, without which it cannot be read. */
const MARGIN = 4;

/** A QR code, drawn in the page. */
export function QrCode({ squares, label }: Props) {
  const size = squares.length + 2 * MARGIN;
  const path = squares
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x + MARGIN)} ${String(y + MARGIN)}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className="qr"
      data-testid="qr"
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/**
 * A table as CSV (RFC 4180) that Excel opens with its characters right: a byte order mark, CRLF, every cell in quotes. A cell
 * that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

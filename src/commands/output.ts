/** Prints lines for people on standard error, so that standard output stays for results. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Shows progress on one line of a terminal; silent where standard error is a file. */
export function progress(label: string): (share: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (share) => {
    process.stderr.write(`\r${label} ${String(Math.round(share * 100))}%${share >= 1 ? '\n' : ''}`);
  };
}

/** One JSON object as the last line of standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A report as aligned lines. */
export function printTable(values: Readonly<Record<string, unknown>>): void {
  const width = Math.max(...Object.keys(values).map((key) => key.length));
  for (const [key, value] of Object.entries(values)) {
    print(`${key.padEnd(width)}  ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`);
  }
}

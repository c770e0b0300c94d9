/** Paths of service points, "/city/t01/v003/"; "/" is above all. */

/** A path and those above it, the highest ("/") first. */
export function pathsAbove(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}/`)];
}

/** The path above; null at the top: "/" and the path of the city centre. */
export function parentPath(path: string): string | null {
  const above = pathsAbove(path);
  return above.length > 2 ? (above.at(-2) ?? null) : null;
}

/** Code of the point that a path ends in; null for "/". */
export function codeOfPath(path: string): string | null {
  return path.split('/').findLast((part) => part !== '') ?? null;
}

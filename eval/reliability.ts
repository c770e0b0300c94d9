const WIDTH = 640;
const HEIGHT = 420;
const LEFT = 60;
const BOTTOM = 50;
const TOP = 30;
const BINS = 8;

/** One decision on a held-out question: the confidence that was stated, and whether the answer settled the question. */
interface Decided {
  readonly score: number;
  readonly settled: boolean;
}

/**
 * Reliability diagram as SVG: of the questions with about the same stated confidence, the share that was settled; beside it the
 * risk that is taken when the most confident share of questions is answered.
 */
export function drawReliability(decided: readonly Decided[], threshold: number): string {
  const x = (value: number): number => LEFT + value * (WIDTH / 2 - LEFT - 20);
  const x2 = (value: number): number => WIDTH / 2 + LEFT / 2 + value * (WIDTH / 2 - LEFT - 10);
  const y = (value: number): number => HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - TOP);
  const ranked = [...decided].sort((a, b) => a.score - b.score);
  const size = Math.ceil(ranked.length / BINS);
  const bins = Array.from({ length: BINS }, (_, at) => ranked.slice(at * size, (at + 1) * size)).filter((bin) => bin.length > 0);
  const points = bins.map((bin) => ({
    stated: average(bin.map(({ score }) => score)),
    settled: average(bin.map(({ settled }) => Number(settled))),
    size: bin.length,
  }));
  const best = [...ranked].reverse();
  const risks = best.map((_, at) => ({
    coverage: (at + 1) / best.length,
    risk: average(best.slice(0, at + 1).map(({ settled }) => Number(!settled))),
  }));
  const axis = (toX: (value: number) => number, name: string, side: string): string =>
    [0, 0.25, 0.5, 0.75, 1]
      .map(
        (at) =>
          `<text x="${n(toX(at))}" y="${n(HEIGHT - BOTTOM + 16)}" text-anchor="middle">${String(at)}</text><line x1="${n(toX(0))}" x2="${n(toX(1))}" y1="${n(y(at))}" y2="${n(y(at))}" stroke="#ddd"/><text x="${n(toX(0) - 6)}" y="${n(y(at) + 4)}" text-anchor="end">${String(at)}</text>`,
      )
      .join('') +
    `<text x="${n(toX(0.5))}" y="${n(HEIGHT - 12)}" text-anchor="middle">${name}</text><text x="${n(toX(0))}" y="18">${side}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(HEIGHT)}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    axis(x, 'stated confidence', `share settled (${String(decided.length)} held-out decisions)`),
    axis(x2, 'share answered', 'risk'),
    `<line x1="${n(x(0))}" y1="${n(y(0))}" x2="${n(x(1))}" y2="${n(y(1))}" stroke="#999" stroke-dasharray="4"/>`,
    `<line x1="${n(x(threshold))}" x2="${n(x(threshold))}" y1="${n(y(0))}" y2="${n(y(1))}" stroke="#c33" stroke-dasharray="2"/>`,
    ...points.map(
      (point) =>
        `<circle cx="${n(x(point.stated))}" cy="${n(y(point.settled))}" r="${n(2 + Math.sqrt(point.size))}" fill="#1a6" fill-opacity="0.7"/>`,
    ),
    `<polyline fill="none" stroke="#16a" stroke-width="2" points="${risks.map(({ coverage, risk }) => `${n(x2(coverage))},${n(y(risk))}`).join(' ')}"/>`,
    '</svg>',
    '',
  ].join('\n');
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const n = (value: number): string => value.toFixed(1);

import { useEffect, useRef, useState } from 'react';
import type { ChartData, DrawnChart } from './draw-chart.js';

interface Props {
  readonly data: ChartData;
  /** What it shows, for those who do not see it; the same numbers stand in the list beside it. */
  readonly label: string;
  readonly onPick: (index: number) => void;
}

/** A chart; the library that draws it is loaded when the first one is to be seen. */
export function Chart({ data, label, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<DrawnChart | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let opened: DrawnChart | null = null;
    let left = false;
    const observer = new ResizeObserver(() => opened?.resize());
    import('./draw-chart.js').then(
      ({ openChart }) => {
        if (left) return;
        opened = openChart(element, (index) => {
          pick.current(index);
        });
        observer.observe(element);
        setChart(opened);
      },
      () => undefined, // without it the list says the same
    );
    return () => {
      left = true;
      observer.disconnect();
      opened?.dispose();
    };
  }, []);
  useEffect(() => {
    chart?.draw(data);
  }, [chart, data]);

  return <div ref={place} className="chart" role="img" aria-label={label} data-testid="chart" data-drawn={chart !== null} />;
}

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// what is used, and nothing else; the rest of ECharts stays out of the page
echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface ChartData {
  readonly kind: 'bar' | 'line';
  readonly labels: readonly string[];
  readonly values: readonly (number | null)[];
  /** Of the month before; null: not shown. */
  readonly before: readonly (number | null)[] | null;
}

export interface DrawnChart {
  draw(data: ChartData): void;
  resize(): void;
  dispose(): void;
}

const ACCENT = '#1e6550';
const BEFORE = '#b9c6be';
const INK = '#4a5750';
const LINE = '#d9ded7';

/**
 * Draws into an element that has a size.
 * @param onPick told the place of what was tapped
 */
export function openChart(element: HTMLElement, onPick: (index: number) => void): DrawnChart {
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  chart.on('click', ({ dataIndex }) => {
    onPick(dataIndex);
  });
  return {
    draw({ kind, labels, values, before }) {
      const series = (name: string, data: readonly (number | null)[], color: string) => ({
        type: kind,
        name,
        data: [...data],
        itemStyle: { color },
        ...(kind === 'line' ? { symbolSize: 8, lineStyle: { color, width: 2.5 } } : { barMaxWidth: 22, barGap: '15%' }),
      });
      chart.setOption(
        {
          animation: false,
          textStyle: { fontFamily: getComputedStyle(element).fontFamily },
          grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
          // drawn on the canvas: the page's content policy allows no style in markup
          tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
          xAxis: {
            type: 'category',
            data: [...labels],
            axisLabel: { color: INK, hideOverlap: true },
            axisLine: { lineStyle: { color: LINE } },
            axisTick: { show: false },
          },
          yAxis: { type: 'value', minInterval: 1, axisLabel: { color: INK }, splitLine: { lineStyle: { color: LINE } } },
          series: [...(before === null ? [] : [series('上月', before, BEFORE)]), series('本月', values, ACCENT)],
        },
        true,
      );
    },
    resize: () => {
      chart.resize();
    },
    dispose: () => {
      chart.dispose();
    },
  };
}

import type { ReportDocument } from './ports.js';

/** The report as Markdown with tables. */
export function reportMarkdown(report: ReportDocument): string {
  const lines = [`# ${report.title}`, '', ...report.intro.flatMap((paragraph) => [paragraph, ''])];
  for (const { title, tables, definitions } of report.sections) {
    lines.push(`## ${title}`, '');
    for (const [index, table] of tables.entries()) {
      if (index > 0) lines.push(`### ${table.title}`, '');
      lines.push(row(table.header), row(table.header.map((_, column) => (column === 0 ? '---' : '---:'))), ...table.rows.map(row), '');
    }
    lines.push('怎么算的：', '', ...definitions.map(({ name, text }) => `- **${escaped(name)}**：${escaped(text)}`), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`;
}

/** A service point's name is free text: it breaks no table and makes no markup. */
function escaped(text: string): string {
  return /^-+:?$/.test(text) ? text : text.replace(/[\\|*_`<>[\]#]/g, '\\$&').replace(/\s+/g, ' ');
}

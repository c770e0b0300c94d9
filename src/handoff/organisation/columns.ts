import type { Table, TableProblem } from './ports.js';

/** Cells of a row by the names of their columns; what a table lacks is empty. */
export interface NamedRow<C extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<C, string>>;
}

/** Rows by column; `problems` where columns are missing, unknown or named twice. */
export function byColumns<C extends string>(
  table: Table,
  columns: readonly C[],
  required: readonly C[],
): { readonly rows: readonly NamedRow<C>[]; readonly problems: readonly TableProblem[] } {
  const header = table.header.map((name) => name.replace(/[\s*（(].*$/u, ''));
  const missing = required.filter((column) => !header.includes(column));
  const unknown = header.filter((name) => name !== '' && !(columns as readonly string[]).includes(name));
  const twice = columns.filter((column) => header.filter((name) => name === column).length > 1);
  const problem = (text: string): TableProblem => ({ table: table.name, line: null, text });
  const problems = [
    ...(missing.length === 0 ? [] : [problem(`少了列：${missing.join('、')}。怎么改：第一行写列名 ${columns.join(',')}`)]),
    ...(unknown.length === 0 ? [] : [problem(`有不认识的列：${unknown.join('、')}。怎么改：列名只用 ${columns.join(',')}`)]),
    ...(twice.length === 0 ? [] : [problem(`列名写了两遍：${twice.join('、')}。怎么改：删去一列`)]),
    ...(table.rows.length === 0 ? [problem('没有一行内容。怎么改：列名下面一行写一个')] : []),
  ];
  const places = new Map(columns.map((column) => [column, header.indexOf(column)]));
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((column) => [column, cells[places.get(column) ?? -1] ?? ''])) as Record<C, string>,
  }));
  const long = table.rows
    .filter(({ cells }) => cells.slice(header.length).some((cell) => cell !== ''))
    .map(({ line }) => ({ table: table.name, line, text: '比列名多出了格子。怎么改：内容里有逗号的，用双引号括起来' }));
  return { rows, problems: [...problems, ...long] };
}

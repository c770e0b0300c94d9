import { CsvError, parse } from 'csv-parse/sync';
import { BaimiError } from '../../../domain/errors.js';
import type { Table } from '../../../handoff/organisation/ports.js';
import { decodeBytes } from '../import/decode-text.js';

/** Larger than any list of a county's service points or staff. */
export const TABLE_MAX_BYTES = 4 * 2 ** 20;

/**
 * A CSV table with a header: UTF-8 with or without a mark, UTF-16, GBK; divided by commas, semicolons or tabs.
 * @param name of the file, for errors
 * @throws BaimiError `bad-request` where it is no such table, with the line where that shows
 */
export function readTable(bytes: Uint8Array, name: string): Table {
  if (bytes.length > TABLE_MAX_BYTES) throw bad(name, '太大了（超过 4 MB）', '只导出需要的几列');
  const text = decode(bytes, name);
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'].sort((a, b) => countIn(text, b) - countIn(text, a))[0] ?? ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    const [header, ...body] = rows;
    if (!header) throw bad(name, '是空的', '第一行写列名，下面一行一个');
    return {
      name,
      header: header.record.map(plain),
      rows: body.map(({ record, info }) => ({ line: info.lines, cells: record.map(plain) })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { readonly lines?: number };
    const where = lines === undefined ? '' : `第 ${String(lines)} 行起`;
    throw bad(name, `${where}引号没有配对，或者分隔符不对`, '用 Excel 或 WPS 重新另存为“CSV UTF-8”', error);
  }
}

/** Of the first line alone. */
function countIn(text: string, mark: string): number {
  return (text.split(/\r?\n/, 1)[0] ?? '').split(mark).length;
}

function plain(cell: string): string {
  return cell.replace(/[\u00a0\u3000\u200b]/g, ' ').trim();
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return decodeBytes(bytes);
  } catch (error) {
    if (error instanceof BaimiError) throw bad(name, '文字读不出来', '用 Excel 或 WPS 另存为“CSV UTF-8”', error);
    throw error;
  }
}

function bad(name: string, why: string, remedy: string, cause?: unknown): BaimiError {
  return new BaimiError('bad-request', `${name} ${why}。怎么改：${remedy}`, cause === undefined ? undefined : { cause });
}

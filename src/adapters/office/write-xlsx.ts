import writeXlsxFile from 'write-excel-file/node';
import type { Sheet } from '../../handoff/figures/ports.js';

/** Excel takes sheet names up to this length, without these characters. */
const NAME_LENGTH = 31;
const WIDEST = 60;

/** Tables as an Excel workbook. Texts are stored as texts: none is a formula, whatever it begins with. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const result = writeXlsxFile(
    sheets.map(({ name, header, rows }) => ({
      sheet: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, NAME_LENGTH),
      stickyRowsCount: 1,
      columns: header.map((title, column) => ({ width: widthOf([title, ...rows.slice(0, 200).map((row) => row[column] ?? '')]) })),
      data: [
        header.map((value) => ({ value, type: String, fontWeight: 'bold' as const, backgroundColor: '#E5F0EA' })),
        ...rows.map((row) =>
          row.map((value) => {
            if (value === null || value === '') return null;
            return typeof value === 'number' ? { value, type: Number } : { value, type: String };
          }),
        ),
      ],
    })),
  );
  return result.toBuffer();
}

/** Characters wide, a Chinese one counted twice. */
function widthOf(cells: readonly (string | number)[]): number {
  const widths = cells.map((cell) => String(cell).length + (String(cell).match(/[\u2e80-\uffff]/g)?.length ?? 0));
  return Math.min(WIDEST, Math.max(...widths) + 2);
}

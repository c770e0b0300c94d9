import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IRunPropertiesOptions,
} from 'docx';
import type { ReportDocument } from '../../handoff/figures/ports.js';

type ReportTable = ReportDocument['sections'][number]['tables'][number];

/** Fonts that Chinese Windows and WPS have. */
const BODY_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' };
const HEADING_FONT = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' };
const BOLD: IRunPropertiesOptions = { bold: true };
/** Half points. */
const BODY_SIZE = 22;
/** Twentieths of a point: what A4 leaves between its margins. */
const TEXT_WIDTH = 9026;
/** The first column says what, the others how much. */
const FIRST_COLUMN_SHARE = 0.4;

/** A report as a Word document. */
export function writeDocx(report: ReportDocument): Promise<Buffer> {
  const document = new Document({
    title: report.title,
    creator: '百米问法',
    styles: {
      default: {
        document: { run: { font: BODY_FONT, size: BODY_SIZE }, paragraph: { spacing: { after: 120, line: 320 } } },
        title: { run: { font: HEADING_FONT, size: 36, bold: true }, paragraph: { alignment: AlignmentType.CENTER } },
        heading1: {
          run: { font: HEADING_FONT, size: 28, bold: true, color: '144A3A' },
          paragraph: { spacing: { before: 320, after: 120 } },
        },
        heading2: { run: { font: HEADING_FONT, size: 24, bold: true }, paragraph: { spacing: { before: 240, after: 80 } } },
      },
    },
    sections: [
      {
        footers: {
          default: new Footer({
            children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT] })] })],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: report.title }),
          ...report.intro.map((text) => new Paragraph(text)),
          ...report.sections.flatMap(sectionOf),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function sectionOf({ title, tables, definitions }: ReportDocument['sections'][number]): (Paragraph | Table)[] {
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, text: title }),
    ...tables.flatMap((table, index) => [
      ...(index === 0 ? [] : [new Paragraph({ heading: HeadingLevel.HEADING_2, text: table.title })]),
      tableOf(table),
    ]),
    new Paragraph({ spacing: { before: 200 }, children: [new TextRun({ text: '怎么算的', ...BOLD })] }),
    ...definitions.map(
      ({ name, text }) =>
        new Paragraph({ bullet: { level: 0 }, children: [new TextRun({ text: `${name}：`, ...BOLD }), new TextRun(text)] }),
    ),
  ];
}

function tableOf({ header, rows }: ReportTable): Table {
  const first = Math.round(TEXT_WIDTH * FIRST_COLUMN_SHARE);
  const others = Math.floor((TEXT_WIDTH - first) / Math.max(1, header.length - 1));
  const columnWidths = header.map((_, column) => (column === 0 ? first : others));
  const row = (cells: readonly string[], isHeader: boolean): TableRow =>
    new TableRow({
      tableHeader: isHeader,
      cantSplit: true,
      children: cells.map(
        (text, column) =>
          new TableCell({
            width: { size: columnWidths[column] ?? others, type: WidthType.DXA },
            margins: { top: 40, bottom: 40, left: 100, right: 100 },
            ...(isHeader ? { shading: { fill: 'E5F0EA' } } : {}),
            children: [
              new Paragraph({
                spacing: { after: 0 },
                alignment: column === 0 ? AlignmentType.LEFT : AlignmentType.RIGHT,
                children: [new TextRun({ text, ...(isHeader ? BOLD : {}) })],
              }),
            ],
          }),
      ),
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths,
    rows: [row(header, true), ...rows.map((cells) => row(cells, false))],
  });
}

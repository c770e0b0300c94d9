import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { dutyCalendar } from '../adapters/calendar/duty-calendar.js';
import { createFiguresStore } from '../adapters/database/figures-store.js';
import { createMessageStore } from '../adapters/database/message-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { writeDocx } from '../adapters/office/write-docx.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
import { createFigures } from '../handoff/figures/create-figures.js';
import type { Figures } from '../handoff/figures/ports.js';
import { withoutPeople } from '../handoff/figures/report.js';
import { reportMarkdown } from '../handoff/figures/report-markdown.js';
import { note, print, printJson } from './output.js';

const FORMATS = ['md', 'docx'] as const;

interface Options {
  readonly month: string;
  readonly format?: (typeof FORMATS)[number];
  readonly out?: string;
  readonly json?: boolean;
}

/** `baimi report --month 2026-10`: the monthly report, without anybody's name. */
export function reportCommand(): Command {
  return new Command('report')
    .description('月报：咨询、机器答复、工单、时效、满意度、办理成效，和上个月比较')
    .requiredOption('--month <月份>', '哪个月，例如 2026-10')
    .addOption(new Option('--format <格式>', '默认看 --out 的扩展名，没有就是 md').choices([...FORMATS]))
    .option('--out <文件>', '写进文件；不写就显示出来（docx 一定要写）')
    .option('--json', '最后一行输出一个 JSON 对象')
    .helpOption('-h, --help', '显示用法')
    .action(report);
}

async function report({ month, format, out, json }: Options): Promise<void> {
  const wanted = format ?? (out?.toLowerCase().endsWith('.docx') === true ? 'docx' : 'md');
  if (wanted === 'docx' && out === undefined) {
    throw new BaimiError('bad-request', `docx 不能显示在屏幕上。怎么改：加上 --out 月报-${month}.docx`);
  }
  await withFigures(async (figures) => {
    const view = await figures.view(month);
    const document = await figures.report(month);
    for (const caveat of view.caveats) note(`注意：${caveat}`);
    if (out !== undefined) {
      write(out, wanted === 'docx' ? await writeDocx(document) : reportMarkdown(document));
      if (json !== true) print(`已写好 ${out}`);
    } else if (json !== true) process.stdout.write(reportMarkdown(document));
    if (json === true) printJson({ ...withoutPeople(view), ...(out === undefined ? {} : { out, format: wanted }) });
  });
}

function write(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw new BaimiError('unavailable', `写不了文件 ${file}。怎么改：检查目录在不在、能不能写`, { cause });
  }
}

async function withFigures(work: (figures: Figures) => Promise<void>): Promise<void> {
  const db = await openDatabase(readConfig(process.env).database);
  try {
    const store = createFiguresStore(db);
    await work(createFigures({ store, tickets: createMessageStore(db), calendar: dutyCalendar, now: () => Date.now() }));
  } finally {
    await db.destroy();
  }
}

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/domain/answer.js';
import { docx } from './support/docx.js';
import { startServer } from './support/start-server.js';
import { temporaryFolder } from './support/temporary-folder.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');
/** Made up for this test: not the text of the real regulation. */
const REGULATION = [
  '四川省国有土地上房屋征收与补偿条例',
  '（2014年9月26日四川省第十二届人民代表大会常务委员会第十二次会议通过）',
  '第一章　总　则',
  '第一条　为了规范本省国有土地上房屋征收与补偿活动，制定本条例。',
  '第十二条　征收范围确定并公布后，迁入户口或者分户的，不因此增加补偿。',
  '第四十一条　房屋征收实行先补偿、后搬迁。',
  '第五十条　本条例自2015年1月1日起施行。',
];

describe('importing the text of a regulation known at second hand', () => {
  it('puts it into use in the running service, in the place of what was known', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder);
    const question = '征收范围公布以后，我妹把户口迁进来，还闹着要分户，这样能多分补偿不？';
    const before = await ask(server, question);
    expect(sichuan(before)).toMatchObject([{ verified: false, official: null }]);

    const downloads = join(folder, 'downloads');
    mkdirSync(downloads);
    writeFileSync(join(downloads, '四川省国有土地上房屋征收与补偿条例_20140926.docx'), docx(REGULATION));
    writeFileSync(join(downloads, 'holiday.docx'), 'not a document');
    const { stdout } = await run(
      process.execPath,
      ['--import', 'tsx', join(ROOT, 'src/cli.ts'), 'knowledge', 'import', downloads, '--json'],
      {
        cwd: ROOT,
        env: { ...process.env, BAIMI_DATA: join(folder, 'data') },
      },
    ).catch((error: unknown) => error as { stdout: string });
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      new: number;
      refused: number;
      secondary: { article: string; outcome: string; official: string | null }[];
    };
    expect(report).toMatchObject({ new: 1, refused: 1 });
    expect(report.secondary).toContainEqual(
      expect.objectContaining({ article: '条号待核实：征收范围公布后迁户口、分户', outcome: 'agrees', official: '第十二条' }),
    );

    await expect
      .poll(async () => sichuan(await ask(server, question)), { timeout: 30_000, interval: 500 })
      .toMatchObject([{ article: '第十二条', verified: true, official: expect.stringContaining('不因此增加补偿') as string }]);
  });
});

/** The same person asks anew: each time a conversation of its own. */
async function ask(server: Awaited<ReturnType<typeof startServer>>, question: string): Promise<Answer> {
  const { body } = await server.citizen().ask(question);
  if (body.type !== 'answer') throw new Error('no answer of the bot');
  return body.answer;
}

function sichuan(answer: Answer) {
  return answer.kind === 'cited' ? answer.citations.filter((citation) => citation.region === '四川') : answer;
}

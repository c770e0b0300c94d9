import { Command } from 'commander';
import { buildApp, dayInChina } from '../app.js';
import { createMessageStore } from '../adapters/database/message-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { createStaffStore } from '../adapters/database/staff-store.js';
import { readConfig } from '../config.js';
import { answerText } from '../domain/answer-text.js';
import { BaimiError } from '../domain/errors.js';
import { loadConsultation } from '../load-consultation.js';
import { openModelHelp } from '../load-language-model.js';
import { note, print, printJson } from './output.js';

interface AskOptions {
  readonly laws?: string;
  readonly json?: boolean;
  readonly save?: boolean;
}

/** `baimi ask`: one turn, the way a channel has it. */
export function askCommand(): Command {
  return new Command('ask')
    .description('问一个问题，看机器怎么答')
    .argument('<问题>', '一句话说明遇到的事')
    .option('--laws <目录>', '同时检索这个目录里的官方原文')
    .option('--save', '存进正式数据库：转律师的问题会真的开出工单（默认只是试问，不留记录）')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (question: string, options: AskOptions) => {
      const config = readConfig(process.env);
      const laws = options.laws ?? config.lawsFolder;
      const onError = (error: unknown): void => {
        note(`外部向量服务没有答复，这次只用关键词检索：${error instanceof Error ? error.message : String(error)}`);
      };
      const help = openModelHelp(config, {
        onEvent: (event) => {
          if (event.kind === 'failed') note(`语言模型没有帮上（${event.prompt}）：${event.detail}`);
        },
        onRefusal: ({ task, reason }) => {
          note(`语言模型说的没有用（${task}）：${reason}`);
        },
      });
      const { consult, remote } = await loadConsultation(config, laws, note, onError, undefined, help);
      const db = await openDatabase(options.save === true ? config.database : ':memory:');
      try {
        const app = buildApp({
          store: createMessageStore(db),
          staff: createStaffStore(db),
          consult,
          remote: () => remote,
          help,
          now: Date.now,
          onError: (error) => {
            note(`出错：${String(error)}`);
          },
        });
        const key = `ask-${dayInChina(Date.now())}-${String(process.pid)}-${String(Date.now())}`;
        const { conversationId, message } = await app.messenger.receive({
          channel: 'web',
          externalKey: key,
          conversationKey: key,
          content: { type: 'text', text: question },
        });
        await app.messenger.idle();
        const reply = (await app.messenger.messagesAfter(conversationId, message.id)).at(0)?.body;
        if (reply?.type !== 'answer') throw new BaimiError('unavailable', '没有得到答复。请看日志里的错误。');
        if (options.json === true) {
          printJson({ ...reply.answer, ticketNumber: reply.ticketNumber, text: answerText(reply.answer) });
          return;
        }
        print(answerText(reply.answer));
        if (reply.ticketNumber !== null) print(`工单号：${reply.ticketNumber}${options.save === true ? '' : '（试问，没有存）'}`);
      } finally {
        await db.destroy();
      }
    });
}

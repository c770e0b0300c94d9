import type { TicketExtras } from '../../../domain/desk-views.js';
import type { TicketView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';

export const TOOLS = ['provisions', 'draft', 'canned', 'calculator', 'files', 'notes'] as const;
export type Tool = (typeof TOOLS)[number];

export const TOOL_NAMES: Readonly<Record<Tool, string>> = {
  provisions: '法条',
  draft: '草稿',
  canned: '常用语',
  calculator: '计算',
  files: '附件',
  notes: '备注',
};

/** What every tool is handed. */
export interface ToolProps {
  readonly client: DeskClient;
  readonly ticket: TicketView;
  /** Null while it has not been read. */
  readonly extras: TicketExtras | null;
  /** Puts words into the reply; null where nothing can be replied. */
  readonly insert: ((words: string) => void) | null;
  /** Something of the ticket's has changed: read it again. */
  readonly refresh: () => void;
}

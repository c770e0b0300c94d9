/** What stands in braces in a canned reply; the server fills them in for a ticket. */
export const VARIABLES = ['称呼', '我的名字', '工单号', '服务点', '服务点电话', '今天'] as const;

/** Those still standing in a text that is about to be sent. */
export function unfilled(text: string): string[] {
  return VARIABLES.map((name) => `{${name}}`).filter((variable) => text.includes(variable));
}

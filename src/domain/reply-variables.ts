/** What stands in braces in a reply that was written for many. */
export const REPLY_VARIABLES = ['称呼', '我的名字', '工单号', '服务点', '服务点电话', '今天'] as const;
export type ReplyVariable = (typeof REPLY_VARIABLES)[number];

/** What is known for each; null: not known, and left for whoever writes to fill in. */
export type ReplyValues = Readonly<Record<ReplyVariable, string | null>>;

const IN_BRACES = /\{([^{}\n]{1,12})\}/g;

/** Fills the variables in; what is not known stands as 〔服务点电话〕, so that nobody sends it unseen. */
export function fillVariables(text: string, values: ReplyValues): string {
  return text.replace(IN_BRACES, (whole, name: string) => (isVariable(name) ? (values[name] ?? `〔${name}〕`) : whole));
}

/** Names in braces that are no variables: "{名字}". */
export function unknownVariables(text: string): string[] {
  return [...new Set([...text.matchAll(IN_BRACES)].flatMap(([whole, name = '']) => (isVariable(name) ? [] : [whole])))];
}

function isVariable(name: string): name is ReplyVariable {
  return (REPLY_VARIABLES as readonly string[]).includes(name);
}

/** What is recorded of who did what at the desk. Whoever adds an action gives it its name here. */
export const AUDIT_ACTION_NAMES = {
  'sign-in': '登录',
  'sign-in-wrong': '登录失败',
  'sign-in-locked': '登录被锁定',
  'sign-out': '退出',
  'session-end': '结束登录',
  'password-change': '改密码',
  'totp-on': '开启动态码',
  'totp-off': '关闭动态码',
  'recovery-codes': '换备用码',
  'account-add': '新建账号',
  'account-change': '改账号',
  'account-block': '停用账号',
  'account-unblock': '恢复账号',
  'account-unlock': '解除锁定',
  'account-reset': '重设密码',
  'ticket-read': '看工单',
  'ticket-open': '录入工单',
  'ticket-claim': '领取',
  'ticket-release': '放回队列',
  'ticket-transfer': '转交',
  'ticket-assign': '分派',
  'ticket-invite': '邀请同事',
  'ticket-uninvite': '请出同事',
  'ticket-reply': '回复',
  'ticket-ask-citizen': '请当事人补充',
  'ticket-hand-back': '交还机器人',
  'ticket-close': '结案',
  'ticket-reopen': '重新打开',
  'ticket-escalate': '升级',
  'ticket-note': '写内部记录',
  'ticket-draft': '要草稿',
  'attachment-read': '看附件',
  'attachment-add': '传附件',
  unmask: '看未遮蔽的信息',
  export: '导出',
  'organisation-change': '改组织',
  'duty-change': '改排班',
  'knowledge-change': '改知识',
  'canned-change': '改常用语',
  'settings-change': '改设定',
  erase: '删除个人信息',
} as const;
export type AuditAction = keyof typeof AUDIT_ACTION_NAMES;

/** Values of a detail: ids, names of fields, numbers; never what people wrote. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A line of the log, for the page. */
export interface AuditLineView {
  readonly seq: number;
  readonly at: number;
  /** Null: the system, or the command line. */
  readonly by: string | null;
  readonly action: string;
  readonly actionName: string;
  readonly subject: string;
  /** Name of the account that it was about; null where it was about something else. */
  readonly subjectName: string | null;
  readonly detail: AuditDetail;
}

/** GET /api/desk/audit: newest first. */
export interface AuditView {
  readonly lines: readonly AuditLineView[];
  /** Cursor of the next page; null: this is the last. */
  readonly next: number | null;
}

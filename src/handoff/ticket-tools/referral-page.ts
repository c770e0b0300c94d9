import { createHash } from 'node:crypto';
import type { RunningDeadline } from '../../domain/desk-views.js';
import { REFERRAL_NAMES, type Referral } from '../../domain/ticket.js';

/** What a referral says; everything about the person is left to be filled in by hand. */
export interface ReferralContent {
  readonly number: string;
  readonly to: Referral;
  /** What it is about, masked. */
  readonly matter: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** As the pack's guide says; empty: it says nothing. */
  readonly where: readonly string[];
  readonly papers: readonly string[];
  readonly guideDeadlines: readonly string[];
  readonly deadlines: readonly RunningDeadline[];
  readonly lawyer: string;
  readonly point: string | null;
  /** "2026年11月24日". */
  readonly day: string;
}

const STYLE = `body{font:16px/1.7 "Songti SC","SimSun",serif;max-width:44em;margin:2em auto;padding:0 1em;color:#000}
h1{text-align:center;font-size:1.5em}h2{font-size:1.1em;margin:1.2em 0 .3em}ul{margin:.2em 0;padding-left:1.4em}
table{width:100%;border-collapse:collapse}th,td{border:1px solid #000;padding:.4em .6em;text-align:left;vertical-align:top}th{width:7em;font-weight:normal}
footer{margin-top:2.5em;text-align:right}@media print{body{margin:0;max-width:none}}`;

/** For the page's own policy: nothing but its own style is let in. */
export const REFERRAL_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** A referral as a page to print, for the person to take along. */
export function referralPage(content: ReferralContent): string {
  const running = content.deadlines
    .filter(({ daysLeft }) => daysLeft >= 0)
    .map(({ label, day, daysLeft, source, from }) => `${label}：最晚 ${day}（还有 ${String(daysLeft)} 天；从${from}起算，依据${source}）`);
  const rows: readonly (readonly [string, string])[] = [
    ['工单编号', content.number],
    ['当事人', '姓名：＿＿＿＿＿＿＿＿　　电话：＿＿＿＿＿＿＿＿＿＿＿＿'],
    ['转去办理', REFERRAL_NAMES[content.to]],
    ['什么事', content.matter],
    ...content.facts.map(({ label, value }): [string, string] => [label, value]),
  ];
  const where = content.where.length > 0 ? content.where : ['＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿（由律师填写）'];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>转介单 ${escape(content.number)}</title><style>${STYLE}</style></head>
<body><h1>法律咨询转介单</h1>
<table>${rows.map(([label, value]) => `<tr><th>${escape(label)}</th><td>${escape(value)}</td></tr>`).join('')}</table>
${list('去哪里办', where)}${list('带什么', content.papers)}${list('期限', [...running, ...content.guideDeadlines])}
<footer><p>经办：${escape(content.lawyer)}${content.point === null ? '' : `（${escape(content.point)}）`}</p><p>${escape(content.day)}</p></footer>
</body></html>
`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<h2>${escape(title)}</h2><ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark).replaceAll('\n', '<br>');
}

import type { PaperState } from '../../domain/desk-views.js';

/** Papers by the names that both guides and people call them. */
const PAPERS: readonly RegExp[] = [
  /身份证/,
  /户口(?:本|簿)?/,
  /劳动合同|合同/,
  /工资条|工资单/,
  /流水|转账记录/,
  /考勤/,
  /工牌|工作证/,
  /聊天|微信记录/,
  /录音/,
  /照片|拍照|相片/,
  /视频|监控/,
  /诊断(?:证明|书)?/,
  /病历|出院/,
  /发票|票据|收据/,
  /欠条|借条/,
  /房产证|不动产权?证|产权证/,
  /土地证|宅基地证|承包证/,
  /协议/,
  /决定书/,
  /裁决书/,
  /判决书/,
  /通知书/,
  /保单/,
  /事故认定书|责任认定书/,
];

const SENTENCE = /[，,。；;！!？?\n]+/;
const HAS = /有|留着|留了|保存|存着|手[里头上]|带了|带着|拍了|拿到|收到|签了|给了我|开了|办了|齐/;
const HAS_NOT = /没有|没签|没给|没得|没拿|没办|没开|没留|没收到|没写|不给|丢|遗失|被收|找不到|不见|扣了|扣着|拿不到|不开/;
const ASKS = /[？?]|吗|要不要|需不需要|是不是|有没有|怎么|哪里|如果|要是|需要/;

/**
 * What a person said of having a paper: true, false, or null where they said nothing of it, or both.
 * @param words in the person's words
 */
export function saidToHold(paper: string, words: readonly string[]): boolean | null {
  const names = PAPERS.filter((name) => name.test(paper));
  const said = new Set<boolean>();
  for (const sentence of words.join('\n').split(SENTENCE)) {
    if (ASKS.test(sentence) || !names.some((name) => name.test(sentence))) continue;
    if (HAS_NOT.test(sentence)) said.add(false);
    else if (HAS.test(sentence)) said.add(true);
  }
  return said.size === 1 ? said.has(true) : null;
}

export function paperStates(names: readonly string[], words: readonly string[]): PaperState[] {
  return [...new Set(names)].map((name) => ({ name, held: saidToHold(name, words) }));
}

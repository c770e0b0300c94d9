/** What takes the place of words that state nothing; no pattern of a fact matches it. */
const BLANK = '□';

const END = /[,，、;；。!！?？\n]/;
const SENTENCE_END = /[。!！?？;；\n]/;

const HYPOTHETICAL = /如果|假如|要是|假设|假定|万一|倘若|若是|一旦|的话|比如|例如|举例|哪怕|即使|(?:^|[^弱])若(?!干)/;
const GENERAL = /规定|法律上|劳动法|条例|第.{1,6}条|按照|一般(?!都|情况下我)|通常|凡是|只要|只有|才能|才可以|所谓/;
const OTHERS =
  /别人|人家|其他人|其他员工|其他同事|别的(?:公司|厂|人)|有的人|有些人|同事们|(?:邻居|隔壁)(?:家|们)?(?:都|也|已|签|拆|拿|得|的房|赔)/;
/** From here on a clause asks, wishes or reports, and states nothing more. */
const ASKS =
  /有没有|有没得|是不是|是否|有无|能不能|会不会|要不要|算不算|该不该|可不可以|需不需要|用不用|得不得|可否|能否|请问|想问|问一下|[签买交做领办]没[签买交做领办]|怎么|如何|怎样|咋|多少(?!年前)|好多|几级|几个?月|几年|几天|什么(?!.{0,4}[都也]没)|啥子?(?!.{0,4}[都也]没)|哪|谁|为什么|多久|多长|多大/;
const WISHES =
  /应该|应当|必须|需要|想(?!办法)|打算|准备|希望|要求|计划|答应|承诺|说要|说会|会给|建议|据说|听说|好像|可能|估计|也许|大概率|本来|原本|差点|不知道|不晓得|不清楚|害怕|担心|怕(?=被|他|老板|公司)|(?:公司|老板|单位|厂里|他们|对方|人事|领导|经理)(?:上|里|方|那边|又|都|却|也)?(?:说|讲|认为|称|表示)/;
/** Heads of the asked part of a clause that ends in 吗. */
const HEADS =
  /能|可以|应该|该|需要|必须|算|属于|违法|合法|合理|还要|有(?=权|资格|用|钱|赔|补|错|效|责任)|要(?=赔|给|付|承担|求|交|负|补|不要|去|怎)|是(?=工伤|合法|违法|不|否|公司|单位|老板|谁|合理|属|劳动|正|真)|会(?=赔|给|被|有|不|判)|对吗|行吗|好吗|犯法/;
const CLOSING_QUESTION = /(?:吗|么|嘛|不呢|不喃|没呢)[?？。\s]*$/;
/** 签了合同没有, 买保险没得. */
const DONE_OR_NOT = /(?:了|过|到|完|[签买交做领办上]).{0,8}(?:没有|没得|没|不)[?？\s]*$/;

/**
 * The text with everything blanked out that is asked, supposed, wished, said by the other side or told of others, at the
 * same length: positions in it are positions in the text. "有没有签合同" states nothing; of "没签合同能赔多少" the first
 * half stands.
 */
export function stated(text: string): string {
  let out = '';
  let supposed = false;
  for (const clause of clausesOf(text)) {
    if (HYPOTHETICAL.test(clause)) supposed = true;
    const kept = supposed || GENERAL.test(clause) || OTHERS.test(clause) ? '' : told(clause);
    const tail = END.test(clause.slice(-1)) ? clause.slice(-1) : '';
    out += kept + BLANK.repeat(clause.length - kept.length - (kept.endsWith(tail) && kept !== '' ? 0 : tail.length));
    if (!(kept.endsWith(tail) && kept !== '')) out += tail;
    // what follows a supposition is part of it, up to the end of the sentence
    if (SENTENCE_END.test(tail)) supposed = false;
  }
  return out;
}

function clausesOf(text: string): string[] {
  // a comma inside a number parts nothing
  return text.match(/(?:[^,，、;；。!！?？\n]|(?<=\d),(?=\d{3}(?!\d)))*[,，、;；。!！?？\n]?/g)?.filter((clause) => clause !== '') ?? [];
}

/** The part of one clause that states something. */
function told(clause: string): string {
  const body = clause.replace(/[,，、;；。!！?？\n]$/, '');
  const ends = [ASKS, WISHES].flatMap((pattern) => pattern.exec(body)?.index ?? []);
  if (DONE_OR_NOT.test(body) && !/[都也]没/.test(body)) ends.push(0);
  if (CLOSING_QUESTION.test(body)) ends.push(HEADS.exec(body)?.index ?? 0);
  const asked = /[?？]$/.test(clause) ? HEADS.exec(body)?.index : undefined;
  if (asked !== undefined) ends.push(asked);
  return ends.length === 0 ? clause : body.slice(0, Math.min(...ends));
}

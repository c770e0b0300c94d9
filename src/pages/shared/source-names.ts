const STATEMENT = /^([\s\S]*)〔([^〔〕]+)〕$/;
const ARTICLE = /^(.*?)(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)$/;

/** A statement as an answer holds it ("……。〔工伤保险条例第十七条〕"), taken apart; `source` is null where it names none. */
export function splitSource(text: string): { readonly sentence: string; readonly source: string | null } {
  const [, sentence = text, source = null] = STATEMENT.exec(text) ?? [];
  return { sentence, source };
}

/** "工伤保险条例第十四条；工伤保险条例第十六条" → "《工伤保险条例》第十四条、第十六条": each law is named once. */
export function sourceNames(source: string): string {
  const laws = new Map<string, string[]>();
  for (const part of source.split('；')) {
    const [, law = part, article = ''] = ARTICLE.exec(part) ?? [];
    laws.set(law, [...(laws.get(law) ?? []), article]);
  }
  return [...laws].map(([law, articles]) => `《${law}》${articles.join('、')}`).join('；');
}

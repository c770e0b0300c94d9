const ARTICLE = /^(.*?)(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)$/;

/** "工伤保险条例第十四条；工伤保险条例第十六条" → "《工伤保险条例》第十四条、第十六条": each law is named once. */
export function sourceNames(source: string): string {
  const laws = new Map<string, string[]>();
  for (const part of source.split('；')) {
    const [, law = part, article = ''] = ARTICLE.exec(part) ?? [];
    laws.set(law, [...(laws.get(law) ?? []), article]);
  }
  return [...laws].map(([law, articles]) => `《${law}》${articles.join('、')}`).join('；');
}

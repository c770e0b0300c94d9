/**
 * Hides personal data in a text: mobile and landline numbers, identity numbers, bank cards, e-mail addresses, and names
 * after 我叫 / 我的名字是 / 姓名. Amounts, dates, periods and article numbers stay as they are.
 * Used wherever text goes to a log, a metric, a list or a third party.
 */
export function maskPersonalData(text: string): string {
  return text
    .replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '〔邮箱〕')
    .replace(/(?<!\d)\d{6}[\s-]?(?:19|20)\d{2}[\s-]?\d{4}[\s-]?\d{3}[\dXx](?!\d)/g, '〔身份证号〕')
    .replace(/(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{3,4}(?:[\s-]?\d{1,3})?(?!\d)/g, '〔卡号〕')
    .replace(/(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g, '〔电话〕')
    .replace(/(?<!\d)[(（]?0\d{2,3}[)）]?[\s-]?\d{7,8}(?!\d)/g, '〔电话〕')
    .replace(
      /((?:我叫|我的名字(?:叫|是)|姓名(?:是|：|:)?)\s*)[\p{Script=Han}·]{2,4}?(?=[，。,.、\s！!；;（(]|$|我|今年|现年|在|是|家|住|电话|手机|身份证|\d)/gu,
      '$1〔姓名〕',
    );
}

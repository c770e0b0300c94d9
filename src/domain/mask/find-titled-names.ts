import { ALL_SURNAMES, COMPOUND_SURNAMES, TITLED, endsWord, makesWord } from './name-characters.js';
import { HAN } from './plain-form.js';

const TITLE = new RegExp(
  `(?<surname>[${TITLED}])(?:(?<=[王李张刘陈杨赵黄周吴徐孙胡郭林罗郑梁宋唐冯邓曹彭肖蔡潘袁董余叶苏魏吕丁沈卢姜崔谭廖邱])工(?=[,。;!?、\\s]|说|$)|(?:副|总)?经理(?![解论])|(?:大|小)?老板娘?|师傅|主任|队长|会计(?!师)|老师|医生|法官|律师(?!费|函|事务)|书记(?!录)|班?组长|班长|厂长|所长|局长|科长|镇长|村长|社长|院长|校长|庭长|店长|工头|警官|检察官|仲裁员|先生|女士|阿姨|大爷|大妈|伯伯|[哥姐叔嫂婶伯](?![${HAN}]?[夫姐妹弟])|总(?![是共额监体会部算之归数计而在要裁部会是工结承价数量]))`,
  'g',
);
const FAMILIAR = new RegExp(
  `(?<![${HAN}]?[大古]|[年月])[老小阿](?<surname>[王李张刘陈杨赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘袁董杜苏魏吕沈姚卢姜崔钟谭廖熊秦邱龚])(?![${HAN}]?[子孩兄])`,
  'g',
);
const BEARS = new RegExp(`(?<![百同贵改复随])姓(?:是|为|:|,| )?(?<surname>${COMPOUND_SURNAMES.join('|')}|[${HAN}])(?!名|氏)`, 'g');

/** The surname of who is called by a title (王经理), familiarly (老李) or by it alone (姓张). */
export function findTitled(plain: string, take: (index: number, length: number) => void): void {
  for (const match of plain.matchAll(TITLE)) {
    if (!endsWord(plain, match.index)) take(match.index, 1);
  }
  for (const match of plain.matchAll(FAMILIAR)) {
    const surname = match.groups?.['surname'] ?? '';
    const after = plain[match.index + 2] ?? '';
    if (after === '家' || !makesWord(surname, after)) take(match.index + 1, 1);
  }
  for (const match of plain.matchAll(BEARS)) {
    const surname = match.groups?.['surname'] ?? '';
    if (surname.length > 1 || ALL_SURNAMES.has(surname)) take(match.index + match[0].length - surname.length, surname.length);
  }
}

import type { Reading } from './fact.js';
import { NUMBER, parseAmount } from './numbers.js';
import { IN_CLAUSE, clauseAt, readChoice, readEventDate, type Told } from './told.js';

/** What the person asked about does or suffers: only then is the relation that of the matter. */
const PREDICATE =
  '(?:[他她])?(?:[,，])?(?:(?:在|被|受伤|上班|下班|干活|打工|做工|务工|摔|去世|死|工伤|出事|出了|因|从|给|跟|帮|骑|开(?!的?房|了?家)|去年|今年|前年|上个?月|昨天|前天|是(?!我|不|谁)|也|没签|没买|上夜班|做了|干了)|\\d|[一二三四五六]十)';
const who = (names: string): RegExp => new RegExp(`(?:我|俺|咱|我们)(?:的|家(?:的)?)?(?:${names})${PREDICATE}`);

/** Who it is about, how old, retired or dead. */
export function readPerson(told: Told): Reading[] {
  return [...readRelation(told), ...readAge(told), ...readPension(told), ...readDeath(told)];
}

function readRelation(told: Told): Reading[] {
  const relatives = readChoice(told, 'relation', [
    [who('老公|丈夫|男人|先生|老头子?|当家的'), 'husband'],
    [who('老婆|妻子|媳妇|婆娘|堂客|内人'), 'wife'],
    [who('爸|爸爸|父亲|老爸|老汉儿?|爹|老爹'), 'father'],
    [who('妈|妈妈|母亲|老妈|老妈子|娘'), 'mother'],
    [who('儿子|娃儿?|小子'), 'son'],
    [who('女儿|闺女|姑娘'), 'daughter'],
    [who('哥|哥哥|弟弟?|姐|姐姐|妹妹?|大哥|二哥|堂哥|堂弟|表哥|表弟|兄弟'), 'sibling'],
    [who('叔|叔叔|舅舅?|姑父|姨父|伯伯|姑姑|岳父|岳母|公公|婆婆|侄子|女婿|外甥|嫂子|姐夫|妹夫|亲戚|爷爷|奶奶'), 'relative'],
    [
      /我(?:的|们|有|有个|有一个|一个|一位){0,2}(?:朋友|同事|工友|老乡|同学)(?:在|被|受伤|上班|干活|打工|工伤|出事|因|去年|今年|上个?月|昨天|死|去世)/,
      'friend',
    ],
  ]);
  if (relatives.length > 0) return relatives;
  if (/我(?:的|家的?)?(?:老公|丈夫|爱人|老婆|妻子|媳妇|爸|父亲|妈|母亲|儿子|女儿|哥|弟|姐|妹|朋友|同事|工友|老乡|叔|舅)/.test(told.raw))
    return [];
  return readChoice(told, 'relation', [
    [
      /(?:^|[^和跟给问代替帮])(?:我|本人)(?:自己)?(?:在[^,，。□]{0,12}(?:上班|工作|打工|做|干|受伤|摔|厂|公司|工地)|上班|受伤|被(?:公司|老板|辞退|开除|裁|砸|压|机器)|入职|(?:从)?(?:19|20)\d{2}年|去年|前年|今年\d|工作了|干了|做了|是(?:20|19)\d{2}年)/,
      'self',
    ],
  ]);
}

function readAge({ text }: Told): Reading[] {
  const pattern = new RegExp(
    `(?<!满|到|过|\\d年|每年)(?<age>${NUMBER})(?<more>多|几)?(?:周)?岁(?!以[上下]|退休|的?(?:时候|那年|孩|小孩|女儿|儿子|娃)|之前|前)`,
    'g',
  );
  const found = [...text.matchAll(pattern)].flatMap((match): Reading[] => {
    const years = parseAmount(match.groups?.['age'] ?? '');
    const clause = clauseAt(text, match.index);
    if (years === null || !Number.isInteger(years) || years < 14 || years > 90) return [];
    if (
      /孩|儿子|女儿|娃|孙|未成年|退休年龄|要求|招|限|老人|父母|公公|婆婆|老母|(?:爸|妈|父亲|母亲)(?:今年)?(?:都|已经)?(?=\d)/.test(
        clause,
      ) &&
      !/我(?:爸|妈|父亲|母亲|老汉)(?:今年)?\d/.test(clause)
    )
      return [];
    return [{ id: 'age', value: years, words: match[0], exact: match.groups?.['more'] === undefined }];
  });
  return onlyOne(found);
}

function onlyOne(found: readonly Reading[]): Reading[] {
  const [first] = found;
  return first && found.every(({ value }) => value === first.value) ? [first] : [];
}

function readPension(told: Told): Reading[] {
  return readChoice(told, 'pension', [
    [/(?:没有?|还没|未|没得)(?:办理?|领|领取|拿|享受|到)?(?:过|到)?(?:养老金|养老保险待遇|退休金|退休手续|退休)/, false],
    [
      /(?:领|领取|拿|享受)(?:了|着|到|取|上)?(?:养老金|退休金|退休工资|养老保险待遇)|(?:已经?|都已|办了|办理了)退休(?!年龄|前|时|合)|退休(?:返聘|后|了|以后)|退休(?:人员|职工|工人)/,
      true,
      /没|未|不|快|要|等|失地|想|还有|年龄|妈|爸|父|母|老人/,
    ],
  ]);
}

const AT_WORK = /上班|下班|工地|工伤|工亡|单位|公司|厂|加班|岗位|干活|打工|施工|作业|矿/;
const DIED = new RegExp(
  `(?:去世|过世|身亡|猝死|死亡(?!赔|证|补|率|的)|(?<!致|打|判|饿|冻|要|想|累)死了|当场死|抢救无效|没抢救过来|没救过来|工亡(?!补|赔|待遇|认定|保险))`,
);

/** Only a death of a story of work; in one of houses it is that of an owner. */
function readDeath(told: Told): Reading[] {
  const { text, raw } = told;
  if (!AT_WORK.test(raw) || /继承|遗产|拆迁|征收|征地|安置|房产|丧葬费.{0,6}退休|集资房|股份|因病死亡|得病|公公|婆婆去世|抚养/.test(raw))
    return [];
  const match = [...text.matchAll(new RegExp(DIED.source, 'g'))].find(
    ({ index }) =>
      !/没死|没有死|如果|造成|导致|老板|父亲死得早|请.{0,4}假|奔丧|丧假|(?:我爷爷|我奶奶|外婆|外公)/.test(clauseAt(text, index)),
  );
  if (!match) return [];
  return [
    { id: 'death', value: true, words: match[0] },
    ...readEventDate(told, 'death-date', DIED, new RegExp(`受伤|摔|砸|入职|出事|住院|鉴定|认定|${IN_CLAUSE}{0}打工`)),
  ];
}

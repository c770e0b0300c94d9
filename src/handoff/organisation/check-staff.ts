import { ROLE_NAMES, type Role } from '../../domain/access.js';
import { TOPIC_NAMES, type AnswerTopic } from '../../domain/answer.js';
import { byColumns } from './columns.js';
import type { StaffEntry, Table, TableProblem } from './ports.js';

export const STAFF_COLUMNS = ['登录名', '姓名', '角色', '服务点代码', '擅长', '电话'] as const;

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,31}$/;
const PHONE = /^[\d\s+()（）、，,;；/转-]{3,60}$/u;
const MOST_NAME = 30;

const ROLE_WORDS: Readonly<Record<string, Role>> = {
  ...Object.fromEntries(Object.entries(ROLE_NAMES).map(([role, name]) => [name.replace(/\s/g, ''), role as Role])),
  法律顾问: 'lawyer',
  话务员: 'operator',
  负责人: 'officer',
};

const TOPIC_WORDS: Readonly<Record<string, AnswerTopic>> = {
  ...Object.fromEntries(Object.entries(TOPIC_NAMES).map(([topic, name]) => [name, topic as AnswerTopic])),
  征收: 'expropriation',
  征地: 'expropriation',
  拆迁: 'expropriation',
  征地拆迁: 'expropriation',
  征收征地: 'expropriation',
  工资: 'wages',
  劳动: 'wages',
  劳动关系: 'wages',
  劳动争议: 'wages',
  法律服务: 'services',
  诉讼: 'services',
};

/**
 * Staff of a table, or everything that is wrong with it, by line.
 * @param pointCodes of the service points that there are, or will be
 */
export function checkStaff(
  table: Table,
  pointCodes: ReadonlySet<string>,
): { readonly staff: readonly StaffEntry[]; readonly problems: readonly TableProblem[] } {
  const { rows, problems: columns } = byColumns(table, STAFF_COLUMNS, ['登录名', '姓名', '角色']);
  if (columns.some(({ line }) => line === null)) return { staff: [], problems: columns };
  const problems: TableProblem[] = [...columns];
  const seen = new Map<string, number>();
  const staff = rows.map(({ line, cells }): StaffEntry => {
    const wrong = (text: string): void => {
      problems.push({ table: table.name, line, text });
    };
    const login = cells['登录名'];
    const earlier = seen.get(login);
    if (!LOGIN.test(login)) {
      wrong(`登录名“${login}”不行。怎么改：用 2–32 个小写字母、数字或 . _ -，以字母或数字开头，例如 wang.li`);
    } else if (earlier !== undefined) wrong(`登录名 ${login} 和第 ${String(earlier)} 行重复。怎么改：每人一个登录名`);
    seen.set(login, earlier ?? line);
    if (cells['姓名'] === '') wrong('没有姓名。怎么改：写群众会看到的名字');
    if (cells['姓名'].length > MOST_NAME) wrong(`姓名太长（超过 ${String(MOST_NAME)} 个字）。怎么改：写短一点`);
    const roles = listed(cells['角色'], ROLE_WORDS);
    if (roles.unknown.length > 0) {
      wrong(`角色“${roles.unknown.join('、')}”不认识。怎么改：写 ${Object.values(ROLE_NAMES).join('、')} 中的一个或几个，用、隔开`);
    } else if (roles.known.length === 0) wrong(`没有角色。怎么改：写 ${Object.values(ROLE_NAMES).join('、')} 中的一个或几个`);
    const skills = listed(cells['擅长'], TOPIC_WORDS);
    if (skills.unknown.length > 0) {
      wrong(
        `擅长“${skills.unknown.join('、')}”不认识。怎么改：写 ${Object.values(TOPIC_NAMES).join('、')} 中的一个或几个，用、隔开，没有就空着`,
      );
    }
    const point = cells['服务点代码'];
    if (point !== '' && !pointCodes.has(point)) wrong(`服务点代码 ${point} 不存在。怎么改：核对代码（大小写要一样），管全局的空着`);
    if (cells['电话'] !== '' && !PHONE.test(cells['电话'])) wrong(`电话“${cells['电话']}”不像电话。怎么改：只写数字和短横，没有就空着`);
    return {
      login,
      name: cells['姓名'],
      roles: roles.known,
      servicePoint: point === '' ? null : point,
      skills: skills.known,
      phone: cells['电话'],
    };
  });
  return problems.length > 0 ? { staff: [], problems } : { staff, problems: [] };
}

function listed<T extends string>(
  cell: string,
  words: Readonly<Record<string, T>>,
): { readonly known: readonly T[]; readonly unknown: readonly string[] } {
  const parts = cell
    .split(/[、，,;；/]/u)
    .map((part) => part.replace(/\s/g, ''))
    .filter((part) => part !== '');
  const known = new Set<T>();
  const unknown: string[] = [];
  for (const part of parts) {
    const found = Object.hasOwn(words, part) ? words[part] : undefined;
    if (found === undefined) unknown.push(part);
    else known.add(found);
  }
  return { known: [...known].sort(), unknown };
}

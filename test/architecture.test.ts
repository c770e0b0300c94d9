import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** What each part may import of ours, besides itself. `types` marks parts of which only types may be imported. */
const INNER = ['domain', 'knowledge', 'retrieval', 'calculators', 'consultation', 'handoff', 'messaging'] as const;
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  knowledge: ['domain'],
  calculators: ['domain'],
  retrieval: ['domain', 'types:knowledge'],
  consultation: ['domain', 'knowledge', 'retrieval', 'calculators'],
  handoff: ['domain'],
  messaging: ['domain', 'consultation', 'handoff'],
  app: [...INNER],
  config: ['domain'],
  pages: ['domain'],
};

/** Packages that belong to one adapter, or to the few places named. */
const ONLY_HERE: Readonly<Record<string, string | readonly string[]>> = {
  wechaty: 'adapters/wechat-group',
  telegraf: 'adapters/telegram',
  'csv-parse': 'adapters/files',
  'fast-xml-parser': 'adapters/official-account',
  // the login of the WeChat groups, codes of service points, and the kiosk's print
  qrcode: ['adapters/wechat-group', 'commands', 'pages'],
  express: 'adapters/web',
  '@fastify/busboy': 'adapters/web',
  helmet: 'adapters/web',
  'rate-limiter-flexible': 'adapters/web',
  kysely: 'adapters/database',
  'better-sqlite3': 'adapters/database',
  pg: 'adapters/database',
  'prom-client': 'adapters/metrics',
  tar: 'adapters/files',
  'hnswlib-node': 'adapters/vectors',
  langchain: 'adapters/models',
  '@langchain/openai': 'adapters/models',
  pino: 'adapters/log',
  mammoth: 'adapters/files',
  docx: 'adapters/office',
  'write-excel-file': 'adapters/office',
  echarts: 'pages',
  htmlparser2: 'adapters/files',
  'chinese-days': 'adapters/calendar',
  commander: 'commands',
  react: 'pages',
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(
    /^(?:import|export)\s+(type\s+)?([\s\S]*?)\s*from\s+'([^']+)'|import\('([^']+)'\)|^import\s+'([^']+)'/gm,
  )) {
    const specifier = match[3] ?? match[4] ?? match[5] ?? '';
    const names = match[2] ?? '';
    const everyNameIsType =
      names.startsWith('{') &&
      names
        .slice(1, -1)
        .split(',')
        .every((name) => name.trim() === '' || name.trim().startsWith('type '));
    const to = specifier.startsWith('.')
      ? relative(src, resolve(dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier;
    found.push({ from: relative(src, file).split(sep).join('/'), to, typeOnly: match[1] !== undefined || everyNameIsType });
  }
  return found;
}

/** "domain/law.js" → "domain", "app.js" → "app". */
const partOf = (path: string): string => (path.split('/')[0] ?? '').replace(/\.[jt]sx?$/, '');
const isOurs = (to: string): boolean => /\.js$|^\.\./.test(to) && !to.startsWith('@');

const all = sourceFiles(src).flatMap(importsOf);
const ours = all.filter(({ to }) => isOurs(to) || to.startsWith('../'));

describe('imports between the parts of src', () => {
  it('finds the import lines it is meant to judge', () => {
    expect(ours.length).toBeGreaterThan(150);
    expect(ours).toContainEqual({ from: 'knowledge/library.ts', to: 'knowledge/checksum.js', typeOnly: false });
  });

  for (const [part, allowed] of Object.entries(ALLOWED)) {
    it(`lets ${part} import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`, () => {
      const wrong = ours.filter(({ from, to, typeOnly }) => {
        if (partOf(from) !== part || partOf(to) === part) return false;
        const target = partOf(to);
        return !(allowed.includes(target) || (allowed.includes(`types:${target}`) && typeOnly));
      });
      expect(wrong).toEqual([]);
    });
  }

  it('keeps adapters to domain, ports, messaging/channel, and types of knowledge and retrieval; never one another', () => {
    const wrong = ours.filter(({ from, to, typeOnly }) => {
      if (partOf(from) !== 'adapters') return false;
      const own = from.split('/').slice(0, 2).join('/');
      if (to.startsWith(`${own}/`) || partOf(to) === 'domain') return false;
      if (to.startsWith('adapters/')) return true;
      if (/(^|\/)ports\.js$/.test(to) || to === 'messaging/channel.js') return false;
      // reading a file of the pack means calling its parser
      if (own === 'adapters/files' && /^knowledge\/(parse-|clarify-rules|triage-rules)/.test(to)) return false;
      return !(typeOnly && ['knowledge', 'retrieval'].includes(partOf(to)));
    });
    expect(wrong).toEqual([]);
  });

  it('never lets src depend on eval or test, the command line excepted', () => {
    const wrong = all.filter(({ from, to }) => /^\.\.\/(eval|test)\//.test(to) && partOf(from) !== 'commands');
    expect(wrong).toEqual([]);
  });

  it('keeps consultation and handoff apart', () => {
    expect(ours.filter(({ from, to }) => partOf(from) === 'handoff' && partOf(to) === 'consultation')).toEqual([]);
    expect(ours.filter(({ from, to }) => partOf(from) === 'consultation' && partOf(to) === 'handoff')).toEqual([]);
  });

  for (const [name, home] of Object.entries(ONLY_HERE)) {
    const homes = [home].flat();
    it(`imports ${name} only in ${homes.join(', ')}`, () => {
      const wrong = all.filter(
        ({ from, to }) =>
          (to === name || to.startsWith(`${name}/`)) && !homes.some((one) => from.startsWith(`${one}/`)) && from !== 'cli.ts',
      );
      expect(wrong).toEqual([]);
    });
  }

  it('reads the environment only in config, from what the entry points hand it', () => {
    const readers = sourceFiles(src)
      .filter((file) => /process\.env/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(src, file).split(sep).join('/'))
      .filter((file) => !file.startsWith('commands/') && file !== 'main.ts');
    expect(readers).toEqual([]);
  });

  it('has no cycle between files', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, typeOnly } of ours) {
      if (typeOnly) continue;
      const target = to.replace(/\.js$/, '.ts');
      edges.set(from, [...(edges.get(from) ?? []), target]);
    }
    const cycles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of edges.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import type { Knowledge } from '../../consultation/ports.js';
import { readModel } from './model-files.js';
import { parsePackLaw } from '../../knowledge/parse-pack-law.js';
import { parseClarifyRules } from '../../knowledge/clarify-rules.js';
import { parseFigures } from '../../knowledge/parse-figures.js';
import { parseGuide } from '../../knowledge/parse-guide.js';
import { parseMatter } from '../../knowledge/parse-matter.js';
import { parseSynonyms } from '../../knowledge/parse-synonyms.js';
import { parseTriageRules } from '../../knowledge/triage-rules.js';

const changesFile = z.array(
  z.strictObject({
    title: z.string(),
    article: z.string().nullable(),
    event: z.enum(['repealed', 'superseded', 'amended']),
    from: z.string().nullable(),
    by: z.string(),
    source: z.string(),
  }),
);

/**
 * Reads the knowledge pack: `laws/<topic>/*.md`, `laws/changes.yaml`, `laws/checksums.json`, `guides/<topic>/*.md`, `matters/<topic>/*.md`, `figures/*.yaml`,
 * `triage.yaml`, `clarify.yaml`, `model/confidence.json`, `model/retrieval.*`.
 * @throws BaimiError `bad-knowledge` naming file and line
 */
export function readPack(folder: string): Knowledge {
  const root = join(folder, 'laws');
  if (!existsSync(root)) {
    throw new BaimiError('bad-knowledge', `找不到知识库 ${root}。怎么改：把 BAIMI_KNOWLEDGE 设为知识库所在的目录`);
  }
  const laws = markdownFiles(root).map((file) => parsePackLaw(join('laws', file), readFileSync(join(root, file), 'utf8')));
  const titles = new Map<string, string>();
  for (const law of laws) {
    const earlier = titles.get(law.law.title);
    if (earlier !== undefined) {
      throw new BaimiError('bad-knowledge', `${law.file}:2: 《${law.law.title}》已经写在 ${earlier} 里。怎么改：合并成一个文件`);
    }
    titles.set(law.law.title, law.file);
  }
  const required = (name: string): string => {
    const path = join(folder, name);
    if (existsSync(path)) return readFileSync(path, 'utf8');
    throw new BaimiError('bad-knowledge', `知识库里缺少 ${path}。怎么改：从发布包里恢复这个文件`);
  };
  return {
    guides: markdownFiles(join(folder, 'guides')).map((file) =>
      parseGuide(join('guides', file), readFileSync(join(folder, 'guides', file), 'utf8')),
    ),
    figures: parseFigures(
      filesOf(join(folder, 'figures'), '.yaml').map((file) => ({
        file: join('figures', file),
        text: readFileSync(join(folder, 'figures', file), 'utf8'),
      })),
    ),
    matters: markdownFiles(join(folder, 'matters')).map((file) =>
      parseMatter(join('matters', file), readFileSync(join(folder, 'matters', file), 'utf8')),
    ),
    synonyms:
      readOptional(join(folder, 'synonyms.txt'), (text) => parseSynonyms('synonyms.txt', text)) ?? new Map<string, readonly string[]>(),
    triage: parseTriageRules('triage.yaml', required('triage.yaml')),
    clarify: parseClarifyRules('clarify.yaml', required('clarify.yaml')),
    model: readModel(folder),
    confidence: readOptional<unknown>(join(folder, 'model', 'confidence.json'), (text) => JSON.parse(text) as unknown),
    citations: readOptional<unknown>(join(folder, 'model', 'citations.json'), (text) => JSON.parse(text) as unknown),
    laws,
    changes: readOptional(join(root, 'changes.yaml'), (text) => changesFile.parse(parseYaml(text))) ?? [],
    checksums: readOptional(join(root, 'checksums.json'), (text) => z.record(z.string(), z.string()).parse(JSON.parse(text))) ?? {},
  };
}

const markdownFiles = (folder: string): string[] => filesOf(folder, '.md');

function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort();
}

function readOptional<T>(path: string, parse: (text: string) => T): T | null {
  if (!existsSync(path)) return null;
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new BaimiError('bad-knowledge', `${path} 读不懂。怎么改：对照 knowledge/README.md 修正，或者从上一个版本恢复`, { cause });
  }
}

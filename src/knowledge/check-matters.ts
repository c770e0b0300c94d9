import { provisionKey, type ProvisionRef } from '../domain/law.js';
import { unsupportedQuantities } from '../domain/quantities.js';
import type { Library } from './library.js';
import type { CitedText, Matter } from './parse-matter.js';

/** One thing wrong with a matter: a source that is not there, or a figure that its source does not state. */
export interface MatterFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Checks that every provision a matter cites is in the library and may be cited on `day`, and that each statement's figures stand in its own sources. */
export function checkMatters(matters: readonly Matter[], library: Library, day: string): MatterFinding[] {
  const findings: MatterFinding[] = [];
  for (const matter of matters) {
    const report = (line: number, message: string): void => {
      findings.push({ file: matter.file, line, message });
    };
    const sources = (refs: readonly ProvisionRef[], line: number): string[] =>
      refs.flatMap((ref) => {
        const provision = library.byKey.get(provisionKey(ref));
        if (!provision) {
          report(line, `知识库里没有《${ref.law}》${ref.article}`);
          return [];
        }
        const standing = library.standing(provision, day);
        if (standing !== 'citable') report(line, `《${ref.law}》${ref.article}现在不能引用（${standing}）`);
        return [provision.gist?.plain ?? '', provision.gist?.rule ?? '', provision.official ?? ''];
      });
    sources(matter.cites, 1);
    const statements: CitedText[] = [matter.answer, matter.today, matter.evidence, matter.deadlines, matter.mistakes, ...matter.cases.values()].flat();
    for (const statement of statements) {
      const texts = sources(statement.cites, statement.line);
      for (const figure of unsupportedQuantities(statement.text, texts)) {
        report(statement.line, `“${figure.text}”在这句话所引的条文里找不到`);
      }
    }
  }
  return findings;
}

import { provisionKey } from '../domain/law.js';
import { figureText, unsupportedQuantities } from '../domain/quantities.js';
import type { Library } from './library.js';
import type { FigureBook } from './parse-figures.js';

/** One figure of `knowledge/figures` that its article does not bear out. */
export interface FigureFinding {
  readonly table: string;
  readonly key: string;
  readonly message: string;
}

/** Checks that every figure of law stands in the article it names, and that the article may be cited on `day`. */
export function checkFigures(book: FigureBook, library: Library, day: string): FigureFinding[] {
  return book.figures.flatMap((figure): FigureFinding[] => {
    if (!figure.inPack) return [];
    const finding = (message: string): FigureFinding[] => [{ table: figure.table, key: figure.key, message }];
    const provision = library.byKey.get(provisionKey(figure));
    const where = `《${figure.law}》${figure.article}`;
    if (!provision) return finding(`知识库里没有${where}`);
    const current = (figure.from === null || figure.from <= day) && (figure.to === null || day <= figure.to);
    const standing = library.standing(provision, day);
    if (current && standing !== 'citable') return finding(`${where}现在不能引用（${standing}）`);
    const texts = [provision.gist?.plain ?? '', provision.gist?.rule ?? '', provision.official ?? ''];
    return unsupportedQuantities(figureText(figure), texts).length > 0 ? finding(`${where}里找不到“${figureText(figure)}”`) : [];
  });
}

import { KeywordIndex, type KeywordParameters } from './keyword-index.js';
import { ExactVectorIndex } from './vector-index.js';

/** A typed array of those that indexes and models consist of. */
export type Section = Float32Array | Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array | Int8Array;
/** Named arrays: what is stored of an index or a model. */
export type Sections = Readonly<Record<string, Section>>;

/** The arrays of one part under the part's name: `texts.postings`. */
export function sectionsOf(name: string, parts: object): Record<string, Section> {
  return Object.fromEntries(Object.entries(parts as Record<string, Section>).map(([part, values]) => [`${name}.${part}`, values]));
}

/** @throws RangeError where the section is missing or of another type */
export function takeSection<T>(sections: Sections, name: string, type: abstract new (...values: never[]) => T): T {
  const found = sections[name];
  if (!(found instanceof type)) throw new RangeError(`no section ${name}`);
  return found;
}

/** @throws RangeError where an array is missing */
export function keywordIndexFrom(sections: Sections, name: string, size: number, parameters?: KeywordParameters): KeywordIndex {
  return new KeywordIndex(
    {
      terms: takeSection(sections, `${name}.terms`, Float64Array),
      starts: takeSection(sections, `${name}.starts`, Uint32Array),
      postings: takeSection(sections, `${name}.postings`, Uint32Array),
    },
    size,
    parameters,
  );
}

/** @throws RangeError where an array is missing or the dimension does not fit */
export function vectorIndexFrom(sections: Sections, name: string, dimension: number): ExactVectorIndex {
  return new ExactVectorIndex(
    { vectors: takeSection(sections, `${name}.vectors`, Int8Array), scales: takeSection(sections, `${name}.scales`, Float32Array) },
    dimension,
  );
}

/** The package's own types import without file endings, which Node's module resolution does not follow. */
declare module 'opencc-js/t2cn' {
  /** Makes a function that converts characters between scripts. */
  export function Converter(options: { readonly from: 'tw' | 'hk' | 't'; readonly to: 'cn' }): (text: string) => string;
}

/** The part of WebAssembly's interface that the kernel uses; Node's types leave it out. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: SharedArrayBuffer;
  }
  type Module = object;
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Memory: new (descriptor: { readonly initial: number; readonly maximum: number; readonly shared: boolean }) => Memory;
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => Instance;
}

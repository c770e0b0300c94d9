/**
 * Vector arithmetic with 128-bit SIMD. `kernel.wat` beside this file is the source; the test of this file compiles it
 * and compares the bytes (`npx vitest run test/retrieval/kernel.test.ts` prints what to paste after a change).
 */
export interface Kernel {
  /** The dot product of two float32 vectors. Addresses are bytes in the kernel's memory, sizes count numbers. */
  readonly dot: (a: number, b: number, size: number) => number;
  /** out[i] = query · rows[i], float32. */
  readonly dots: (query: number, rows: number, count: number, size: number, out: number) => void;
  /** target += factor · source, float32. */
  readonly addScaled: (target: number, source: number, factor: number, size: number) => void;
  /** out[i] = query · rows[i] of int8 vectors, as int32; `size` is a multiple of 16. */
  readonly byteDots: (query: number, rows: number, count: number, size: number, out: number) => void;
  /** The sum of what trees give a row of features; see kernel.wat for how nodes lie. */
  readonly treeSum: (row: number, roots: number, from: number, to: number) => number;
}

/** `kernel.wat`, compiled. */
export const KERNEL_BINARY =
  'AGFzbQEAAAABHwRgA39/fwF9YAV/f39/fwBgBH9/fX8AYAR/f39/AX0CEgEDZW52Bm1lbW9yeQIDAYCABAMGBQABAgEDBy8FA2RvdAAABGRvdHMAAQlhZGRTY2FsZWQAAghieXRlRG90cwADB3RyZWVTdW0ABAq4BQWaAQIBfwJ7IAAgAkECdGohAwJAA0AgAEEgaiADSw0BIAQgAP0ABAAgAf0ABAD95gH95AEhBCAFIAD9AAQQIAH9AAQQ/eYB/eQBIQUgAEEgaiEAIAFBIGohAQwACwsgACADSQRAIAQgAP0ABAAgAf0ABAD95gH95AEhBAsgBCAF/eQBIQQgBP0fACAE/R8BkiAE/R8CIAT9HwOSkgs7AQF/IAQgAkECdGohBQJAA0AgBCAFTw0BIAQgACABIAMQADgCACABIANBAnRqIQEgBEEEaiEEDAALCwtNAgF/AXsgAv0TIQUgACADQQJ0aiEEAkADQCAAIARPDQEgACAA/QAEACAFIAH9AAQA/eYB/eQB/QsEACAAQRBqIQAgAUEQaiEBDAALCwuqAgIDfwV7IAQgAkECdGohBgJAA0AgBCAGTw0BIAEgA2ogASAEQQRqIAZJGyEHQQAhBf0MAAAAAAAAAAAAAAAAAAAAACEL/QwAAAAAAAAAAAAAAAAAAAAAIQwDQCAAIAVq/QAEACEKIAr9hwEhCCAK/YgBIQkgASAFav0ABAAhCiALIAggCv2HAf26ASAJIAr9iAH9ugH9rgH9rgEhCyAHIAVq/QAEACEKIAwgCCAK/YcB/boBIAkgCv2IAf26Af2uAf2uASEMIAVBEGohBSAFIANJDQALIAQgC/0bACAL/RsBaiAL/RsCIAv9GwNqajYCACAHIAFHBEAgBCAM/RsAIAz9GwFqIAz9GwIgDP0bA2pqNgIECyABIANBAXRqIQEgBEEIaiEEDAALCwtkAgJ/AX0CQANAIAIgA08NASABIAJBAnRqKAIAIQQCQANAIAQoAgAhBSAFQQBIDQEgBCAAIAVqKgIAIAQqAgReQQJ0aigCCCEEDAALCyAGIAQqAgSSIQYgAkEBaiECDAALCyAGCw==';

const PAGE = 65536;

/** Memory for a kernel, which threads can share. @param bytes how much to provide; it does not grow */
export function createKernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE) + 1;
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The kernel over a memory; every thread makes its own. */
export function createKernel(memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(KERNEL_BINARY, 'base64')), { env: { memory } });
  // the exports are those of kernel.wat, which a test compiles and runs
  return exports as unknown as Kernel;
}

/** Hands out places in a memory, one after the other, each at a multiple of 16 bytes. */
export class Allocator {
  #next = 0;

  /** @returns the byte offset of `bytes` bytes that nobody else has */
  take(bytes: number): number {
    const at = this.#next;
    this.#next += Math.ceil(bytes / 16) * 16;
    return at;
  }

  /** Bytes handed out. */
  get size(): number {
    return this.#next;
  }
}

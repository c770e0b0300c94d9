import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { Allocator, KERNEL_BINARY, createKernel, createKernelMemory } from '../../src/retrieval/simd/kernel.js';
import { createRandom } from '../../src/retrieval/training/random.js';

const SOURCE = new URL('../../src/retrieval/simd/kernel.wat', import.meta.url);
const FEATURES = { simd: true, threads: true };

describe('the vector kernel', () => {
  it('is what its source compiles to; after a change, paste the new text into kernel.ts', async () => {
    const compiler = await wabt();
    const module = compiler.parseWat('kernel.wat', readFileSync(SOURCE, 'utf8'), FEATURES);
    expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(KERNEL_BINARY);
  });

  const random = createRandom(9);
  const memory = createKernelMemory(1 << 20);
  const kernel = createKernel(memory);
  const allocator = new Allocator();
  const floats = (length: number): { at: number; values: Float32Array } => {
    const at = allocator.take(4 * length);
    return { at, values: new Float32Array(memory.buffer, at, length) };
  };
  const fill = (values: Float32Array): void => {
    for (let at = 0; at < values.length; at++) values[at] = 2 * random() - 1;
  };
  const plainDot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

  it.each([4, 8, 12, 32, 100, 256])('multiplies and adds vectors of %i numbers as plain arithmetic does', (size) => {
    const [a, b, rows, out] = [floats(size), floats(size), floats(5 * size), floats(5)];
    for (const { values } of [a, b, rows]) fill(values);
    expect(kernel.dot(a.at, b.at, size)).toBeCloseTo(plainDot(a.values, b.values), 4);
    kernel.dots(a.at, rows.at, 5, size, out.at);
    out.values.forEach((value, row) => {
      expect(value).toBeCloseTo(plainDot(a.values, rows.values.subarray(row * size, (row + 1) * size)), 4);
    });
    const expected = a.values.map((value, at) => value - 0.75 * (b.values[at] ?? 0));
    kernel.addScaled(a.at, b.at, -0.75, size);
    a.values.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? 0, 5);
    });
  });

  it.each([16, 48, 256])('multiplies bytes exactly, the extremes too: %i numbers', (size) => {
    const [query, rows, out] = [allocator.take(size), allocator.take(3 * size), allocator.take(12)];
    const [q, r] = [new Int8Array(memory.buffer, query, size), new Int8Array(memory.buffer, rows, 3 * size)];
    for (let at = 0; at < size; at++) q[at] = at % 3 === 0 ? -128 : Math.floor(256 * random()) - 128;
    for (let at = 0; at < 3 * size; at++) r[at] = at % 5 === 0 ? -128 : Math.floor(256 * random()) - 128;
    kernel.byteDots(query, rows, 3, size, out);
    const expected = [0, 1, 2].map((row) => q.reduce((sum, value, at) => sum + value * (r[row * size + at] ?? 0), 0));
    expect(Array.from(new Int32Array(memory.buffer, out, 3))).toEqual(expected);
  });

  it('leaves what lies beside its vectors alone', () => {
    const [before, target, after] = [floats(4), floats(12), floats(4)];
    for (const { values } of [before, target, after]) values.fill(1);
    kernel.addScaled(target.at, target.at, 1, 12);
    expect([...before.values, ...after.values]).toEqual(Array(8).fill(1));
    expect([...target.values]).toEqual(Array(12).fill(2));
  });
});

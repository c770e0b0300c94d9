import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  readSections,
  writeSections,
  type Section,
  type SectionFile,
  type SectionFileRead,
} from '../../src/adapters/files/section-file.js';
import { BaimiError } from '../../src/domain/errors.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
let files = 0;
const newFile = (): string => join(folder, `${String(files++)}.sections`);

const content: SectionFile = {
  identity: '模型 a1 · 条文 b2',
  meta: { 条数: 3, weights: [0.5, -1e-9], nested: { none: null, yes: true }, text: '一“二”\n三' },
  sections: {
    float32: Float32Array.of(1.5, -0, NaN, Infinity, 1e-45),
    float64: Float64Array.of(Math.PI, -Infinity, Number.MIN_VALUE),
    uint32: Uint32Array.of(0, 4294967295, 7),
    int32: Int32Array.of(-2147483648, 2147483647),
    uint16: Uint16Array.of(65535, 1, 2),
    uint8: Uint8Array.of(255, 0, 1, 2, 3),
    int8: Int8Array.of(-128, 127),
    空: new Uint32Array(0),
    __proto__x: Uint8Array.of(9),
    last: Uint8Array.of(1),
  },
};

function written(what: SectionFile = content): string {
  const file = newFile();
  writeSections(file, what);
  return file;
}

function ok(read: SectionFileRead): Extract<SectionFileRead, { kind: 'ok' }> {
  if (read.kind !== 'ok') throw new Error(`expected data, got ${JSON.stringify(read)}`);
  return read;
}

describe('a file of sections', () => {
  it('gives back every type, bit for bit, and the meta', () => {
    const { meta, sections } = ok(readSections(written(), content.identity));
    expect(meta).toEqual(content.meta);
    expect(Object.keys(sections)).toEqual(Object.keys(content.sections));
    for (const [name, section] of Object.entries(content.sections)) {
      expect(sections[name], name).toEqual(section);
      expect(sections[name]?.constructor, name).toBe(section.constructor);
    }
  });

  it('gives views of one piece of memory, each at a multiple of 16', () => {
    const { sections } = ok(readSections(written(), content.identity));
    expect(new Set(Object.values(sections).map((section) => section.buffer)).size).toBe(1);
    for (const section of Object.values(sections)) expect(section.byteOffset % 16).toBe(0);
  });

  it('holds no sections, only empty ones, views into a larger buffer, and any name', () => {
    const empty = { identity: '', meta: null, sections: {} };
    expect(ok(readSections(written(empty), ''))).toEqual({ kind: 'ok', meta: null, sections: {} });
    const view = new Uint16Array(Uint16Array.of(1, 2, 3, 4, 5).buffer, 2, 3);
    const odd = Object.fromEntries<Section>([
      ['__proto__', view],
      ['', new Float64Array(0)],
    ]);
    const { sections } = ok(readSections(written({ identity: 'x', meta: 0, sections: odd }), 'x'));
    expect(Object.entries(sections)).toEqual([
      ['__proto__', Uint16Array.of(2, 3, 4)],
      ['', new Float64Array(0)],
    ]);
  });

  it('refuses to write a type it cannot read', () => {
    const sections = { big: BigInt64Array.of(1n) as unknown as Uint8Array };
    expect(() => written({ identity: 'x', meta: 0, sections })).toThrow(TypeError);
  });

  it('replaces the file as a whole, and makes the folder', () => {
    const file = join(folder, 'deeper', 'still', 'index');
    writeSections(file, content);
    writeSections(file, { identity: 'second', meta: 2, sections: {} });
    expect(ok(readSections(file, 'second')).meta).toBe(2);
    expect(readdirSync(join(folder, 'deeper', 'still'))).toEqual(['index']);
  });

  it('says that there is none, or that it was made from something else', () => {
    expect(readSections(join(folder, 'none'), 'x')).toEqual({ kind: 'missing' });
    const file = written();
    expect(readSections(join(file, 'below-a-file'), 'x')).toEqual({ kind: 'missing' });
    expect(readSections(file, `${content.identity} `)).toEqual({ kind: 'other-identity' });
  });
});

describe('damage', () => {
  const damagedWhy = (file: string): string => {
    const read = readSections(file, content.identity);
    return read.kind === 'damaged' ? read.why : `not damaged but ${read.kind}`;
  };
  const bytes = readFileSync(written());

  /** The file with another header, the checksums put right: what only a look at the header's sense can find. */
  function withHeader(change: (header: Record<string, unknown>, sections: Record<string, unknown>[]) => void): string {
    const length = bytes.readUInt32LE(12);
    const header = JSON.parse(bytes.subarray(32, 32 + length).toString()) as Record<string, unknown>;
    change(header, header['sections'] as Record<string, unknown>[]);
    const text = Buffer.from(JSON.stringify(header));
    const head = Buffer.alloc(32 + Math.ceil(text.length / 16) * 16, ' ');
    bytes.copy(head, 0, 0, 32);
    text.copy(head, 32);
    head.writeUInt32LE(head.length - 32, 12);
    head.writeUInt32LE(crc32(head.subarray(32), crc32(head.subarray(0, 16))), 16);
    const file = newFile();
    writeFileSync(file, Buffer.concat([head, bytes.subarray(32 + length)]));
    return file;
  }

  it('is found where the file was cut off, wherever that was', () => {
    const file = newFile();
    const lengths = new Set([...Array(50).keys()].map((part) => Math.floor((bytes.length * part) / 50)));
    for (const length of [...lengths, 1, 8, 31, 32, 33, bytes.length - 1]) {
      writeFileSync(file, bytes);
      truncateSync(file, length);
      expect(damagedWhy(file), String(length)).toMatch(/没有写完|不完整|校验和/);
    }
  });

  it('is found where something stands behind the end', () => {
    const file = newFile();
    writeFileSync(file, Buffer.concat([bytes, Buffer.alloc(16)]));
    expect(damagedWhy(file)).toContain('多出');
  });

  it('is found for a flipped byte anywhere', () => {
    const random = createRandom(20);
    const file = newFile();
    for (let round = 0; round < 200; round++) {
      const at = Math.floor(random() * bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 + Math.floor(random() * 255));
      writeFileSync(file, flipped);
      expect(damagedWhy(file), `byte ${String(at)}`).toMatch(/开头|版本|文件头|校验和/);
    }
  });

  it('is found in what is no such file at all', () => {
    const file = newFile();
    for (const other of ['', '{}', 'x'.repeat(1000), '\0'.repeat(64)]) {
      writeFileSync(file, other);
      expect(damagedWhy(file)).toMatch(/太短|不是百米问法/);
    }
    mkdirSync(join(folder, 'a-folder'));
    expect(damagedWhy(join(folder, 'a-folder'))).toBe('不是文件');
  });

  it('is found in a header that does not fit the body', () => {
    expect(
      ok(
        readSections(
          withHeader(() => undefined),
          content.identity,
        ),
      ).meta,
    ).toEqual(content.meta);
    expect(damagedWhy(withHeader((header) => (header['byteOrder'] = 'BE')))).toContain('字节顺序');
    expect(damagedWhy(withHeader((_, [first]) => Object.assign(first ?? {}, { offset: 4 })))).toContain('没有对齐');
    expect(damagedWhy(withHeader((_, [first]) => Object.assign(first ?? {}, { offset: 2 ** 40 })))).toContain('外面');
    expect(damagedWhy(withHeader((_, sections) => Object.assign(sections.at(-1) ?? {}, { length: 17 })))).toContain('外面');
    expect(damagedWhy(withHeader((_, [, second]) => Object.assign(second ?? {}, { offset: 0 })))).toContain('重叠');
    expect(damagedWhy(withHeader((_, [, second]) => Object.assign(second ?? {}, { name: 'float32' })))).toContain('重叠');
    for (const wrong of [{ offset: -16 }, { offset: 1.5 }, { length: '3' }, { type: 'BigInt64Array' }, { more: 1 }]) {
      expect(damagedWhy(withHeader((_, [first]) => Object.assign(first ?? {}, wrong)))).toContain('读不懂');
    }
    expect(damagedWhy(withHeader((header) => delete header['meta']))).toContain('读不懂');
  });
});

describe('an interrupted or simultaneous write', () => {
  it('leaves nothing that harms the next one', () => {
    const file = written();
    writeFileSync(`${file}.new`, 'half');
    expect(ok(readSections(file, content.identity)).meta).toEqual(content.meta);
    writeSections(file, { ...content, meta: '新' });
    expect(ok(readSections(file, content.identity)).meta).toBe('新');
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('shows a reader the old file or the new one, never a mixture, also when the writer is killed', async () => {
    const file = newFile();
    const module = pathToFileURL(join(import.meta.dirname, '../../src/adapters/files/section-file.ts')).href;
    const program = `
      import { writeSections } from ${JSON.stringify(module)};
      for (let version = 1; ; version++) {
        const sections = { a: new Uint32Array(200_000).fill(version), b: new Float64Array(100_000).fill(version) };
        writeSections(${JSON.stringify(file)}, { identity: 'x', meta: version, sections });
      }`;
    const writer = (): ReturnType<typeof spawn> =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] });
    /** The version that the whole file shows. */
    const version = (): number => {
      const { meta, sections } = ok(readSections(file, 'x'));
      for (const section of Object.values(sections)) for (const value of section) if (value !== meta) throw new Error('a mixture');
      return Number(meta);
    };
    for (const life of [600, 90, 210]) {
      const process = writer();
      while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
      const seen = new Set<number>();
      for (const end = Date.now() + life; Date.now() < end || seen.size < 2;) {
        seen.add(version());
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      process.kill('SIGKILL');
      await once(process, 'exit');
      expect(version()).toBeGreaterThan(0);
    }
  });

  it('does not keep an earlier reader from its data', () => {
    const file = written();
    const { sections } = ok(readSections(file, content.identity));
    writeSections(file, { ...content, sections: {} });
    expect(sections['uint32']).toEqual(content.sections['uint32']);
  });
});

describe('a place that cannot be used', () => {
  /** Runs as a user whom permissions hold, where the tests run as root. */
  function asOrdinaryUser<T>(run: () => T): T {
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      return run();
    } finally {
      if (root) process.seteuid?.(0);
    }
  }
  const failure = (run: () => unknown): BaimiError => {
    try {
      run();
    } catch (error) {
      if (error instanceof BaimiError) return error;
      throw error;
    }
    throw new Error('expected a BaimiError');
  };

  it('is named with the remedy, and what stood there stays', () => {
    chmodSync(folder, 0o755);
    const closed = join(folder, 'closed');
    const file = join(closed, 'index');
    writeSections(file, content);
    chmodSync(closed, 0o555);
    const error = failure(() => asOrdinaryUser(() => writeSections(file, { ...content, meta: '新' })));
    chmodSync(closed, 0o755);
    expect(error.code).toBe('unavailable');
    expect(error.message).toContain(file);
    expect(error.message).toContain('怎么改');
    expect(ok(readSections(file, content.identity)).meta).toEqual(content.meta);
  });

  it('is named where the folder is a file, and where the file may not be read', () => {
    const file = written();
    expect(failure(() => writeSections(join(file, 'index'), content)).message).toContain('怎么改');
    chmodSync(file, 0o000);
    expect(statSync(file).mode & 0o777).toBe(0);
    expect(failure(() => asOrdinaryUser(() => readSections(file, content.identity))).message).toContain('怎么改');
  });
});

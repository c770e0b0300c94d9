import { WrongAnswer } from './request-failure.js';

const WRONG_SERVICE = '确认地址和模型名，换一个兼容 OpenAI 的向量服务';

/**
 * The vectors of an answer, one for each of `count` texts in their order, brought to length one.
 * @throws WrongAnswer where some are missing, doubled, of another dimension, or no vectors
 */
export function readVectors(answer: unknown, count: number, dimension: number): Float32Array[] {
  const data = member(answer, 'data');
  if (!Array.isArray(data)) throw new WrongAnswer('答复里没有向量', WRONG_SERVICE);
  if (data.length !== count) {
    throw new WrongAnswer(`发去 ${String(count)} 条，只对上 ${String(data.length)} 个向量`, WRONG_SERVICE);
  }
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const entry of data as readonly unknown[]) {
    const index = member(entry, 'index');
    if (typeof index !== 'number' || !(index in vectors) || vectors[index] !== undefined) {
      throw new WrongAnswer('答复里向量的序号不对，分不清哪个是哪条的', WRONG_SERVICE);
    }
    vectors[index] = readVector(member(entry, 'embedding'), dimension);
  }
  // as many entries as texts, each with an index of its own
  return vectors as Float32Array[];
}

function readVector(embedding: unknown, dimension: number): Float32Array {
  if (typeof embedding === 'string') {
    throw new WrongAnswer('不理会 encoding_format，给的是 base64', '换一个能给浮点数的向量服务');
  }
  if (!Array.isArray(embedding)) throw new WrongAnswer('答复里没有向量', WRONG_SERVICE);
  if (embedding.length !== dimension) {
    const found = String(embedding.length);
    throw new WrongAnswer(`给的向量是 ${found} 维，配置的是 ${String(dimension)} 维`, `把维数配成 ${found}，或者换模型`);
  }
  let square = 0;
  for (const value of embedding as readonly unknown[]) square += typeof value === 'number' ? value * value : NaN;
  if (square === 0 || !Number.isFinite(square)) throw new WrongAnswer('给的向量全是零，或者里面有不是数的值', WRONG_SERVICE);
  const factor = 1 / Math.sqrt(square);
  return Float32Array.from(embedding as readonly number[], (value) => value * factor);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

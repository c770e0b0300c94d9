import type { AnswerGuide } from '../../domain/answer.js';
import type { ServicePoint } from '../../domain/service-point.js';
import type { MessagingWork } from '../ports.js';

/** A service point as a part of an answer: where it is, its telephone, whether it is open. Only what was imported. */
export async function describePoint(
  stores: MessagingWork,
  { name, address, phone, path }: ServicePoint,
  at: number,
  km?: number,
): Promise<AnswerGuide['sections'][number]> {
  const opening = (await stores.router?.openingText(stores, path, at)) ?? '';
  const lines = [
    ...(km === undefined
      ? []
      : [`离您大约${km < 1 ? `${String(Math.max(1, Math.round(km * 10)) * 100)} 米` : `${km.toFixed(1)} 公里`}（直线距离）`]),
    ...(address === '' ? [] : [`地址：${address}`]),
    ...(phone === '' ? [] : [`电话：${phone}`]),
    ...(opening === '' ? [] : [opening]),
  ];
  return { title: name, asked: true, lines };
}

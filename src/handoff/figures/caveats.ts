import { isoDay } from '../working-time.js';
import { monthName, type Month } from './month.js';

const CLOCK = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' });

/**
 * What limits the figures of a month, in words.
 * @param firstTurnAt when turns were first recorded; null: never
 */
export function caveatsOf(month: Month, now: number, firstTurnAt: number | null): string[] {
  const caveats: string[] = [];
  if (now < month.to) {
    caveats.push(`${monthName(month.id)}还没有过完，数据只到 ${CLOCK.format(now)}；上个月是整月，不要直接比。`);
  }
  if (firstTurnAt === null || firstTurnAt >= month.to) caveats.push('这个月没有咨询轮次的记录，“咨询”和“机器答复”是空的。');
  else if (isoDay(firstTurnAt) > isoDay(month.from))
    caveats.push(`咨询轮次从 ${isoDay(firstTurnAt)} 起才有记录，在那以前的没有算进“咨询”和“机器答复”。`);
  return caveats;
}

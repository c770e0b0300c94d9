import { describe, expect, it } from 'vitest';
import { fuzz } from '../../../eval/bench/official-account/fuzz.js';
import { APP_ID, AES_KEY, TOKEN, echo, officialAccountHarness } from '../../support/official-account.js';

describe('malformed pushes', () => {
  it('5,000 of them break nothing, hang nowhere, and are told nothing of the inside', async () => {
    const { address, platform } = await officialAccountHarness({ options: { replyWithinMs: 600 } });
    const outcome = await fuzz({ address, token: TOKEN, appId: APP_ID, aesKey: AES_KEY, count: 5000, seed: 7 });
    expect(outcome).toMatchObject({ sent: 5000, unanswered: 0, hangs: 0, leaks: 0, examples: [] });
    // most are genuine in their signature, so that their bodies were read
    expect(outcome.statuses['200']).toBeGreaterThan(2000);
    expect(Object.keys(outcome.statuses).filter((status) => Number(status) >= 500)).toEqual([]);
    // and it still answers
    expect(await platform.text('oAnna', '加班费怎么算？')).toMatchObject({ kind: 'text' });
  });
});

describe('a storm of repeated pushes', () => {
  it('stores each message once, answers each once, and loses none', async () => {
    const people = 50;
    const each = 10;
    const { platform, stored } = await officialAccountHarness({ push: { overlapMs: 5 } });
    const words = (person: number, message: number): string => `第${String(person)}人的第${String(message)}问：工资怎么要回来？`;
    for (let message = 0; message < each; message++) {
      await Promise.all(Array.from({ length: people }, (_, person) => platform.text(`o${String(person)}`, words(person, message))));
    }
    for (let person = 0; person < people; person++) {
      const openId = `o${String(person)}`;
      const asked = Array.from({ length: each }, (_, message) => words(person, message));
      expect(await stored(openId)).toEqual(asked);
      const shown = platform.shown(openId).join('\n');
      for (const question of asked) expect(shown.split(`回：${question}`)).toHaveLength(2);
    }
    expect(platform.faults).toBe(0);
  });
});

describe('more people at once than can be answered in time', () => {
  it('all get a valid reply in time, instead of when all the work is done', async () => {
    const replyWithinMs = 1200;
    const { platform } = await officialAccountHarness({
      options: { replyWithinMs },
      consult: (...question) => {
        const end = performance.now() + 15;
        while (performance.now() < end);
        return echo(...question);
      },
    });
    // four and a half seconds of work
    const outcomes = await Promise.all(Array.from({ length: 300 }, (_, person) => platform.text(`o${String(person)}`, '加班费怎么算？')));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['text']));
    expect(platform.faults).toBe(0);
    // connections wait to be taken as well; without taking turns the last reply would leave when all the work is done
    expect(Math.max(...platform.latencies)).toBeLessThan(3 * replyWithinMs);
  });
});

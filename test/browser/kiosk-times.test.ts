import { describe, expect, it } from 'vitest';
import { kioskTimes, secondsText } from '../../src/pages/kiosk/kiosk-times.js';

describe('how long a kiosk waits', () => {
  it.each([
    ['', 60, 15],
    ['?point=jy-001', 60, 15],
    ['?idle=90', 90, 15],
    ['?point=jy-001&idle=600&countdown=30', 600, 30],
    ['?idle=30&countdown=10', 30, 10],
    // a screen that is never wiped, or wiped under somebody's hands, is not to be had
    ['?idle=29&countdown=9', 30, 10],
    ['?idle=0', 30, 15],
    ['?idle=601&countdown=61', 600, 60],
    ['?idle=999999999', 600, 15],
    ['?idle=-5&countdown=1e3', 60, 15],
    ['?idle=abc&countdown=', 60, 15],
    ['?idle=90.5', 60, 15],
  ])('is read from the address %s within its bounds', (search, idle, countdown) => {
    expect(kioskTimes(search)).toEqual({ idle, countdown });
  });

  it('is told in minutes where it is whole ones', () => {
    expect([30, 60, 90, 600].map(secondsText)).toEqual(['30 秒', '1 分钟', '90 秒', '10 分钟']);
  });
});

import { expect, it } from '@jest/globals';
import { Standstill } from '../../signaling/gateway/standstill.ts';

/** A process that looks by itself would do so at moments of its own. */
function stoodStill() {
  const time = { ms: 0 };
  const standstill = new Standstill(() => time.ms);
  standstill.close();
  return { time, standstill };
}

it('is to blame for what is noticed when the process goes on, and not for what comes later', () => {
  const { time, standstill } = stoodStill();
  time.ms = 9_000;
  expect(standstill.isToBlame).toBe(true);
  time.ms = 10_500;
  expect(standstill.isToBlame).toBe(true);
  time.ms = 11_500;
  expect(standstill.isToBlame).toBe(false);
});

it('is not to blame while the process works', () => {
  const { time, standstill } = stoodStill();
  for (time.ms = 500; time.ms < 5_000; time.ms += 1_500) expect(standstill.isToBlame).toBe(false);
});

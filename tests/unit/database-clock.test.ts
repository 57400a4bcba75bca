/** signaling/SPEC.md, CL8: time is PostgreSQL's, whatever the node's own clock says. */
import { describe, expect, it } from '@jest/globals';
import { DatabaseClock } from '../../src/platform/db/database-clock.ts';
import { memoryLogger } from '../support/serve-app.ts';

/** A database whose clock shows `at` when this process has been running for `elapsed`, and the way to it. */
class Scene {
  elapsed = 1_000;
  at = Date.UTC(2026, 10, 22, 12);
  /** Milliseconds there, and back. */
  way: [number, number] = [0, 0];
  fails = false;
  readonly log = memoryLogger();

  pass(ms: number): void {
    this.elapsed += ms;
    this.at += ms;
  }

  open(): Promise<DatabaseClock> {
    const read = async () => {
      if (this.fails) throw new Error('no database');
      this.pass(this.way[0]);
      const { at } = this;
      this.pass(this.way[1]);
      return at;
    };
    return DatabaseClock.open({ read, elapsed: () => this.elapsed, logger: this.log.logger, everyMs: 3_600_000 });
  }
}

describe("the database's clock", () => {
  it('goes on between two readings by what has passed, not by what the node takes the time to be', async () => {
    const scene = new Scene();
    const clock = await scene.open();
    scene.pass(90_000);
    expect(clock.now()).toEqual(new Date(scene.at));
    await clock.close();
  });

  it('is wrong by half of the way to the database at most, and a longer way later makes it no worse', async () => {
    const scene = new Scene();
    scene.way = [4, 0];
    const clock = await scene.open();
    expect(Math.abs(clock.now().getTime() - scene.at)).toBeLessThanOrEqual(2);
    scene.way = [0, 900];
    await clock.settle();
    expect(Math.abs(clock.now().getTime() - scene.at)).toBeLessThanOrEqual(2);
    await clock.close();
  });

  it('follows when the database is set right, and says so when that is a jump', async () => {
    const scene = new Scene();
    const clock = await scene.open();
    scene.at -= 400;
    await clock.settle();
    expect(clock.now()).toEqual(new Date(scene.at));
    expect(scene.log.text()).toBe('');
    scene.at += 3_600_000;
    await clock.settle();
    expect(clock.now()).toEqual(new Date(scene.at));
    expect(scene.log.text()).toContain('"byMs":3600000');
    await clock.close();
  });

  it('goes on while the database does not say', async () => {
    const scene = new Scene();
    const clock = await scene.open();
    scene.fails = true;
    scene.pass(20_000);
    await clock.settle();
    expect(clock.now()).toEqual(new Date(scene.at));
    await clock.close();
  });

  it('does not open without a first reading', async () => {
    const scene = new Scene();
    scene.fails = true;
    await expect(scene.open()).rejects.toThrow('no database');
  });
});

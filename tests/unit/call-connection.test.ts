/** The way to the server: coming back, changing over, giving up. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reconnectDelay } from '../../web/src/call/connection/backoff.ts';
import { Connection } from '../../web/src/call/connection/connection.ts';
import type { Probe } from '../../web/src/call/connection/reach.ts';
import { fakeLinks, settled } from '../support/call-fakes.ts';

describe('the pause before an attempt', () => {
  it('is under half a second at first, at most a second for a minute, and never exceeds five seconds', () => {
    const longest = [1, 2, 3, 4, 80, 81, 900].map((attempt) => reconnectDelay(attempt, () => 1));
    expect(longest).toEqual([250, 500, 1_000, 1_000, 1_000, 5_000, 5_000]);
  });

  it('is spread over half of the step, so that a clinic does not come back in one moment', () => {
    for (const attempt of [1, 3, 8]) {
      const [least, most] = [reconnectDelay(attempt, () => 0), reconnectDelay(attempt, () => 1)];
      expect(least).toBe(most / 2);
    }
  });
});

/** A connection over links led by hand; `heard` is everything that it told. */
async function connect(token: (not?: string) => Promise<string> = async () => 'token', probe?: Probe) {
  const links = fakeLinks();
  const heard: string[] = [];
  const connection = new Connection({
    openLink: links.open,
    token,
    random: () => 1,
    ...(probe && { probe }),
    events: {
      up: () => heard.push('up'),
      down: () => heard.push('down'),
      attempt: (attempt) => heard.push(`attempt ${attempt}`),
      refused: ({ code }) => heard.push(`refused ${code}`),
      fact: ({ name }) => heard.push(name),
    },
  });
  connection.open();
  await settled();
  return { connection, links, heard };
}

async function upAndSettled() {
  const made = await connect();
  await made.links.newest().up();
  made.connection.settle();
  return made;
}

describe('a connection', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('comes back by itself after a loss, each time with a fresh token', async () => {
    let asked = 0;
    const { connection, links, heard } = await connect(async () => `token ${++asked}`);
    await links.newest().up();
    connection.settle();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    expect(heard).toEqual(['up', 'down', 'attempt 1', 'up']);
    expect(links.all.map((link) => link.token)).toEqual(['token 1', 'token 2']);
  });

  it('waits longer after each failure, and begins anew once it was settled', async () => {
    const { connection, links } = await upAndSettled();
    const dialledAt: number[] = [];
    await links.newest().lose();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const before = links.all.length;
      const start = Date.now();
      while (links.all.length === before) await jest.advanceTimersByTimeAsync(50);
      dialledAt.push(Date.now() - start);
      if (attempt < 3) await links.newest().lose();
    }
    expect(dialledAt).toEqual([250, 500, 1_000]);
    await links.newest().up();
    connection.settle();
    await links.newest().lose();
    const before = links.all.length;
    await jest.advanceTimersByTimeAsync(250);
    expect(links.all.length).toBe(before + 1);
  });

  it('tries at once when the network comes back, instead of waiting out its pause', async () => {
    const { connection, links } = await upAndSettled();
    await links.newest().lose();
    const before = links.all.length;
    connection.wake();
    await settled();
    expect(links.all.length).toBe(before + 1);
    await jest.advanceTimersByTimeAsync(1_200);
    expect(links.all.length).toBe(before + 1);
  });

  it('asks a link that may be dead to prove that it lives, and replaces it after two seconds of silence', async () => {
    const { connection, links, heard } = await upAndSettled();
    const dead = links.newest();
    connection.wake();
    await settled();
    expect(dead.last('session:refresh').input).toEqual({ token: 'token' });
    await jest.advanceTimersByTimeAsync(1_900);
    expect(heard).toEqual(['up']);
    await jest.advanceTimersByTimeAsync(200);
    expect(heard).toEqual(['up', 'down']);
    expect(links.all).toHaveLength(2);
    // Closing it would tell a server that still hears it that the doctor has left.
    expect(dead.isClosed).toBe(false);
    await links.newest().up();
    connection.settle();
    expect(dead.isClosed).toBe(true);
  });

  it('keeps a link that answers, be it with a refusal', async () => {
    const { connection, links, heard } = await upAndSettled();
    connection.wake();
    await settled();
    await links.newest().last('session:refresh').fail('RATE_LIMITED');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual(['up']);
    expect(links.all).toHaveLength(1);
  });

  it('changes over when its server drains, and keeps the old link until all is well on the new one', async () => {
    const { connection, links, heard } = await upAndSettled();
    const old = links.newest();
    await old.tell({ name: 'server:draining', payload: {} });
    await jest.advanceTimersByTimeAsync(250);
    expect(links.all).toHaveLength(2);
    expect(heard).toEqual(['up', 'server:draining']);
    await links.newest().up();
    expect(old.isClosed).toBe(false);
    await old.tell({ name: 'seat:taken', payload: { meetingId: 'any' } });
    expect(heard).toEqual(['up', 'server:draining', 'up']);
    connection.settle();
    expect(old.isClosed).toBe(true);
  });

  describe('whose attempts hang', () => {
    /** A network that can be switched on; what was begun before hangs on. */
    function network() {
      let isThere = false;
      let asked = 0;
      const probe: Probe = (signal) => {
        asked += 1;
        if (isThere) return Promise.resolve();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      };
      return { probe, asked: () => asked, on: () => (isThere = true) };
    }
    const hanging = (links: ReturnType<typeof fakeLinks>) => links.all.filter((link) => !link.isClosed);

    it('begins again once somebody answers, since those that hang would hold it up', async () => {
      const net = network();
      const { links } = await connect(async () => 'token', net.probe);
      await jest.advanceTimersByTimeAsync(1_400);
      expect(net.asked()).toBe(0);
      await jest.advanceTimersByTimeAsync(2_000);
      const before = links.all.length;
      net.on();
      await jest.advanceTimersByTimeAsync(750);
      expect(links.all.length).toBe(before + 1);
      expect(hanging(links)).toEqual([links.newest()]);
      await links.newest().up();
      const asked = net.asked();
      await jest.advanceTimersByTimeAsync(10_000);
      expect(net.asked()).toBe(asked);
    });

    it('begins again once only: a slow network needs its time', async () => {
      const net = network();
      net.on();
      const { links } = await connect(async () => 'token', net.probe);
      await jest.advanceTimersByTimeAsync(1_600);
      expect(hanging(links)).toHaveLength(1);
      const [slow] = hanging(links);
      await jest.advanceTimersByTimeAsync(6_000);
      expect(slow?.isClosed).toBe(false);
      expect(net.asked()).toBe(1);
    });

    it('asks nothing any more once it is closed', async () => {
      const net = network();
      const { connection } = await connect(async () => 'token', net.probe);
      await jest.advanceTimersByTimeAsync(3_000);
      connection.close();
      const asked = net.asked();
      await jest.advanceTimersByTimeAsync(10_000);
      expect(net.asked()).toBe(asked);
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  it('asks once for a fresher token when the server refuses it, then gives up', async () => {
    const { links, heard } = await connect();
    await links.newest().refuse('UNAUTHENTICATED');
    expect(links.all).toHaveLength(2);
    expect(heard).toEqual([]);
    await links.newest().refuse('UNAUTHENTICATED');
    expect(heard).toEqual(['refused UNAUTHENTICATED']);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(links.all).toHaveLength(2);
  });

  it('tries again when the server cannot take it now', async () => {
    const { links, heard } = await connect();
    await links.newest().refuse('UNAVAILABLE');
    await jest.advanceTimersByTimeAsync(250);
    expect(links.all).toHaveLength(2);
    expect(heard).toEqual(['attempt 1']);
  });

  it('takes a token that cannot be fetched for a fault of the network, and a signed-out person for the end', async () => {
    const faults: unknown[] = [new TypeError('Failed to fetch'), Object.assign(new Error('no'), { status: 401 })];
    const { heard } = await connect(() => Promise.reject(faults.shift()));
    expect(heard).toEqual(['attempt 1']);
    await jest.advanceTimersByTimeAsync(250);
    expect(heard).toEqual(['attempt 1', 'refused UNAUTHENTICATED']);
  });

  describe('asked for a newer token', () => {
    const ask = { name: 'session:refresh', payload: { expiresAt: '2026-11-21T10:00:00.000Z' } } as const;

    it('waits until there is one, and shows it once however often it is asked', async () => {
      let token = 'first';
      const { links } = await connect(async () => token);
      const link = links.newest();
      await link.up();
      await link.tell(ask);
      await link.tell(ask);
      await jest.advanceTimersByTimeAsync(20_000);
      expect(link.asked).toEqual([]);
      token = 'second';
      await jest.advanceTimersByTimeAsync(5_000);
      expect(link.asked.map((one) => one.input)).toEqual([{ token: 'second' }]);
      await link.last('session:refresh').answer({ expiresAt: '2026-11-21T10:30:00.000Z' });
      await jest.advanceTimersByTimeAsync(60_000);
      expect(link.asked).toHaveLength(1);
      token = 'third';
      await link.tell(ask);
      expect(link.last('session:refresh').input).toEqual({ token: 'third' });
    });

    it('asks for another one than it has shown, and so does a link that was refused', async () => {
      const asked: (string | undefined)[] = [];
      const { links } = await connect(async (not) => {
        asked.push(not);
        return `token ${asked.length}`;
      });
      await links.newest().refuse('UNAUTHENTICATED');
      const link = links.newest();
      await link.up();
      await link.tell(ask);
      expect(asked).toEqual([undefined, 'token 1', 'token 2']);
      expect(link.last('session:refresh').input).toEqual({ token: 'token 3' });
    });

    it('survives that none can be had, and stops asking when the link is gone', async () => {
      let asked = 0;
      const tokens = [Promise.resolve('first')];
      const { connection, links, heard } = await connect(() => {
        asked += 1;
        return tokens.shift() ?? Promise.reject(new Error('no network'));
      });
      await links.newest().up();
      await links.newest().tell(ask);
      await jest.advanceTimersByTimeAsync(12_000);
      expect(asked).toBe(4);
      connection.close();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(asked).toBe(4);
      expect(heard).toEqual(['up', 'session:refresh']);
    });
  });

  it('tries beside an attempt that hangs, takes the first that is there, and lets the others go', async () => {
    const { connection, links, heard } = await upAndSettled();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(250);
    const hanging = links.newest();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(links.all.length).toBe(4);
    expect(hanging.isClosed).toBe(false);
    const [second, third] = links.all.slice(-2);
    await second?.up();
    expect([hanging.isClosed, second?.isClosed, third?.isClosed]).toEqual([true, false, true]);
    expect(connection.isUp).toBe(true);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(links.all.length).toBe(4);
    expect(heard).toEqual(['up', 'down', 'attempt 1', 'up']);
  });

  it('keeps at most five attempts, and pauses only when the last of them has failed', async () => {
    const { links, heard } = await upAndSettled();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(links.all.length).toBe(6);
    for (const link of links.all.slice(1, -1)) await link.lose();
    expect(heard).toEqual(['up', 'down', 'attempt 1']);
    await links.newest().lose();
    expect(heard).toEqual(['up', 'down', 'attempt 1', 'attempt 2']);
    await jest.advanceTimersByTimeAsync(500);
    expect(links.all.length).toBe(7);
  });

  it('opens no link for a token that arrives after it was closed', async () => {
    let give: ((token: string) => void) | undefined;
    const { connection, links } = await connect(() => new Promise((resolve) => (give = resolve)));
    connection.close();
    give?.('too late');
    await settled();
    expect(links.all).toHaveLength(0);
  });

  it('tells nothing more once it is closed', async () => {
    const { connection, links, heard } = await upAndSettled();
    connection.close();
    await links.newest().lose();
    await links.newest().tell({ name: 'server:draining', payload: {} });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['up']);
    expect(links.all).toHaveLength(1);
  });

  it('does not hurry when links come up and do not serve', async () => {
    const { connection, links } = await connect();
    const gaps: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await links.newest().up();
      const [before, start] = [links.all.length, Date.now()];
      connection.abandon();
      await settled();
      while (links.all.length === before) await jest.advanceTimersByTimeAsync(50);
      gaps.push(Date.now() - start);
    }
    expect(gaps).toEqual([0, 500, 1_000, 1_000]);
  });
});

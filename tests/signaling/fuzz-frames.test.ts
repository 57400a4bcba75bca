/** What is no call at all: broken frames, floods, readers who do not read, packets without end. Others notice nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HostilePerson } from '../support/fuzz/call-people.ts';
import { canary } from '../support/fuzz/canary.ts';
import { frame, RawClient } from '../support/fuzz/raw-client.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { startTarget, type Target } from '../support/fuzz/target.ts';
import { until } from '../support/until.ts';

const seed = fuzzSeed();
let target: Target;
let token: string;
/** Somebody in the middle of their work. */
let bystander: HostilePerson;
beforeAll(async () => {
  target = await startTarget({ MEDIA_ENGINE: 'p2p', RATE_LIMITS: 'on' });
  token = await target.clinic.token('patient');
  bystander = await HostilePerson.connect('the bystander', target.url, await target.clinic.token('doctor'));
}, 90_000);
afterEach(async () => {
  // The bystander is still connected and served, and the server has nothing to complain of.
  await bystander.call('queue:watch', {});
  expect({ seed, faults: await target.faults() }).toEqual({ seed, faults: [] });
});
afterAll(async () => {
  bystander.close();
  await target[Symbol.asyncDispose]();
});

async function enter(): Promise<RawClient> {
  const client = await RawClient.open(target.url);
  client.send(`40${JSON.stringify({ token })}`);
  await client.says('40{"sid"');
  return client;
}

const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);

/** Texts of Socket.IO's protocol, and what looks like them. */
const frames: readonly (string | Buffer)[] = [
  '42',
  '42[]',
  '42{}',
  '42null',
  '42["error",{"a":1}]',
  '42["disconnect"]',
  '42["disconnecting"]',
  '42["newListener","x"]',
  '42["removeListener"]',
  '421[1,{}]',
  '421[null]',
  '421["__proto__",{}]',
  '421["constructor",{}]',
  `421["${canary}",{"__proto__":{"polluted":1}}]`,
  '4299999999999999999999999["chat:send",{}]',
  '42-1["chat:send",{}]',
  '451-["chat:send",{"_placeholder":true,"num":5}]',
  '451-["chat:send",{"_placeholder":true,"num":-1}]',
  '451-["chat:send",{"_placeholder":true,"num":"length"}]',
  '4599999999-["x"]',
  '45-1-["x"]',
  '45-["x"]',
  '40{}',
  '40null',
  '40[]',
  '40/admin,{"token":"x"}',
  `40/${canary},{}`,
  '40/__proto__,{}',
  '41',
  '41/admin,',
  '43["x"]',
  '430["x"]',
  '4399999999999["x"]',
  '44{"message":"x"}',
  '461-["x"]',
  '47',
  '4',
  '',
  '0',
  '1',
  '2',
  '2probe',
  '3',
  '3probe',
  '5',
  '6',
  '7',
  'b!!!',
  `421["chat:send",${deep('[', ']')}]`,
  `421["chat:send",${deep('{"a":', '}').replace('{"a":}', '{}')}]`,
  `451-["chat:send",${deep('[', ']')}]`,
  `42["${canary}","${'x'.repeat(200_000)}"]`,
  Buffer.from([0, 1, 2, 3]),
  Buffer.alloc(100_000),
];

describe('a socket that speaks another language', () => {
  it.each(frames.map((sent) => [typeof sent === 'string' ? sent.slice(0, 60) : `${sent.length} bytes`, sent] as const))(
    'is answered or closed after %j',
    async (_title, sent) => {
      using client = await enter();
      client.send(sent);
      // A call after it is answered, or the connection is closed: nothing in between.
      client.send('427["queue:watch",{}]');
      const closed = client.closed().then(() => 'closed');
      const answered = client.says('437[').then(() => 'answered');
      expect(await Promise.race([answered.catch(() => closed), closed])).toMatch(/^(answered|closed)$/);
    },
  );

  it('may send bytes that are no frames', async () => {
    const bytes = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { seed, numRuns: 150 });
    const rest = bytes.values();
    const shoot = async () => {
      for (const sent of rest) {
        using client = await enter();
        await client.write(Buffer.from(sent));
        // Half a frame may be waited for: what follows makes it whole, and then wrong.
        await client.write(Buffer.alloc(70_000, 0xff));
        await client.closed();
        expect(client.isOpen).toBe(false);
      }
    };
    // Fewer at once than one person may have.
    await Promise.all(Array.from({ length: 16 }, shoot));
  });

  it('may take back a handshake at any moment', async () => {
    for (let round = 0; round < 60; round += 1) {
      const client = await RawClient.open(target.url);
      client.send(`40${JSON.stringify({ token: round % 2 ? token : canary })}`);
      client.send('421["queue:watch",{}]');
      if (round % 3) await new Promise(setImmediate);
      client.cut();
    }
    bystander.close();
    const { sockets, sessions } = await target.settled();
    expect({ sockets, sessions }).toEqual({ sockets: 0, sessions: 0 });
    await bystander.back();
  });
});

describe('a socket that floods', () => {
  const hundred = Buffer.concat(Array.from({ length: 100 }, () => frame('421["queue:watch",{}]')));
  /** Far more than buffers on the way can hide. */
  const most = 50_000;

  it('is closed after some hundred refusals', async () => {
    using client = await enter();
    let sent = 0;
    while (client.isOpen && sent < most) {
      await client.write(hundred);
      sent += 1;
    }
    expect(sent).toBeLessThan(most);
  });

  it('is closed when it reads none of its answers, before they fill the memory', async () => {
    using client = await enter();
    client.stopReading();
    const before = (await target.inspector.held()).heapUsed;
    let sent = 0;
    while (client.isOpen && sent < most) {
      await client.write(hundred);
      sent += 1;
    }
    expect(sent).toBeLessThan(most);
    expect((await target.inspector.held()).heapUsed - before).toBeLessThan(10 * 2 ** 20);
  });
});

describe('one person', () => {
  it('[SC9] has no more than 32 sockets, also when they all come at once', async () => {
    const connect = async () => HostilePerson.connect('a tab', target.url, token);
    const tabs = await Promise.allSettled(Array.from({ length: 60 }, connect));
    const open = tabs.flatMap((tab) => (tab.status === 'fulfilled' ? [tab.value] : []));
    await until('those too many are closed', () => open.filter(({ isConnected }) => isConnected).length === 32);
    await expect(connect()).rejects.toMatchObject({ data: { code: 'RATE_LIMITED' } });
    for (const tab of open) tab.close();
    const again = await until('there is room again', () => connect().catch(() => undefined));
    again.close();
  });
});

describe('polling', () => {
  it('takes no packet that is too large, and no session of nobody', async () => {
    const base = `${target.url}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(base)).text();
    const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
    const post = async (at: string, body: string) => (await fetch(at, { method: 'POST', body })).status;
    expect(await post(`${base}&sid=${sid}`, 'x'.repeat(300_000))).toBe(413);
    for (const body of ['', '4', '42["x"]', `4${'\x1e4'.repeat(1_000)}`, '\x1e\x1e', 'b', 'bAAAA']) {
      const again = JSON.parse((await (await fetch(base)).text()).slice(1)) as { sid: string };
      expect([200, 400]).toContain(await post(`${base}&sid=${again.sid}`, body));
    }
    for (const bad of ['nobody', '__proto__', '%00', '..%2f']) {
      expect((await fetch(`${base}&sid=${bad}`)).status).toBe(400);
    }
  });
});

/** What is asked for in the same breath as the seat, where media goes through the server. */
import { describe, expect, it } from '@jest/globals';
import type { RtpCapabilities } from '../../signaling/protocol/index.ts';
import { fitting, SfuAhead } from '../../web/src/call/media/sfu-ahead.ts';
import { FakeLink, settled } from '../support/call-fakes.ts';
import { recordedCapabilities } from '../support/media-recorded.ts';

const takes: RtpCapabilities = { codecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000 }] };
const nothing = { up() {}, down() {}, refused() {}, fact() {} };

async function ready() {
  const link = new FakeLink('token', nothing);
  const ahead = new SfuAhead(async () => recordedCapabilities);
  await ahead.getReady(takes);
  return { link, ahead };
}

describe('asking ahead', () => {
  it('needs to know what the server takes', async () => {
    const link = new FakeLink('token', nothing);
    const ahead = new SfuAhead(async () => Promise.reject(new Error('A browser that nobody knows.')));
    await expect(ahead.getReady(takes)).rejects.toThrow('nobody knows');
    ahead.ask(link.ask);
    expect({ isReady: ahead.isReady, names: link.names(), asked: ahead.take() }).toEqual({
      isReady: false,
      names: [],
      asked: null,
    });
  });

  it('is for a transport each way, and for all that is there', async () => {
    const { link, ahead } = await ready();
    ahead.ask(link.ask);
    expect(link.asked.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'media:create-transport', input: { direction: 'recv', rtpCapabilities: recordedCapabilities } },
      { name: 'media:create-transport', input: { direction: 'send' } },
    ]);
  });

  it('is of use once, and only in a room that takes what was thought', async () => {
    const { link, ahead } = await ready();
    ahead.ask(link.ask);
    const asked = ahead.take();
    expect(fitting(asked, structuredClone(takes))).toBe(asked);
    expect(fitting(asked, { codecs: [] })).toEqual({});
    expect(fitting(ahead.take(), takes)).toEqual({});
  });

  it('troubles nobody when it is refused with the seat', async () => {
    const { link, ahead } = await ready();
    ahead.ask(link.ask);
    for (const { fail } of link.asked.slice()) await fail('NOT_JOINED');
    await settled();
    await expect(ahead.take()?.receive).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });
});

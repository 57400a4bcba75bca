/** A call that is prepared before anybody goes in, without a browser: the connection is led by hand. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMeeting, aPerson, settled } from '../support/call-fakes.ts';
import { makeCall, waiting } from '../support/call-made.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('being prepared', () => {
  it('connects, and asks for neither seat nor device', async () => {
    const { call, links, devices } = makeCall();
    call.prepare();
    await settled();
    await links.newest().up();
    expect(links.newest().names()).toEqual([]);
    expect(devices.requests).toEqual([]);
    expect(call.state.phase).toBe('idle');
  });

  it('prepares media with each connection where the visit may begin at any moment, and else not', async () => {
    for (const isSoon of [true, false]) {
      const { call, links, media } = makeCall();
      call.prepare(isSoon);
      await settled();
      await links.newest().up();
      expect(media.log).toEqual(isSoon ? ['prepare'] : []);
      call.close();
    }
  });

  it('greets whoever is there right behind the question for the seat', async () => {
    const { call, links, media } = makeCall();
    const doctor = aPerson('doctor').id;
    call.prepare(true, doctor);
    await settled();
    await links.newest().up();
    expect(media.log).toEqual(['prepare as second']);
    call.enter();
    expect(links.newest().names()).toEqual(['meeting:join']);
    expect(media.log).toEqual(['prepare as second', `greet ${doctor}`]);
  });

  it('asks for the seat with the very word to enter', async () => {
    const { call, links } = makeCall();
    call.prepare();
    await settled();
    await links.newest().up();
    call.enter();
    expect(links.all).toHaveLength(1);
    expect(links.newest().names()).toEqual(['meeting:join']);
  });

  it('asks for its media in the same breath as for a seat that is there to be had, and else not', async () => {
    for (const isSoon of [true, false]) {
      const { call, links, media } = makeCall();
      call.prepare(isSoon);
      await settled();
      await links.newest().up();
      call.enter();
      expect(media.wentAhead).toBe(isSoon ? 1 : 0);
      call.close();
    }
    const { call, links, media } = makeCall();
    call.start();
    await settled();
    await links.newest().up();
    expect(media.wentAhead).toBe(1);
    call.close();
    const patient = await waiting();
    expect(patient.media.wentAhead).toBe(0);
    await patient.links.newest().tell({ name: 'meeting:started', payload: { meeting: aMeeting({ version: 2 }) } });
    expect(patient.media.wentAhead).toBe(1);
  });

  it('sits out no pause between two attempts once somebody wants to go in', async () => {
    const { call, links } = makeCall();
    call.prepare();
    await settled();
    await links.newest().lose();
    expect(links.all).toHaveLength(1);
    call.enter();
    await settled();
    expect(links.all).toHaveLength(2);
    await links.newest().up();
    expect(links.newest().names()).toEqual(['meeting:join']);
  });

  it('says nothing of a refusal before somebody goes in, and asks again then', async () => {
    const { call, links } = makeCall();
    call.prepare();
    await settled();
    await links.newest().refuse('FORBIDDEN');
    expect(call.state).toMatchObject({ phase: 'idle', failure: null });
    call.enter();
    await settled();
    expect(links.all).toHaveLength(2);
    await links.newest().refuse('FORBIDDEN');
    expect(call.state).toMatchObject({ phase: 'refused', failure: { code: 'FORBIDDEN' } });
  });

  it('lets the way go when it is closed', async () => {
    const { call, links } = makeCall();
    call.prepare();
    await settled();
    await links.newest().up();
    call.close();
    expect(links.newest().isClosed).toBe(true);
  });
});

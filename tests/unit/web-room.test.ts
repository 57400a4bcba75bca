/** The call as it is heard and placed: news for who does not see the screen, corners for one's own picture. */
import { describe, expect, it } from '@jest/globals';
import type { CallState } from '../../web/src/call/call.ts';
import { initialModel } from '../../web/src/call/call-state.ts';
import { type Corner, firstCorner, moved, nearestCorner, nextCorner } from '../../web/src/features/room/corners.ts';
import { newsOf } from '../../web/src/features/room/news.ts';
import { aPerson } from '../support/call-fakes.ts';

const doctor = { ...aPerson('doctor'), displayName: 'Dr Rao', presence: 'present' as const, deadline: null };
const until = '2026-11-21T10:05:00.000Z';

function state(patch: Partial<CallState>): CallState {
  return { ...initialModel(), ...patch };
}
function withDoctor(
  participant: Partial<typeof doctor> | { presence: 'away' | 'absent'; deadline?: string },
): CallState {
  const view = {
    participant: { ...doctor, ...participant },
    stream: null,
    hasVideo: false,
    hasAudio: false,
    quality: null,
    isStalled: false,
    screen: null,
    isSpeaking: false,
  };
  return state({ phase: 'in-call', remotes: [view] });
}

describe('the news of a call', () => {
  it('tell of the way in, the loss and the return', () => {
    const waiting = state({ phase: 'waiting', position: 2 });
    expect(newsOf(state({ phase: 'connecting' }), waiting)).toEqual([{ kind: 'place', position: 2 }]);
    expect(newsOf(waiting, { ...waiting, position: 1 })).toEqual([{ kind: 'place', position: 1 }]);
    const inside = withDoctor({});
    expect(newsOf(waiting, inside)).toEqual([{ kind: 'started' }, { kind: 'here', name: 'Dr Rao' }]);
    const lost = { ...inside, phase: 'reconnecting' as const };
    expect(newsOf(inside, lost)).toEqual([{ kind: 'reconnecting' }]);
    expect(newsOf(lost, inside)).toEqual([{ kind: 'reconnected' }]);
  });

  it('tell when the other one drops out, until when, and that they are back', () => {
    const here = withDoctor({});
    const away = withDoctor({ presence: 'away', deadline: until });
    expect(newsOf(here, away)).toEqual([{ kind: 'away', name: 'Dr Rao', until }]);
    expect(newsOf(away, here)).toEqual([{ kind: 'back', name: 'Dr Rao' }]);
    expect(newsOf(withDoctor({ presence: 'absent' }), here)).toEqual([{ kind: 'here', name: 'Dr Rao' }]);
  });

  it('tell when nothing comes from the other one, and when it does again', () => {
    const here = withDoctor({});
    const stalled = { ...here, remotes: here.remotes.map((remote) => ({ ...remote, isStalled: true })) };
    expect(newsOf(here, stalled)).toEqual([{ kind: 'stalled', name: 'Dr Rao' }]);
    expect(newsOf(stalled, here)).toEqual([{ kind: 'flowing', name: 'Dr Rao' }]);
    const away = withDoctor({ presence: 'away', deadline: until });
    expect(newsOf(stalled, away)).toEqual([{ kind: 'away', name: 'Dr Rao', until }]);
  });

  it('tell of each line of the others, not of one’s own', () => {
    const here = withDoctor({});
    const line = (from: string, id: string) => ({ id, from, text: 'x', clientId: id, sentAt: until });
    const after = { ...here, chat: [line('self', '1'), line(doctor.id, '2')] };
    expect(newsOf(here, after)).toEqual([{ kind: 'message', name: 'Dr Rao' }]);
    expect(newsOf(after, after)).toEqual([]);
  });

  it('tell of each file that the others share, not of one’s own', () => {
    const here = withDoctor({});
    const file = (from: string, uploadId: string) => ({ meetingId: 'm', uploadId, from, sharedAt: until });
    const after = { ...here, files: [file('self', '1'), file(doctor.id, '2')] };
    expect(newsOf(here, after)).toEqual([{ kind: 'file', name: 'Dr Rao' }]);
  });
});

describe('one’s own picture', () => {
  it('begins where reading ends, and goes round all four corners by presses', () => {
    expect(firstCorner(false)).toEqual({ vertical: 'bottom', horizontal: 'right' });
    expect(firstCorner(true)).toEqual({ vertical: 'bottom', horizontal: 'left' });
    const seen = new Set<string>();
    let corner: Corner = firstCorner(false);
    for (let presses = 0; presses < 4; presses += 1) {
      seen.add(JSON.stringify(corner));
      corner = nextCorner(corner);
    }
    expect(seen.size).toBe(4);
    expect(corner).toEqual(firstCorner(false));
  });

  it('follows the arrow keys on the screen, and no other key', () => {
    const corner = firstCorner(false);
    expect(moved(corner, 'ArrowUp')).toEqual({ vertical: 'top', horizontal: 'right' });
    expect(moved(corner, 'ArrowLeft')).toEqual({ vertical: 'bottom', horizontal: 'left' });
    expect(moved(corner, 'ArrowDown')).toEqual(corner);
    expect(moved(corner, 'Enter')).toBeNull();
  });

  it('settles in the corner nearest to where it was dropped', () => {
    const stage = { left: 100, top: 0, width: 1000, height: 600 };
    const own = { width: 200, height: 150 };
    expect(nearestCorner({ ...own, left: 150, top: 400 }, stage)).toEqual({ vertical: 'bottom', horizontal: 'left' });
    expect(nearestCorner({ ...own, left: 700, top: 100 }, stage)).toEqual({ vertical: 'top', horizontal: 'right' });
  });
});

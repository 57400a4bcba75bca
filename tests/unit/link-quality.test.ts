/** What the reports of a connection come to: a score, a summary, and when the picture gives way to the sound. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { QualityStore, SeatRef } from '../../signaling/meeting-gate.ts';
import type { LinkReport } from '../../signaling/protocol/index.ts';
import { QualityBook } from '../../signaling/quality/book.ts';
import { LinkLedger, type LinkSummary } from '../../signaling/quality/ledger.ts';
import { scoreOf } from '../../signaling/quality/score.ts';
import { nextSoundFirst, pictureToo, type SoundFirst } from '../../signaling/quality/sound-first.ts';
import type { Session } from '../../signaling/rooms/session.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { until } from '../support/until.ts';

const well: LinkReport = {
  roundTripMs: 40,
  jitterMs: 5,
  lossUp: 0,
  lossDown: 0,
  upKbps: 800,
  downKbps: 700,
  frozenMs: 0,
  way: 'udp',
};
const bad: LinkReport = { ...well, lossDown: 0.2 };

describe('the score', () => {
  it.each<[number, Partial<LinkReport>]>([
    [5, {}],
    [5, { roundTripMs: null, jitterMs: null, lossUp: null, lossDown: null }],
    [4, { lossUp: 0.01 }],
    [4, { roundTripMs: 200 }],
    [3, { jitterMs: 30 }],
    [2, { lossDown: 0.05 }],
    [1, { lossUp: 0.1 }],
    [1, { roundTripMs: 800 }],
    [5, { frozenMs: 5_000 }],
  ])('is %i with %j', (score, change) => {
    expect(scoreOf({ ...well, ...change })).toBe(score);
  });
});

describe('sound first', () => {
  /** The moments, in seconds, at which pictures stopped and came back, of one score each five seconds. */
  function turns(scores: readonly number[]): string[] {
    let state: SoundFirst = pictureToo;
    return scores.flatMap((score, index) => {
      const before = state.on;
      state = nextSoundFirst(state, score, 1_000_000 + index * 5_000);
      return before === state.on ? [] : [`${state.on ? 'sound' : 'picture'} at ${index * 5}`];
    });
  }
  const many = (score: number, count: number) => Array.from({ length: count }, () => score);

  it('takes two bad looks in a row, and three better ones after a rest', () => {
    expect(turns([1, 5, 1, 5, 1, 1, 5, 5, 5, 5])).toEqual(['sound at 25', 'picture at 40']);
  });

  it('stays while the line is only a little better', () => {
    expect(turns([1, 1, ...many(2, 20)])).toEqual(['sound at 5']);
  });

  it('rests twice as long each time that the picture was soon too much again', () => {
    const [scores, rest] = [[1, 1, ...many(5, 3), 1, 1], many(5, 6)];
    expect(turns([...scores, ...rest])).toEqual(['sound at 5', 'picture at 20', 'sound at 30', 'picture at 60']);
  });
});

describe('the ledger of a stay', () => {
  it('weighs by time, keeps the worst, and draws the worst of each ten seconds', () => {
    const ledger = new LinkLedger(0);
    for (const [at, report] of [
      [5_000, well],
      [10_000, { ...well, roundTripMs: 240, upKbps: 200, way: 'relay' as const }],
      [15_000, { ...well, frozenMs: 500 }],
    ] as const)
      ledger.note(report, at);
    expect(ledger.summary()).toMatchObject({
      from: new Date(0),
      until: new Date(15_000),
      way: 'udp',
      scoreWorst: 4,
      frozenSeconds: 1,
      roundTripMs: { average: 106.6667, worst: 240 },
      upKbps: { average: 600, worst: 200 },
      scores: [5, 4],
    });
  });

  it('believes no picture that stood still for longer than has passed, and nothing that comes too soon', () => {
    const ledger = new LinkLedger(0);
    ledger.note({ ...well, frozenMs: 60_000 }, 5_000);
    expect(ledger.note(bad, 5_400)).toBeNull();
    expect(ledger.summary()).toMatchObject({ frozenSeconds: 5, lossDown: { worst: 0 } });
  });

  it('counts the time in which pictures were paused', () => {
    const ledger = new LinkLedger(0);
    const seen = [bad, bad, bad, well, well, well].map((report, index) => ledger.note(report, (index + 1) * 5_000));
    expect(seen.map((noted) => noted?.soundFirst)).toEqual([false, true, true, true, true, false]);
    expect(ledger.summary()?.soundOnlySeconds).toBe(20);
  });
});

describe('the book of a node', () => {
  const seatNo = (seat: number) => ({ meetingId: 'm', participantId: 'p', seat }) as SeatRef;
  function open() {
    const kept: [number, LinkSummary][] = [];
    const clock = { now: 1_000_000 };
    const store: QualityStore = {
      keep: async (stays) =>
        void kept.push(...stays.map(({ seat, summary }): [number, LinkSummary] => [seat.seat, summary])),
    };
    const options = { logger: createLogger('silent'), now: () => clock.now, gatherMs: 1, chance: () => 0 };
    const book = new QualityBook({ store, ...options });
    const socket = new EventEmitter();
    const session = { socket } as unknown as Session;
    const report = (seat: number) => {
      book.note(session, seatNo(seat), well);
      clock.now += 5_000;
    };
    return { book, clock, kept, socket, report };
  }

  const of = (participantId: string): [Session, SeatRef] => [
    { socket: new EventEmitter() } as unknown as Session,
    { meetingId: 'm', participantId, seat: 1 } as SeatRef,
  ];

  it('blames nobody for what the other lost on the way up, from the first report on, whoever reports first', () => {
    const { book, clock } = open();
    const [patient, doctor] = [of('patient'), of('doctor')];
    const looks = [
      // What the browsers said at a loss of 30 % that began in their first look.
      { down: 0.23, up: 0.12 },
      { down: 0.3, up: 0.32 },
      { down: 0.27, up: 0.55 },
      { down: 0.3, up: 0.26 },
      { down: 0.31, up: 0.28 },
    ];
    const seen = looks.map(({ down, up }) => {
      clock.now += 3_000;
      const theirs = book.note(...doctor, { ...well, lossDown: down });
      clock.now += 2_000;
      return [theirs?.score, book.note(...patient, { ...well, lossUp: up })?.soundFirst];
    });
    expect(seen.map(([score]) => Number(score) >= 3)).toEqual(looks.map(() => true));
    expect(seen.map(([, soundFirst]) => soundFirst)).toEqual([false, true, true, true, true]);
  });

  it('blames who loses on the way down once the others have said what they lost meanwhile', () => {
    const { book, clock } = open();
    const [patient, doctor] = [of('patient'), of('doctor')];
    const seen = [0.3, 0.3, 0.3, 0.3].map((lossDown) => {
      clock.now += 5_000;
      book.note(...doctor, well);
      return book.note(...patient, { ...well, lossDown });
    });
    expect(seen.map((noted) => noted?.score)).toEqual([5, 5, 1, 1]);
    expect(seen.at(-1)?.soundFirst).toBe(true);
  });

  it('takes no picture away for what a dead way lost, unless another one is looked for again and again', () => {
    const { book, clock } = open();
    const patient = of('patient');
    const look = (lossUp: number) => {
      clock.now += 5_000;
      return book.note(...patient, { ...well, lossUp })?.soundFirst;
    };
    const search = () => book.searches(patient[0]);
    look(0);
    // Both transports, and once more a moment later.
    search();
    search();
    clock.now += 3_000;
    search();
    expect([look(0.6), look(0.3), look(0), look(0.6)]).toEqual([false, false, false, false]);
    clock.now += 20_000;
    const unsettled = [0, 1, 2, 3, 4].map(() => {
      search();
      return look(0.5);
    });
    expect(unsettled).toEqual([false, false, true, true, true]);
  });

  it('writes now and then, when a socket goes, and when it is closed', async () => {
    const { book, kept, socket, report } = open();
    for (let index = 0; index < 7; index += 1) report(1);
    await until('it is written', () => kept.length === 1);
    report(1);
    socket.emit('disconnect');
    report(2);
    await book.close();
    expect(kept.map(([seat]) => seat).toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
    const [first, last] = kept.filter(([seat]) => seat === 1).map(([, { until }]) => until.getTime());
    expect(last).toBeGreaterThan(first ?? 0);
  });
});

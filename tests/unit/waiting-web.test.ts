/** The waiting room in the browser, without one: words for a wait, and what is written meanwhile. */
import { describe, expect, it } from '@jest/globals';
import type { WaitingLine, WaitingRead } from '../../signaling/protocol/index.ts';
import { createTalk } from '../../web/src/call/waiting/talk.ts';
import { spanOf } from '../../web/src/features/waiting/span.ts';
import { FakeLink } from '../support/call-fakes.ts';

const now = Date.parse('2026-11-23T10:00:00.000Z');
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const span = (from: number, to: number) => spanOf({ earliest: inMinutes(from), latest: inMinutes(to) }, now);

describe('the words for a wait', () => {
  it('are in whole fives, wider than what is known and never one number', () => {
    expect(span(11, 18)).toEqual({ kind: 'between', from: 10, to: 20 });
    expect(span(15, 15)).toEqual({ kind: 'between', from: 10, to: 15 });
    expect(span(3, 11)).toEqual({ kind: 'upTo', to: 15 });
    expect(span(70, 80)).toEqual({ kind: 'between', from: 60, to: 90 });
  });

  it('say a few minutes, longer than usual, or that nobody knows', () => {
    expect(span(0, 4)).toEqual({ kind: 'soon' });
    expect(span(-9, -1)).toEqual({ kind: 'longer' });
    expect(spanOf(null, now)).toEqual({ kind: 'unknown' });
  });
});

const meetingId = 'm1';
const line = (id: string, from: WaitingLine['from'], minutes: number): WaitingLine => ({
  id,
  meetingId,
  from,
  text: id,
  clientId: id,
  sentAt: inMinutes(minutes),
});
const unread: WaitingRead = { patient: null, clinic: null };

function open() {
  const link = new FakeLink('token', {
    up: () => undefined,
    down: () => undefined,
    refused: () => undefined,
    fact: (fact) => talk.hear(fact),
  });
  let ids = 0;
  const talk = createTalk({ meetingId, ask: link.ask, newId: () => `id-${(ids += 1)}` });
  return { link, talk };
}

describe('what is written while waiting', () => {
  it('has each line once, in its order, whether it was loaded, told or answered', async () => {
    const { link, talk } = open();
    const loading = talk.load();
    await link.tell({ name: 'queue:messaged', payload: { line: line('b', 'doctor', 2) } });
    await link
      .last('queue:messages')
      .answer({ lines: [line('a', 'patient', 1), line('b', 'doctor', 2)], read: unread });
    await loading;
    await link.tell({ name: 'queue:messaged', payload: { line: { ...line('x', 'staff', 3), meetingId: 'other' } } });
    const saying = talk.say('c');
    await link.tell({ name: 'queue:messaged', payload: { line: line('c', 'patient', 3) } });
    await link.last('queue:message').answer(line('c', 'patient', 3));
    await saying;
    expect(talk.state).toMatchObject({ isLoaded: true });
    expect(talk.state.lines.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('says the same line again under the same id after a loss, and another one under another', async () => {
    const { link, talk } = open();
    const first = talk.say('Hello');
    await link.last('queue:message').fail('NO_ANSWER');
    await expect(first).rejects.toMatchObject({ code: 'NO_ANSWER' });
    void talk.say('Hello');
    expect(link.last('queue:message').input).toEqual({ meetingId, text: 'Hello', clientId: 'id-1' });
    await link.last('queue:message').answer(line('a', 'patient', 1));
    void talk.say('Hello');
    expect(link.last('queue:message').input).toMatchObject({ clientId: 'id-2' });
  });

  it('marks up to the newest line as read, and what was read stays read when news come in the wrong order', async () => {
    const { link, talk } = open();
    await talk.markRead();
    expect(link.asked).toEqual([]);
    await link.tell({ name: 'queue:messaged', payload: { line: line('a', 'doctor', 1) } });
    const marking = talk.markRead();
    expect(link.last('queue:read').input).toEqual({ meetingId, lineId: 'a' });
    const read = { patient: inMinutes(1), clinic: null };
    await link.tell({ name: 'queue:was-read', payload: { meetingId, read: { patient: inMinutes(5), clinic: null } } });
    await link.last('queue:read').answer(read);
    await marking;
    expect(talk.state.read).toEqual({ patient: inMinutes(5), clinic: null });
  });
});

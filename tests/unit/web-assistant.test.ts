/** The assistant in the browser, without one: the events of an answer, and what the screen makes of them. */
import { describe, expect, it } from '@jest/globals';
import type { ActionView, ChatReply } from '../../web/src/api/assistant.ts';
import { readEvents } from '../../web/src/api/server-events.ts';
import { nextTalk, silence, type TalkEvent, talkOf } from '../../web/src/features/assistant/talk.ts';

const reply: ChatReply = {
  conversationId: 'c',
  kind: 'answer',
  reply: 'We open at nine.',
  emergencyNumber: null,
  offer: null,
  actions: [],
};
const action: ActionView = {
  id: 'a',
  conversationId: 'c',
  kind: 'book',
  status: 'pending',
  booking: {
    practitionerName: 'Dr',
    serviceName: 'Visit',
    startsAt: '2026-11-24T10:00:00.000Z',
    modality: 'video',
    locationName: null,
    reason: null,
  },
  expiresAt: '2026-11-24T09:00:00.000Z',
  appointmentId: null,
  errorCode: null,
};
const after = (...events: TalkEvent[]) => events.reduce(nextTalk, silence);
const asked: TalkEvent = { type: 'asked', message: 'When?' };

describe('events', () => {
  const all = async (chunks: readonly string[]) => {
    const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
    const body = new ReadableStream({
      start(controller) {
        for (const one of bytes) controller.enqueue(one);
        controller.close();
      },
    });
    const found: unknown[] = [];
    for await (const one of readEvents(new Response(body))) found.push(one);
    return found;
  };
  const text = 'event: text\ndata: {"text":"नमस्ते"}\n\n: still here\n\nevent: done\ndata: {"reply":"x"}\n\n';

  it('are read however they come in pieces', async () => {
    const expected = [
      { event: 'text', data: { text: 'नमस्ते' } },
      { event: 'done', data: { reply: 'x' } },
    ];
    expect(await all([text])).toEqual(expected);
    expect(await all(Array.from(text))).toEqual(expected);
  });

  it('that break off are not half an event', async () => {
    expect(await all(['event: text\ndata: {"te'])).toEqual([]);
  });
});

describe('a talk', () => {
  it('shows what comes, and in the end what counts', () => {
    const streaming = after(asked, { type: 'text', text: 'We o' }, { type: 'text', text: 'pen' });
    expect(streaming.pending).toMatchObject({ text: 'We open' });
    const done = nextTalk(streaming, { type: 'answered', reply });
    expect(done).toMatchObject({ pending: null, conversationId: 'c' });
    expect(done.lines.map(({ text }) => text)).toEqual(['When?', 'We open at nine.']);
  });

  it('forgets what was replaced', () => {
    const replaced = after(asked, { type: 'text', text: 'You have' }, { type: 'replaced' });
    expect(JSON.stringify(replaced)).not.toContain('You have');
  });

  it('gives back what was asked when it came to nothing', () => {
    const failed = after(asked, { type: 'text', text: 'We' }, { type: 'failed', error: 'x', wasStopped: true });
    expect(failed).toMatchObject({ lines: [], pending: null, failed: { message: 'When?', wasStopped: true } });
  });

  it('changes a booking where it stands', () => {
    const proposed = after(asked, { type: 'answered', reply: { ...reply, actions: [action] } });
    const settled = nextTalk(proposed, { type: 'settled', action: { ...action, status: 'done', appointmentId: 'x' } });
    expect(settled.lines.at(-1)?.actions).toMatchObject([{ id: 'a', status: 'done' }]);
  });

  it('that was kept shows a booking with the answer it came with, however much was said since', () => {
    const at = '2026-11-22T10:00:00.000Z';
    const said = (id: string) => ({ id, by: 'assistant' as const, kind: 'answer' as const, text: id, at });
    const kept = { id: 'c', title: 'x', createdAt: at, lastAt: at, messages: [said('1'), said('3'), said('5')] };
    const talk = talkOf({ ...kept, actions: [{ ...action, id: '4' }] }, '108');
    expect(talk.lines.map(({ actions }) => actions.map(({ id }) => id))).toEqual([[], ['4'], []]);
  });

  it('that was kept shows an emergency with the number of today', () => {
    const messages = [
      { id: '1', by: 'person' as const, kind: null, text: 'Help', at: '2026-11-22T10:00:00.000Z' },
      { id: '2', by: 'assistant' as const, kind: 'emergency' as const, text: 'Call', at: '2026-11-22T10:00:00.000Z' },
    ];
    const at = '2026-11-22T10:00:00.000Z';
    const talk = talkOf({ id: 'c', title: 'Help', createdAt: at, lastAt: at, messages, actions: [] }, '108');
    expect(talk.lines.at(-1)).toMatchObject({ kind: 'emergency', emergencyNumber: '108' });
  });
});

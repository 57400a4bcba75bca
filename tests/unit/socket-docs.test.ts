/** The description of the socket protocol says everything that the tables say, and leads nowhere. */
import { describe, expect, test } from '@jest/globals';
import { describeSocket, keyOf } from '../../signaling/docs/asyncapi.ts';
import { socketPage } from '../../signaling/docs/page.ts';
import { calls, facts } from '../../signaling/protocol/index.ts';
import { exampleOf, type JsonSchema } from '../../src/platform/http/openapi/example.ts';
import { judgeBy } from '../support/openapi.ts';

type Described = {
  asyncapi: string;
  channels: { socket: { messages: Record<string, { name: string; payload: JsonSchema }> } };
  operations: Record<string, { action: string; title: string; summary: string; description?: string; reply?: object }>;
  components: { schemas: Record<string, JsonSchema> };
};
const document = describeSocket('1.2.3');
const described = document as unknown as Described;

describe('the description of the socket protocol', () => {
  test('has every call with its scope and its answer, and every fact', () => {
    const of = (action: string) =>
      Object.values(described.operations)
        .filter((one) => one.action === action)
        .map(({ title }) => title)
        .toSorted();
    expect(described.asyncapi).toBe('3.0.0');
    expect(of('receive')).toEqual(Object.keys(calls).toSorted());
    expect(of('send')).toEqual(Object.keys(facts).toSorted());
    for (const [name, { scope }] of Object.entries(calls)) {
      const operation = described.operations[keyOf(name)];
      expect(operation?.description).toContain(`\`${scope}\``);
      expect(operation?.reply).toBeDefined();
    }
  });

  test('has no reference that leads nowhere', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(80);
    for (const reference of new Set(references)) {
      const found = reference
        .split('/')
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
      expect({ reference, found: found !== undefined }).toEqual({ reference, found: true });
    }
    expect(text).not.toContain('$defs');
  });

  test('has schemas that take what the protocol takes and refuse what it refuses', () => {
    const judge = judgeBy(document);
    const payload = (key: string) => ['channels', 'socket', 'messages', key, 'payload'];
    const meetingId = '019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071';
    expect(judge.faults(payload('meeting-start'), { meetingId })).toEqual([]);
    expect(judge.faults(payload('meeting-start'), { meetingId: 'x' })).not.toEqual([]);
    expect(judge.faults(payload('meeting-start'), { meetingId, more: 1 })).not.toEqual([]);
    const refusal = { ok: false, error: { code: 'TOO_EARLY', message: 'Wait.' } };
    expect(judge.faults(payload('meeting-start-answer'), refusal)).toEqual([]);
    expect(judge.faults(payload('meeting-start-answer'), { ...refusal, error: { code: 'NO' } })).not.toEqual([]);
  });

  test('has examples that fit, for every message', () => {
    const judge = judgeBy(document);
    const wrong = Object.entries(described.channels.socket.messages).flatMap(([key, { payload }]) =>
      judge
        .faults(['channels', 'socket', 'messages', key, 'payload'], exampleOf(payload, described.components.schemas))
        .map((fault) => `${key}: ${fault}`),
    );
    expect(wrong).toEqual([]);
  });

  test('is a page with every call and fact, without a script and with nothing from elsewhere', () => {
    const page = socketPage(document);
    for (const name of [...Object.keys(calls), ...Object.keys(facts)]) expect(page).toContain(`>${name}</h3>`);
    expect(page).not.toMatch(/<script|https?:\/\/(?!json-schema)|javascript:/i);
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor);
    for (const anchor of anchors) expect(page).toContain(`id="${anchor}"`);
  });
});

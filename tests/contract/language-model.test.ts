/** The one contract of language models, against servers that speak the providers' protocols, and all that goes wrong there. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { z } from 'zod';
import {
  createModel,
  type LanguageModel,
  type ModelCall,
  type Piece,
  type Question,
} from '../../src/adapters/llm/index.ts';
import { countedUsage, type ModelServer, type Protocol, startModel } from '../support/model-server.ts';
import { until } from '../support/until.ts';

const quick = { tries: 3, pauseMs: 1, failures: 100, openMs: 60_000 };
const ask = (more: Partial<Question> = {}): Question => ({
  instructions: 'You are a desk.',
  said: [{ by: 'person', text: 'Hello?' }],
  purpose: 'chat',
  ...more,
});

async function all(model: LanguageModel, question: Question = ask()): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of model.answer(question)) pieces.push(piece);
  return pieces;
}

const textOf = (pieces: readonly Piece[]) => pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');

describe.each<Protocol>(['openai', 'gemini'])('a language model by %s', (protocol) => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModel(protocol);
  });
  beforeEach(() => server.forget());
  afterAll(() => server[Symbol.asyncDispose]());

  const calls: ModelCall[] = [];
  const open = (more: Partial<Parameters<typeof createModel>[0]> = {}) =>
    createModel({
      place:
        protocol === 'openai'
          ? { kind: 'compatible', baseUrl: server.baseUrl, model: 'test-model', apiKey: 'a key for tests' }
          : { kind: 'google', baseUrl: server.baseUrl, apiKey: 'a key for tests' },
      outside: quick,
      onCall: (call) => calls.push(call),
      ...more,
    });

  it('streams, and says how many tokens it took', async () => {
    server.next({ say: ['We open ', 'at nine', '.'] });
    const pieces = await all(open());
    expect(pieces.slice(0, -1).map((piece) => piece.type)).toEqual(['text', 'text', 'text']);
    expect(textOf(pieces)).toBe('We open at nine.');
    expect(pieces.at(-1)).toEqual({ type: 'end', usage: countedUsage, cut: false });
    expect(calls.at(-1)).toMatchObject({ purpose: 'chat', result: 'answered', usage: countedUsage });
  });

  it('is asked coolly and briefly, with its key in a header and nowhere else', async () => {
    await all(open());
    const { headers, body, path, text } = server.requests.at(-1) ?? { headers: {}, body: {}, path: '', text: '' };
    const [key, sent] =
      protocol === 'openai'
        ? [headers.authorization, body]
        : [headers['x-goog-api-key'], body.generationConfig as Record<string, unknown>];
    expect(key).toContain('a key for tests');
    expect(path + text).not.toContain('a key for tests');
    expect(sent).toMatchObject(
      protocol === 'openai' ? { temperature: 0.3, max_tokens: 500 } : { temperature: 0.3, maxOutputTokens: 500 },
    );
  });

  it('says when there was no room for all of it', async () => {
    server.next({ say: ['And so'], finish: 'length' });
    expect((await all(open())).at(-1)).toMatchObject({ type: 'end', cut: true });
  });

  it('asks for a tool with what fits it, and gets the answer back', async () => {
    const tools = { find: { description: 'Finds.', input: z.object({ day: z.iso.date() }) } };
    server.next({ say: [], use: [{ name: 'find', input: { day: '2026-11-23' } }] }, { say: ['Found.'] });
    const model = open();
    const [first] = await all(model, ask({ tools }));
    if (first?.type !== 'use') throw new Error('It asked for nothing.');
    expect(first.use).toMatchObject({ tool: 'find', input: { day: '2026-11-23' } });
    const said = [
      ...ask().said,
      first.use,
      { by: 'tool' as const, useId: first.use.useId, tool: 'find', answer: ['9:00'] },
    ];
    expect(textOf(await all(model, ask({ tools, said })))).toBe('Found.');
    const { text } = server.requests.at(-1) ?? { text: '' };
    expect(text).toContain('9:00');
    // Gemini wants its mark back.
    expect(text.includes('c2lnbmVk')).toBe(protocol === 'gemini');
  });

  test.each([
    ['with what does not fit', 'find', { day: 'tomorrow' }],
    ['that there is not', 'delete_everything', {}],
  ])('asks in vain for a tool %s', async (_what, name, input) => {
    const tools = { find: { description: 'Finds.', input: z.object({ day: z.iso.date() }) } };
    server.next({ say: [], use: [{ name, input }] });
    expect((await all(open(), ask({ tools })))[0]).toMatchObject({ type: 'misuse', use: { tool: name } });
  });

  test.each([
    ['too many', { status: 429, headers: { 'Retry-After': '0' } }],
    ['down', { status: 500 }],
    ['bad gateway', { status: 502, body: '<html>Bad gateway</html>' }],
    ['cut before a word', { cutAfter: [] }],
    ['ended before a word', { endAfter: [] }],
    ['not JSON', { raw: 'data: {"choices": [\n\n' }],
    ['no event stream', { raw: '<html>Sign in to the hotel</html>' }],
  ])('is asked again after "%s" as long as nothing was said', async (_what, turn) => {
    server.next(turn, turn, { say: ['At last.'] });
    expect(textOf(await all(open()))).toBe('At last.');
  });

  it('is given up after three tries', async () => {
    const before = server.requests.length;
    server.next({ status: 503 }, { status: 503 }, { status: 503 }, { say: ['Too late.'] });
    await expect(all(open())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.requests.length - before).toBe(3);
    expect(calls.at(-1)).toMatchObject({ result: 'failed' });
    expect(textOf(await all(open()))).toBe('Too late.');
  });

  it('is not asked again when it wants a minute, and the caller is told', async () => {
    const before = server.requests.length;
    server.next({ status: 429, headers: { 'Retry-After': '60' } });
    await expect(all(open())).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 60 });
    expect(server.requests.length - before).toBe(1);
  });

  it('is not asked again when it says no, and does not say what it said', async () => {
    const before = server.requests.length;
    server.next({ status: 400, body: JSON.stringify({ error: { message: 'Bad: Hello?', code: 400 } }) });
    const error = await all(open()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNAVAILABLE' });
    expect(String((error as Error).cause)).not.toContain('Hello?');
    expect(server.requests.length - before).toBe(1);
  });

  test.each([
    ['cut', { cutAfter: ['It is ', 'sure'] }],
    ['ended without an end', { endAfter: ['It is ', 'sure'] }],
    ['followed by what is no JSON', { raw: '' }],
  ])('fails without another try when it is %s in the middle', async (what, turn) => {
    const piece =
      protocol === 'openai'
        ? '{"choices":[{"index":0,"delta":{"content":"It is "}}]}'
        : '{"candidates":[{"content":{"parts":[{"text":"It is "}]},"index":0}]}';
    const before = server.requests.length;
    server.next(what.startsWith('followed') ? { raw: `data: ${piece}\n\ndata: {{{\n\n` } : turn);
    const pieces: Piece[] = [];
    const read = async () => {
      for await (const one of open().answer(ask())) pieces.push(one);
    };
    await expect(read()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(textOf(pieces)).toMatch(/^It is /);
    expect(server.requests.length - before).toBe(1);
  });

  it('is given up when it says nothing more', async () => {
    // Three times, for on a busy machine it may be quiet for so long before the first word.
    const turn = { hangAfter: ['Well'] };
    server.next(turn, turn, turn);
    const model = open({ patience: { quietMs: 50, totalMs: 60_000 } });
    const leftBefore = server.left;
    await expect(all(model)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await until('the connection is closed', () => server.left > leftBefore);
  });

  it('is stopped when it goes on and on', async () => {
    server.next({ forever: 'and on ' });
    const leftBefore = server.left;
    const pieces = await all(open());
    expect(pieces.at(-1)).toMatchObject({ type: 'end', cut: true });
    expect(textOf(pieces).length).toBeLessThan(10_000);
    await until('the connection is closed', () => server.left > leftBefore);
  });

  it("stops when nobody waits any more, which is nobody's failure", async () => {
    server.next({ hangAfter: ['Well'] });
    const gone = new AbortController();
    const leftBefore = server.left;
    const model = open({ outside: { ...quick, failures: 1 } });
    const read = async () => {
      for await (const piece of model.answer(ask({ signal: gone.signal }))) {
        if (piece.type === 'text') gone.abort(new Error('gone'));
      }
    };
    await expect(read()).rejects.toThrow('gone');
    await until('the connection is closed', () => server.left > leftBefore);
    expect(calls.at(-1)).toMatchObject({ result: 'gone' });
    expect(model.isResting).toBe(false);
  });

  it('rests once it failed several times in a row', async () => {
    const model = open({ outside: { ...quick, tries: 1, failures: 2 } });
    server.next({ status: 500 }, { status: 500 });
    for (let i = 0; i < 2; i += 1) await expect(all(model)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const before = server.requests.length;
    await expect(all(model)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.requests.length).toBe(before);
    expect(model.isResting).toBe(true);
  });

  describe('with a schema', () => {
    const schema = z.object({ findings: z.array(z.string()).max(3) });
    const question = {
      instructions: 'Sum up.',
      prompt: 'A tooth.',
      schema,
      name: 'summary',
      purpose: 'document' as const,
    };

    it('still talks when it cannot keep to it', async () => {
      const model = open({ outside: { ...quick, tries: 1, failures: 1 } });
      await expect(model.object(question)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(textOf(await all(model))).toBe('Hello.');
    });

    it('gives what fits it', async () => {
      server.next({ say: ['{"findings":["one tooth"]}'] });
      const { object, usage } = await open().object({ ...question, seed: 7, maxOutputTokens: 2_000 });
      expect(object).toEqual({ findings: ['one tooth'] });
      expect(usage).toEqual(countedUsage);
      expect(server.requests.at(-1)?.text).toContain('"seed":7');
    });

    test.each([
      ['no JSON', '{"findings":['],
      ['what does not fit', '{"findings":["a","b","c","d"]}'],
      ['nothing', ''],
    ])('is asked again after %s, and then given up', async (_what, text) => {
      server.next({ say: [text] }, { say: ['{"findings":[]}'] });
      expect((await open().object(question)).object).toEqual({ findings: [] });
      server.next({ say: [text] }, { say: [text] }, { say: [text] });
      await expect(open().object(question)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
});

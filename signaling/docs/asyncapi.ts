/** The description of the socket protocol (AsyncAPI 3.0), made from the tables that serve it. */
import { z } from 'zod';
import { callErrorCodes, calls, facts } from '../protocol/index.ts';
import { callWords, factWords, stageWords } from '../protocol/words.ts';
import { type Json, openSchemaBook } from './schemas.ts';

const introduction = `Socket.IO 4 on its default path and namespace, by WebSocket or polling. The handshake carries
\`auth: { token }\` with an access token; a bad one is refused by \`connect_error\`, whose \`data.code\` says why.

Every call is answered by its acknowledgement: \`{ ok: true, data }\` or \`{ ok: false, error: { code, message } }\`. A
socket has at most one seat; after it has joined, no call names the meeting.`;

const Failure = z
  .object({ ok: z.literal(false), error: z.object({ code: z.enum(callErrorCodes), message: z.string() }) })
  .meta({ id: 'Failure' });

/** Seen from the server: it receives calls and sends facts. */
export function describeSocket(version: string): Json {
  const book = openSchemaBook();
  const failure = book.add(Failure, 'output');
  const messages: Record<string, Json> = {};
  const operations: Record<string, Json> = {};
  const channel = { $ref: '#/channels/socket' };
  for (const [name, { input, answer, scope, stage }] of Object.entries(calls)) {
    const summary = callWords[name as keyof typeof calls];
    messages[keyOf(name)] = { name, summary, payload: book.add(input, 'input') };
    messages[`${keyOf(name)}-answer`] = {
      name: `${name} (acknowledgement)`,
      summary: `What ${name} is answered.`,
      payload: { anyOf: [book.add(z.object({ ok: z.literal(true), data: answer }), 'output'), failure] },
    };
    operations[keyOf(name)] = {
      action: 'receive',
      channel,
      title: name,
      summary,
      description: `By ${stageWords[stage]}, with the scope \`${scope}\`.`,
      messages: [message(keyOf(name))],
      reply: { channel, messages: [message(`${keyOf(name)}-answer`)] },
    };
  }
  for (const [name, payload] of Object.entries(facts)) {
    const summary = factWords[name as keyof typeof facts];
    // A call and a fact may share their name.
    const key = `told-${keyOf(name)}`;
    messages[key] = { name, summary, payload: book.add(payload, 'output') };
    operations[key] = { action: 'send', channel, title: name, summary, messages: [message(key)] };
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Housecall socket protocol', version, description: introduction },
    defaultContentType: 'application/json',
    servers: {
      clinic: {
        host: '{host}',
        pathname: '/socket.io/',
        protocol: 'wss',
        description: "The clinic's own server.",
        variables: { host: { description: 'Its name and port.', default: 'localhost:3000' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: { socket: { address: '/', messages } },
    operations,
    components: {
      schemas: book.shared,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '`auth.token` of the handshake.' },
      },
    },
  };
}

const message = (name: string) => ({ $ref: `#/channels/socket/messages/${name}` });

/** `meeting:start` → `meeting-start`: AsyncAPI allows no colon in a key. */
export function keyOf(name: string): string {
  return name.replaceAll(':', '-');
}

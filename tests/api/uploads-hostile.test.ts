/** Files and senders that mean harm: each is refused for its own reason, and nothing of it is left anywhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openIncoming } from '../../src/records/uploads/incoming.ts';
import type { NewUpload } from '../../src/records/uploads/schema.ts';
import { ApiError, type InputFault } from '../../web/src/api/problem.ts';
import { refusalOf } from '../../web/src/features/files/refusal.ts';
import * as made from '../support/hostile-files.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { filesBelow, leftOf, type Sending, upload } from '../support/uploading.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
  stopped = await stopInTheMiddle();
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await stopped[Symbol.asyncDispose]();
});

interface Stopped extends AsyncDisposable {
  server: LiveServer;
  /** What the server said until it hung up. */
  told: Promise<string>;
}
/** Its server's patience, ten seconds without a byte, runs out while the others of this file are at work. */
let stopped: Stopped;

async function stopInTheMiddle(): Promise<Stopped> {
  const server = await startLive();
  const token = await (await server.tenant()).token('patient');
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const head = `Authorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=b\r\n`;
  socket.write(`POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\n${head}Content-Length: 4000000\r\n\r\n`);
  socket.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7');
  let said = '';
  socket.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const told = once(socket, 'close').then(() => said);
  const dispose = async () => {
    socket.destroy();
    await server[Symbol.asyncDispose]();
  };
  return { server, told, [Symbol.asyncDispose]: dispose };
}

const nothing = { files: 0, coming: 0, rows: 0, leftovers: 0 };
const picture = { name: 'a.jpg', type: 'image/jpeg' };
const drawing = { name: 'a.png', type: 'image/png' };
const mb5 = 5 * 1_048_576;
const flate = (text: string) => {
  const packed = made.deflated(text);
  return `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream`;
};

type Refused = [what: string, bytes: () => Promise<Buffer> | Buffer, status: number, reason: RegExp, sending?: Sending];

const kind = /Only PDF, JPEG and PNG/;
const content = /What is in the file is not what its name says/;
const agree = /do not agree/;
const twofold = /two kinds of file/;
const script = /Holds a script/;
const program = /Starts a program/;
const inside = /another file inside/;

const refused: Refused[] = [
  ['nothing at all', () => Buffer.alloc(0), 422, /Is empty/],
  ['99 bytes', () => Buffer.from('%PDF-1.7'.padEnd(99, ' ')), 422, /fewer than 100 bytes/],
  ['100 bytes of nothing', () => Buffer.alloc(100), 415, content],
  ['a byte more than 5 MB', () => made.pdfOfSize(mb5 + 1), 413, /up to 5 MB/],
  ['20 MB', () => Buffer.alloc(20_000_000), 413, /up to 5 MB/],
  [
    'a program',
    () => Buffer.from(`MZ${'\0'.repeat(200)}`),
    415,
    kind,
    { name: 'a.exe', type: 'application/x-msdownload' },
  ],
  ['a program that is called a PDF', () => Buffer.from(`MZ${'\0'.repeat(200)}`), 415, content],
  ['EICAR’s text', () => Buffer.from(made.eicarLike().padEnd(120, ' ')), 415, content],
  ['a PDF whose second ending is a program’s', () => made.pdf(), 422, /second ending/, { name: 'report.exe.pdf' }],
  ['a program whose second ending is a PDF’s', () => made.pdf(), 415, kind, { name: 'report.pdf.exe' }],
  ['a name that reads backwards', () => made.pdf(), 415, kind, { name: 'report\u202Efdp.exe' }],
  ['a name without an ending', () => made.pdf(), 415, kind, { name: 'report' }],
  ['a picture that is said to be a PDF', () => made.jpeg(), 415, content],
  ['a PDF that is said to be a picture', () => made.pdf(), 415, content, picture],
  ['a PDF with the type of a picture', () => made.pdf(), 415, agree, { type: 'image/png' }],
  ['a PDF of any type', () => made.pdf(), 415, agree, { type: 'application/octet-stream' }],
  [
    'SVG as PNG',
    () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`.padEnd(200)),
    415,
    content,
    drawing,
  ],
  ['HTML as JPEG', () => Buffer.from('<!doctype html><script>1</script>'.padEnd(200)), 415, content, picture],
  ['an archive as PNG', () => Buffer.concat([made.emptyZip, Buffer.alloc(200)]), 415, content, drawing],
  [
    'a picture with an archive behind it',
    async () => Buffer.concat([await made.jpeg(), made.emptyZip]),
    422,
    twofold,
    picture,
  ],
  ['a PDF with an archive behind it', async () => Buffer.concat([await made.pdf(), made.emptyZip]), 422, twofold],
  [
    'a picture that is a PDF too',
    async () => made.withComment(await made.jpeg(), '%PDF-1.7 1 0 obj'),
    422,
    twofold,
    picture,
  ],
  [
    'a picture that is a page too',
    async () => made.withComment(await made.jpeg(), '<html><script>1</script>'),
    422,
    twofold,
    picture,
  ],
  [
    'a drawing with a page behind it',
    async () => Buffer.concat([await made.png(), Buffer.from('<script>1</script>')]),
    422,
    twofold,
    drawing,
  ],
  [
    'a PDF with a page behind it',
    async () => Buffer.concat([await made.pdf(), Buffer.from('<script>1</script>')]),
    422,
    twofold,
  ],
  [
    'half a picture',
    async () => (await made.noisyJpeg(200, 200)).subarray(0, 5_000),
    422,
    /Cannot be read as a picture/,
    picture,
  ],
  [
    'a head of a PNG and nothing behind it',
    async () => Buffer.concat([(await made.png()).subarray(0, 40), Buffer.alloc(100)]),
    422,
    /Cannot be read as a picture/,
    drawing,
  ],
  ['a bomb of 2.5 billion pixels', () => made.pixelBomb(50_000, 50_000), 422, /50 million pixels/, drawing],
  ['a bomb of 10,000 times 5,001', () => made.pixelBomb(10_000, 5_001), 422, /50 million pixels/, drawing],
  ['a PDF with a password', () => made.pdf({ userPassword: 'secret' }), 422, /Is encrypted/],
  ['a PDF that only its owner may change', () => made.pdf({ ownerPassword: 'secret' }), 422, /Is encrypted/],
  [
    'a PDF that runs a script when it opens',
    () => made.pdfWith('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
    422,
    script,
  ],
  [
    'one whose names are written in hexadecimal',
    () => made.pdfWith('/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>'),
    422,
    script,
  ],
  [
    'one whose script is in a packed stream of objects',
    () => made.pdfWith('', [flate('9 0 << /S /JavaScript /JS (app.alert(1)) >>')]),
    422,
    script,
  ],
  ['one with a script on its pages', () => made.pdfWith('/AA << /WC << /S /JavaScript /JS (1) >> >>'), 422, script],
  ['one with a form of XFA', () => made.pdfWith('/AcroForm << /XFA (x) >>'), 422, script],
  ['a PDF that starts a program', () => made.pdfWith('/OpenAction << /S /Launch /F (cmd.exe) >>'), 422, program],
  [
    'a PDF that sends a form away',
    () => made.pdfWith('/OpenAction << /S /SubmitForm /F (http://x.example) >>'),
    422,
    program,
  ],
  [
    'a PDF with a file inside',
    () => made.pdf({}, (doc) => doc.file(Buffer.from('MZ'), { name: 'a.exe' })),
    422,
    inside,
  ],
  [
    'a PDF that is none behind its head',
    () => Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF\n`),
    422,
    /Cannot be read as a PDF/,
  ],
];

describe('files that are refused', () => {
  test.each(refused)('%s', async (_what, bytes, status, reason, sending = {}) => {
    const answer = await upload(live, clinic, 'patient', await bytes(), sending);
    expect(answer.text).toMatch(reason);
    expect(answer.status).toBe(status);
    expect(await leftOf(live)).toEqual(nothing);
    const { code, detail, errors = [] } = answer.json as { code: string; detail: string; errors?: InputFault[] };
    // Whoever sent it in the browser reads why, in plain words.
    expect(refusalOf(new ApiError(code, { status, detail, faults: errors }))).not.toBeNull();
  });
});

describe('forms that are refused', () => {
  const boundary = 'xXx';
  const part = (name: string, text: string, file = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${text}\r\n`;
  const file = '; filename="a.pdf"\r\nContent-Type: application/pdf';
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${live.url}/api/v1/uploads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await clinic.token('patient')}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        ...headers,
      },
      body,
    });
    return `${answer.status} ${await answer.text()}`;
  };
  const bytes = made.pdfWith('').toString('latin1');

  test.each([
    ['no form', bytes, /^415/, { 'content-type': 'application/pdf' }],
    ['no boundary', bytes, /^400/, { 'content-type': 'multipart/form-data' }],
    ['no end', part('category', 'photo') + part('file', bytes, file), /^400/, {}],
    ['no file', `${part('category', 'photo')}--${boundary}--\r\n`, /^422.*Is missing/, {}],
    ['two files', `${part('file', bytes, file)}${part('file', bytes, file)}--${boundary}--\r\n`, /^422.*one file/, {}],
    ['a file in another field', `${part('files', bytes, file)}--${boundary}--\r\n`, /^422.*one file/, {}],
    ['no category', `${part('file', bytes, file)}--${boundary}--\r\n`, /^422.*category/, {}],
    [
      'a category of one’s own',
      `${part('category', 'secret')}${part('file', bytes, file)}--${boundary}--\r\n`,
      /^422.*category/,
      {},
    ],
    [
      'a field that is none',
      `${part('category', 'photo')}${part('owner', 'me')}${part('file', bytes, file)}--${boundary}--\r\n`,
      /^422.*Takes only/,
      {},
    ],
    ['fields without end', `${part('a', 'b').repeat(50)}--${boundary}--\r\n`, /^400.*more or longer fields/, {}],
    [
      'a field of a megabyte',
      `${part('category', 'x'.repeat(1_000_000))}--${boundary}--\r\n`,
      /^400.*more or longer fields/,
      {},
    ],
  ])('%s', async (_what, body, expected, headers) => {
    expect(await post(body, headers)).toMatch(expected);
    expect(await leftOf(live)).toEqual(nothing);
  });

  test('who has no token or no right is answered before a byte of the file is read', async () => {
    const endless = (authorization: string) => {
      const begun = Buffer.from(
        `${part('category', 'photo')}--${boundary}\r\nContent-Disposition: form-data; name="file"${file}\r\n\r\n`,
      );
      const socket = connect(Number(new URL(live.url).port), '127.0.0.1');
      socket.write(
        `POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 4000000\r\n\r\n`,
      );
      socket.write(begun);
      return socket;
    };
    for (const [authorization, expected] of [
      ['', 'HTTP/1.1 401'],
      ['Authorization: Bearer nothing\r\n', 'HTTP/1.1 401'],
    ] as const) {
      const socket = endless(authorization);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(String(answer)).toContain(expected);
      socket.destroy();
    }
    expect(await leftOf(live)).toEqual(nothing);
  });

  test.each([
    ['with a length that is never reached', 'Content-Length: 4000000\r\n', (text: string) => text],
    [
      'in the middle of a chunk',
      'Transfer-Encoding: chunked\r\n',
      (text: string) => `${text.length.toString(16)}\r\n${text}\r\nffff\r\nhalf`,
    ],
  ])('a connection that is cut %s leaves nothing', async (_how, length, framed) => {
    const socket = connect(Number(new URL(live.url).port), '127.0.0.1').on('error', () => undefined);
    const head = `Authorization: Bearer ${await clinic.token('patient')}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n`;
    socket.write(`POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\n${head}${length}\r\n`);
    const begun = `${part('category', 'photo')}--${boundary}\r\nContent-Disposition: form-data; name="file"${file}\r\n\r\n${'x'.repeat(200_000)}`;
    socket.write(framed(begun));
    await until('the file is coming', async () => (await leftOf(live)).coming === 1);
    socket.destroy();
    await until('nothing is left of it', async () => (await leftOf(live)).coming === 0);
    expect(await leftOf(live)).toEqual(nothing);
  });
});

test('who stops in the middle is cut off and told why', async () => {
  const told = await stopped.told;
  expect(told).toContain('HTTP/1.1 400');
  expect(told).toContain('too slowly');
  await until('nothing is left of it', async () => (await leftOf(stopped.server)).coming === 0);
}, 180_000);

test('what is good is taken under a name that deceives nobody', async () => {
  const names: [string, string][] = [
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\me\\report.pdf', 'report.pdf'],
    ['a\u202Efdp.pdf', 'afdp.pdf'],
    ['\u200b\u2066.pdf', 'file.pdf'],
    ['<img src=x>:"|?*.pdf', '_img src=x______.pdf'],
    ['रक्त जाँच.pdf', 'रक्त जाँच.pdf'],
    [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(120)}.pdf`],
    ['.htaccess.pdf', 'htaccess.pdf'],
    ['Report.PDF', 'Report.pdf'],
  ];
  const bytes = await made.pdf();
  for (const [name, shown] of names) {
    const { status, json } = await upload(live, clinic, 'patient2', bytes, { name });
    expect({ status, shown: (json as NewUpload).fileName }).toEqual({ status: 201, shown });
  }
  const files = await filesBelow(path.join(live.dataDir, 'files'));
  expect(files.every((file) => /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f]{32}$/.test(file))).toBe(true);
  const exact = await upload(live, clinic, 'patient2', made.pdfOfSize(mb5));
  expect(exact.status).toBe(201);
});

test('what a process that died left of files that were coming is removed by the next start', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-incoming-'));
  try {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const theirs = path.join(folder, 'incoming', `${child.pid}.abc`);
    await mkdir(theirs, { recursive: true });
    await writeFile(path.join(theirs, 'half'), 'noise');
    const first = await openIncoming(folder);
    expect(await filesBelow(theirs)).toEqual(['half']);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const second = await openIncoming(folder);
    expect(await filesBelow(path.join(folder, 'incoming'))).toEqual([]);
    const kept = await second.keep(Readable.from([Buffer.from('a file')], { objectMode: false }));
    expect(kept.size).toBe(6);
    await Promise.all([first.close(), second.close()]);
    expect(await filesBelow(path.join(folder, 'incoming'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

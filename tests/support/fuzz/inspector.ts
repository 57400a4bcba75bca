/** Looks into a server process through Node's inspector on loopback: what is really left on its heap. */

/** What a process holds after its garbage was collected. */
export interface Held {
  heapUsed: number;
  rss: number;
  /** Live objects of the classes that must not outlive their sockets. */
  sockets: number;
  sessions: number;
  rooms: number;
}

export interface Inspector extends Disposable {
  held(): Promise<Held>;
}

/** How a class's prototype is had inside the server. Node gives `require` the same module that was imported. */
const load = `process.getBuiltinModule('node:module').createRequire(process.cwd() + '/')`;
const prototypes = {
  sockets: `${load}('socket.io').Socket.prototype`,
  sessions: `${load}('./signaling/rooms/session.ts').Session.prototype`,
  rooms: `${load}('./signaling/rooms/room.ts').Room.prototype`,
};

interface RemoteObject {
  objectId?: string;
  value?: unknown;
}

type Send = (method: string, params?: object) => Promise<{ result?: RemoteObject; objects?: RemoteObject }>;

/** `printed` is what the process said, started with `--inspect=127.0.0.1:0`. */
export async function inspect(printed: string): Promise<Inspector> {
  const address = /Debugger listening on (ws:\S+)/.exec(printed)?.[1];
  if (!address) throw new Error('The server has no inspector: start it with NODE_OPTIONS=--inspect=127.0.0.1:0.');
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')));
  });
  const send = sender(socket);
  return {
    async held() {
      // Counting collects garbage by itself, so that the memory is asked for last.
      const sockets = await countOf(send, prototypes.sockets);
      const sessions = await countOf(send, prototypes.sessions);
      const rooms = await countOf(send, prototypes.rooms);
      const memory = await send('Runtime.evaluate', { expression: 'process.memoryUsage()', returnByValue: true });
      const { heapUsed, rss } = (memory.result ?? {}).value as NodeJS.MemoryUsage;
      return { heapUsed, rss, sockets, sessions, rooms };
    },
    [Symbol.dispose]: () => socket.close(),
  };
}

function sender(socket: WebSocket): Send {
  let last = 0;
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as { id?: number; result?: never; error?: { message: string } };
    const asked = answer.id === undefined ? undefined : waiting.get(answer.id);
    if (answer.id !== undefined) waiting.delete(answer.id);
    if (answer.error) asked?.reject(new Error(answer.error.message));
    else asked?.resolve(answer.result as never);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The inspected server is gone.'));
    waiting.clear();
  });
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

async function countOf(send: Send, prototype: string): Promise<number> {
  const { result } = await send('Runtime.evaluate', { expression: prototype });
  const { objects } = await send('Runtime.queryObjects', { prototypeObjectId: result?.objectId });
  const counted = await send('Runtime.callFunctionOn', {
    objectId: objects?.objectId,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await send('Runtime.releaseObject', { objectId: objects?.objectId });
  await send('Runtime.releaseObject', { objectId: result?.objectId });
  return counted.result?.value as number;
}

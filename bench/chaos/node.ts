/** One node of the cluster, as its operator and its ill luck treat it: killed, told to stop, frozen, cut off. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CuttableProxy, startCuttableProxy } from '../../tests/support/cuttable-proxy.ts';
import { freePort, type ServerProcess, spawnServer } from '../../tests/support/process.ts';

export interface NodePlace {
  name: string;
  folder: string;
  databaseUrl: string;
  databaseOwnerUrl: string;
  redisUrl: string;
  /** What all nodes have in common. */
  env: Record<string, string>;
}

export class ChaosNode implements AsyncDisposable {
  readonly name: string;
  readonly url: string;
  readonly ways: Readonly<Record<'redis' | 'database', CuttableProxy>>;
  readonly #env: Record<string, string>;
  readonly #logFile: string;
  #process: ServerProcess | undefined;
  #isUp = false;
  /** How much of what was done to it is not mended yet. */
  #harms = 0;
  #isClosed = false;

  private constructor(place: NodePlace, port: number, ways: ChaosNode['ways']) {
    const { name, folder, databaseUrl, databaseOwnerUrl, redisUrl, env } = place;
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.ways = ways;
    this.#logFile = path.join(folder, `${name}.log`);
    this.#env = {
      ...env,
      PORT: String(port),
      DATA_DIR: path.join(folder, name),
      DATABASE_URL: through(databaseUrl, ways.database),
      DATABASE_OWNER_URL: through(databaseOwnerUrl, ways.database),
      REDIS_URL: through(redisUrl, ways.redis),
    };
  }

  static async start(place: NodePlace): Promise<ChaosNode> {
    const ways = {
      redis: await startCuttableProxy(place.redisUrl),
      database: await startCuttableProxy(place.databaseUrl),
    };
    const node = new ChaosNode(place, await freePort(), ways);
    await mkdir(path.join(place.folder, place.name), { recursive: true });
    // Nothing is broken yet: one that does not start now never will.
    node.#process = await spawnServer(node.#env);
    node.#isUp = true;
    return node;
  }

  /** Runs, hears the others and the database, as far as anybody here has made it otherwise. */
  get isWhole(): boolean {
    return this.#isUp && this.#harms === 0;
  }

  /** The run is over. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** It is not whole until `work` is done. */
  async harmed(work: () => Promise<void>): Promise<void> {
    this.#harms += 1;
    try {
      await work();
    } finally {
      this.#harms -= 1;
    }
  }

  /** Starts it, again and again as whoever watches over processes does, until it serves. */
  async up(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#process = await spawnServer(this.#env);
        this.#isUp = true;
        return;
      } catch (error) {
        await this.#keepLog(String(error));
        await pause(500);
      }
    }
  }

  /** Resolves when it is gone. */
  async down(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#isUp = false;
    const running = this.#process;
    if (!running) return;
    await running.kill(signal);
    if (this.#process !== running) return;
    this.#process = undefined;
    await this.#keepLog(running.output());
  }

  freeze(): void {
    this.#process?.process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.process.kill('SIGCONT');
  }

  /** Kills one of its media workers; false when it has none. */
  async killWorker(): Promise<boolean> {
    const pid = this.#process?.process.pid;
    if (pid === undefined) return false;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    for (const child of children.trim().split(' ')) {
      const name = await readFile(`/proc/${child}/comm`, 'utf8').catch(() => '');
      if (!name.startsWith('mediasoup')) continue;
      process.kill(Number(child), 'SIGKILL');
      return true;
    }
    return false;
  }

  /** The value of a gauge; undefined when it does not answer. */
  async gauge(name: string): Promise<number | undefined> {
    const signal = AbortSignal.timeout(2_000);
    const text = await fetch(`${this.url}/metrics`, { signal })
      .then((response) => response.text())
      .catch(() => '');
    const found = new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.thaw();
    await this.down('SIGKILL');
    await Promise.all(Object.values(this.ways).map((way) => way[Symbol.asyncDispose]()));
  }

  #keepLog(text: string): Promise<void> {
    return writeFile(this.#logFile, `${text}\n`, { flag: 'a' });
  }
}

function through(url: string, way: CuttableProxy): string {
  const { port } = new URL(way.url);
  return Object.assign(new URL(url), { port }).href;
}

/**
 * What is counted, for Prometheus. Labels hold patterns, names and codes of closed lists: never an id, an address or
 * anything that somebody sent, so that nobody can be found in them and nobody can make them grow.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { onTransaction } from '../db/measured.ts';
import { processMetrics } from './process-metrics.ts';

/** Of one server. What the process itself is busy with is common to all servers in it. */
export interface Metrics {
  request(done: { method: string; route: string | undefined; status: number; seconds: number }): void;
  /** `limit` names the limit that refused somebody. */
  limitHit(limit: string): void;
  /** `result` is `success` or the code of the refusal. */
  login(result: string): void;
  call(done: { name: string; code: string; seconds: number }): void;
  meeting(transition: string, endReason: string | null): void;
  /** A call of the language model; `cost` in whatever the operator pays in. */
  model(done: ModelDone): void;
  /** Adds a value that is looked up when somebody asks; one that cannot be had is left out. */
  gauge(name: string, help: string, read: () => Promise<Readings> | Readings): void;
  /** All, in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Idempotent. */
  close(): void;
}

export interface ModelDone {
  purpose: string;
  result: string;
  seconds: number;
  inputTokens: number;
  outputTokens: number;
  cost: number;
}

/** One value, or one for each `state` of a closed list. */
export type Readings = number | Readonly<Record<string, number>>;

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const modelSeconds = [0.25, 0.5, 1, 2.5, 5, 10, 20, 60];
const transactionSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const sourceTimeoutMs = 2_000;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const { requests, limits, logins, calls, meetings, transactions, failures } = instruments(registry);
  const model = modelCounter(registry);
  const silence = onTransaction((kind, seconds, kept) =>
    transactions.observe({ kind, result: kept ? 'kept' : 'failed' }, seconds),
  );
  return {
    request: ({ method, route = 'none', status, seconds }) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
    limitHit: (limit) => limits.inc({ limit }),
    login: (result) => logins.inc({ result }),
    call: ({ name, code, seconds }) => calls.observe({ call: name, code }, seconds),
    meeting: (transition, endReason) => meetings.inc({ transition, end_reason: endReason ?? 'none' }),
    model,
    gauge: (name, help, read) => addGauge(registry, { name, help, read }, () => failures.inc({ source: name })),
    text: async () => `${await registry.metrics()}\n${await processMetrics().metrics()}`,
    contentType: registry.contentType,
    close: silence,
  };
}

function instruments(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Histogram({
      name: 'housecall_http_request_duration_seconds',
      help: 'From the first byte of a request to the end of its answer, by the pattern of its route.',
      labelNames: ['method', 'route', 'status'],
      buckets: requestSeconds,
      registers,
    }),
    limits: new Counter({
      name: 'housecall_limit_hits_total',
      help: 'Requests that were refused because there were too many.',
      labelNames: ['limit'],
      registers,
    }),
    logins: new Counter({
      name: 'housecall_logins_total',
      help: 'Attempts to sign in, by what came of them.',
      labelNames: ['result'],
      registers,
    }),
    calls: new Histogram({
      name: 'housecall_socket_call_duration_seconds',
      help: 'Socket calls, by name and the code of the answer.',
      labelNames: ['call', 'code'],
      buckets: requestSeconds,
      registers,
    }),
    meetings: new Counter({
      name: 'housecall_meeting_transitions_total',
      help: 'What happened to meetings, counted where the outbox is delivered.',
      labelNames: ['transition', 'end_reason'],
      registers,
    }),
    transactions: new Histogram({
      name: 'housecall_db_transaction_duration_seconds',
      help: "Tenants' transactions, from asking for a connection to their end.",
      labelNames: ['kind', 'result'],
      buckets: transactionSeconds,
      registers,
    }),
    failures: new Counter({
      name: 'housecall_metrics_failures_total',
      help: 'Values that could not be looked up for the metrics.',
      labelNames: ['source'],
      registers,
    }),
  };
}

function modelCounter(registry: Registry): (done: ModelDone) => void {
  const registers = [registry];
  const labelNames = ['purpose', 'result'];
  const help = 'Calls of the language model, to the end of what it said.';
  const name = 'housecall_model_call_duration_seconds';
  const calls = new Histogram({ name, help, labelNames, buckets: modelSeconds, registers });
  const tokens = new Counter({
    name: 'housecall_model_tokens_total',
    help: 'Tokens that went to the language model and came from it, as its provider counts them.',
    labelNames: ['purpose', 'direction'],
    registers,
  });
  const costs = new Counter({
    name: 'housecall_model_cost_total',
    help: 'What those tokens cost by LLM_INPUT_PRICE and LLM_OUTPUT_PRICE.',
    labelNames: ['purpose'],
    registers,
  });
  return ({ purpose, result, seconds, inputTokens, outputTokens, cost }) => {
    calls.observe({ purpose, result }, seconds);
    tokens.inc({ purpose, direction: 'in' }, inputTokens);
    tokens.inc({ purpose, direction: 'out' }, outputTokens);
    costs.inc({ purpose }, cost);
  };
}

interface Source {
  name: string;
  help: string;
  read(): Promise<Readings> | Readings;
}

function addGauge(registry: Registry, { name, help, read }: Source, failed: () => void): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      gauge.reset();
      try {
        const found = await inTime(Promise.resolve().then(read));
        if (typeof found === 'number') gauge.set(found);
        else for (const [state, amount] of Object.entries(found)) gauge.set({ state }, amount);
      } catch {
        failed();
      }
    },
  });
}

/** A database that does not answer must not keep the rest from whoever looks why. */
function inTime<T>(read: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The value was not there in time.')), sourceTimeoutMs);
    read.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

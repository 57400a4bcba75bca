/** Reads the environment, once, here and nowhere else. Every variable is in `.env.example`. */
import path from 'node:path';
import { z } from 'zod';
import { contradictions } from './config-rules.ts';
import type { RedisPlace } from './redis.ts';
import { type TrustedIssuer, TrustedIssuers } from './trusted-issuers.ts';

const flag = z.enum(['on', 'off', 'true', 'false', '1', '0']).transform((v) => v === 'on' || v === 'true' || v === '1');
const list = z.string().transform((v) =>
  v
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean),
);
const secret = z.string().min(32, 'must have at least 32 characters');

const Role = z.enum(['api', 'signaling', 'worker']);

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }).optional(),
  EMBEDDED_DATABASE_IN_PRODUCTION: flag.default(false),
  ROLES: list.pipe(z.array(Role).min(1)).default(['api', 'signaling', 'worker']),
  MEDIA_ENGINE: z.enum(['auto', 'sfu', 'p2p']).default('auto'),
  MEDIA_LISTEN_ADDRESS: z.union([z.ipv4(), z.ipv6()]).optional(),
  MEDIA_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
  MEDIA_PORT: z.coerce.number().int().min(0).max(65_535).default(44_400),
  MEDIA_WORKERS: z.coerce.number().int().min(1).max(64).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_REDACT: list.default([]),
  DOCUMENT_REDACT: list.default([]),
  DEMO: flag.optional(),
  JWT_SECRET: secret.optional(),
  JWT_PRIVATE_KEY: z.string().min(1).optional(),
  TRUSTED_ISSUERS: TrustedIssuers.default([]),
  AUTH_BYPASS: flag.default(false),
  ENCRYPTION_KEY: secret.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).optional(),
  REDIS_URL: list
    .pipe(z.array(z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' })).max(20))
    .default([]),
  REDIS_CLUSTER: flag.default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be a smtp:// address' }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  METRICS_TOKEN: secret.optional(),
  INTERNAL_TOKEN: secret.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  CLAMD_HOST: z.string().min(1).optional(),
  CLAMD_PORT: z.coerce.number().int().min(1).max(65_535).default(3310),
  S3_BUCKET: z.string().min(3).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).optional(),
  S3_PATH_STYLE: flag.default(false),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  JWT_ISSUER: z.string().min(1).default('housecall'),
  JWT_AUDIENCE: z.string().min(1).default('housecall'),
  CORS_ORIGINS: list
    .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be https://…, never everybody' })))
    .default([]),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  TURN_URLS: list
    .pipe(z.array(z.string().regex(/^(turns?|stuns?):/, 'must begin with turn:, turns: or stun:')))
    .default([]),
  TURN_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  RATE_LIMITS: flag.default(true),
  RAZORPAY_KEY_ID: z
    .string()
    .regex(/^rzp_(test|live)_\w+$/, 'must begin with rzp_test_ or rzp_live_')
    .optional(),
  RAZORPAY_KEY_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  RAZORPAY_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  RAZORPAY_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).optional(),
  PAYMENT_SANDBOX: flag.optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  GOOGLE_GENERATIVE_AI_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).optional(),
  LLM_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  LLM_API_KEY: z.string().min(1).optional(),
  LLM_MODEL: z.string().min(1).max(200).optional(),
  LLM_INPUT_PRICE: z.coerce.number().min(0).max(10_000).default(0),
  LLM_OUTPUT_PRICE: z.coerce.number().min(0).max(10_000).default(0),
  ASSISTANT_SECOND_OPINION: flag.default(false),
});

/** What the variables say, each right for itself. */
export type Variables = z.output<typeof Environment>;

/** Every variable that is read. */
export const variableNames: readonly string[] = Object.keys(Environment.shape);

export interface Config {
  production: boolean;
  http: { host: string; port: number; corsOrigins: readonly string[]; trustProxy: number; rateLimits: boolean };
  /** Absolute. Holds the embedded database and what a restart must find again. */
  dataDir: string;
  database: { url: string | undefined; ownerUrl: string | undefined };
  roles: ReadonlySet<z.infer<typeof Role>>;
  media: {
    engine: 'auto' | 'sfu' | 'p2p';
    listenAddress: string;
    announcedAddress: string | undefined;
    port: number;
    /** How many media workers; as many as there are cores, at most two, unless given. */
    workers: number | undefined;
    turnUrls: readonly string[];
    turnSecret: string | undefined;
  };
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  /** Names of fields that no log line shows, besides those that none does anyway. */
  logRedact: readonly string[];
  /** Names of the parts that the copy which is kept of a document's confirmation does not show. */
  documentRedact: readonly string[];
  demo: boolean;
  jwt: {
    secret: string | undefined;
    /** As src/platform/private-keys.ts reads it; RS256 when given. */
    privateKey: string | undefined;
    issuer: string;
    audience: string;
    trustedIssuers: readonly TrustedIssuer[];
    bypass: boolean;
  };
  /** From which keys for named purposes are derived. */
  encryptionKey: string | undefined;
  /** Where people reach the server, for links in mail; from HOST and PORT unless given. */
  publicUrl: string | undefined;
  redis: RedisPlace | undefined;
  mail: { smtpUrl: string | undefined; from: string | undefined };
  files: {
    /** The virus scanner; none unless given. */
    clamd: { host: string; port: number } | undefined;
    /** Where files are kept instead of in `dataDir`. */
    s3: S3Place | undefined;
  };
  metricsToken: string | undefined;
  internalToken: string | undefined;
  otlpEndpoint: string | undefined;
  payments: {
    /** Undefined where no provider is configured. */
    razorpay:
      | { keyId: string; keySecret: string; webhookSecret: string | undefined; baseUrl: string | undefined }
      | undefined;
    /** A provider of our own, where no money moves. */
    sandbox: boolean;
  };
  /** The language model; none unless given. */
  model: ModelPlace | undefined;
  /** What a million of its tokens cost, in whatever the operator pays in; 0 when not said. */
  modelPrices: { input: number; output: number };
  /** Whether the model is asked for its opinion of messages, beside the rules. */
  secondOpinion: boolean;
}

export type ModelPlace =
  | { kind: 'google'; apiKey: string; model: string | undefined; baseUrl: string | undefined }
  /** Whatever speaks OpenAI's chat completions. */
  | { kind: 'compatible'; baseUrl: string; model: string; apiKey: string | undefined };

export interface S3Place {
  bucket: string;
  region: string;
  endpoint: string | undefined;
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Thrown with one line per bad variable; no value is repeated. */
export class ConfigError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Throws ConfigError when any variable is bad, naming all of them at once. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const { variables: e, faults } = readVariables(present);
  if (faults.length > 0) throw new ConfigError(faults);
  const production = e.NODE_ENV === 'production';
  return {
    production,
    http: {
      host: e.HOST,
      port: e.PORT,
      corsOrigins: e.CORS_ORIGINS,
      trustProxy: e.TRUST_PROXY,
      rateLimits: e.RATE_LIMITS,
    },
    dataDir: path.resolve(e.DATA_DIR),
    database: { url: e.DATABASE_URL, ownerUrl: e.DATABASE_OWNER_URL },
    roles: new Set(e.ROLES),
    media: {
      engine: e.MEDIA_ENGINE,
      listenAddress: e.MEDIA_LISTEN_ADDRESS ?? e.HOST,
      announcedAddress: e.MEDIA_ANNOUNCED_ADDRESS,
      port: e.MEDIA_PORT,
      workers: e.MEDIA_WORKERS,
      turnUrls: e.TURN_URLS,
      turnSecret: e.TURN_SECRET,
    },
    logLevel: e.LOG_LEVEL,
    logRedact: e.LOG_REDACT,
    documentRedact: e.DOCUMENT_REDACT,
    demo: e.DEMO ?? !production,
    jwt: {
      secret: e.JWT_SECRET,
      privateKey: e.JWT_PRIVATE_KEY,
      issuer: e.JWT_ISSUER,
      audience: e.JWT_AUDIENCE,
      trustedIssuers: e.TRUSTED_ISSUERS,
      bypass: e.AUTH_BYPASS,
    },
    encryptionKey: e.ENCRYPTION_KEY,
    publicUrl: e.PUBLIC_URL,
    redis: e.REDIS_URL.length > 0 ? { urls: e.REDIS_URL, isCluster: e.REDIS_CLUSTER } : undefined,
    mail: { smtpUrl: e.SMTP_URL, from: e.MAIL_FROM },
    files: filesOf(e),
    metricsToken: e.METRICS_TOKEN,
    internalToken: e.INTERNAL_TOKEN,
    otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    payments: paymentsOf(e),
    model: modelOf(e),
    modelPrices: { input: e.LLM_INPUT_PRICE, output: e.LLM_OUTPUT_PRICE },
    secondOpinion: e.ASSISTANT_SECOND_OPINION,
  };
}

function filesOf(e: Variables): Config['files'] {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = e;
  const place = { region: e.S3_REGION, endpoint: e.S3_ENDPOINT, pathStyle: e.S3_PATH_STYLE };
  return {
    clamd: e.CLAMD_HOST === undefined ? undefined : { host: e.CLAMD_HOST, port: e.CLAMD_PORT },
    s3: bucket && accessKeyId && secretAccessKey ? { bucket, accessKeyId, secretAccessKey, ...place } : undefined,
  };
}

function paymentsOf(e: Variables): Config['payments'] {
  const { RAZORPAY_KEY_ID: keyId, RAZORPAY_KEY_SECRET: keySecret } = e;
  const razorpay = keyId !== undefined &&
    keySecret !== undefined && {
      keyId,
      keySecret,
      webhookSecret: e.RAZORPAY_WEBHOOK_SECRET,
      baseUrl: e.RAZORPAY_BASE_URL,
    };
  const sandbox = e.PAYMENT_SANDBOX ?? (e.NODE_ENV !== 'production' && !razorpay);
  return { razorpay: razorpay || undefined, sandbox };
}

function modelOf(e: Variables): Config['model'] {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, GOOGLE_GENERATIVE_AI_API_KEY: googleKey } = e;
  if (baseUrl !== undefined && model !== undefined)
    return { kind: 'compatible', baseUrl, model, apiKey: e.LLM_API_KEY };
  if (googleKey === undefined) return undefined;
  return { kind: 'google', apiKey: googleKey, model, baseUrl: e.GOOGLE_GENERATIVE_AI_BASE_URL };
}

/** All that is wrong with them. What is bad counts as not set, so that the rest can be looked at as well. */
function readVariables(present: Record<string, string | undefined>): { variables: Variables; faults: string[] } {
  const parsed = Environment.safeParse(present);
  if (parsed.success) return { variables: parsed.data, faults: contradictions(parsed.data) };
  const { issues } = parsed.error;
  const bad = [...new Set(issues.map(({ path: [name] }) => String(name)))];
  const variables = Environment.parse(
    Object.fromEntries(Object.entries(present).filter(([name]) => !bad.includes(name))),
  );
  const others = contradictions(variables).filter((line) => !bad.some((name) => line.includes(name)));
  return { variables, faults: [...issues.map(describe), ...others] };
}

/** Names the variable, and within one that has parts the part. */
function describe({ path: [name, ...part], message }: z.core.$ZodIssue): string {
  return `${String(name)}: ${part.length > 0 ? `${part.join('.')}: ` : ''}${message}`;
}

/** What is wrong with variables that are each right alone, or right anywhere but in production. */
import type { Variables } from './config.ts';
import { isLoopbackHost } from './loopback.ts';
import { PrivateKeyError, readPrivateKeys } from './private-keys.ts';
import { hasSafeKeys } from './trusted-issuers.ts';
import { weaknessOf } from './weak-secrets.ts';

type Rule = readonly [broken: boolean, line: string];

/** One line for each fault, all at once: `NAME: what is wrong`. No value is repeated. */
export function contradictions(e: Variables): string[] {
  const production = e.NODE_ENV === 'production';
  return [
    ...broken(together(e)),
    ...privateKeyFault(e),
    ...issuerFaults(e, production),
    ...(production ? [...broken(inProduction(e)), ...weakSecrets(e), ...sharedSecrets(e)] : []),
  ];
}

const allRoles = 3;

function together(e: Variables): Rule[] {
  const turn = e.TURN_URLS.some((url) => url.startsWith('turn'));
  return [
    [turn && !e.TURN_SECRET, 'TURN_SECRET: must be set when TURN_URLS names a TURN server'],
    [Boolean(e.DATABASE_OWNER_URL) && !e.DATABASE_URL, 'DATABASE_OWNER_URL: needs DATABASE_URL beside it'],
    [
      new Set(e.ROLES).size < allRoles && !e.DATABASE_URL,
      'ROLES: a part of the roles alone needs DATABASE_URL, the embedded database serves one process',
    ],
    [
      Boolean(e.S3_BUCKET) && !(e.S3_ACCESS_KEY_ID && e.S3_SECRET_ACCESS_KEY),
      'S3_BUCKET: needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it',
    ],
    [
      !e.S3_BUCKET && Boolean(e.S3_ENDPOINT ?? e.S3_ACCESS_KEY_ID ?? e.S3_SECRET_ACCESS_KEY),
      'S3_BUCKET: must be set when another S3_ variable is',
    ],
    [
      !e.RAZORPAY_KEY_ID !== !e.RAZORPAY_KEY_SECRET,
      'RAZORPAY_KEY_SECRET: must be set with RAZORPAY_KEY_ID, and not without',
    ],
    [
      Boolean(e.RAZORPAY_WEBHOOK_SECRET) && !e.RAZORPAY_KEY_ID,
      'RAZORPAY_WEBHOOK_SECRET: needs RAZORPAY_KEY_ID beside it',
    ],
    [
      e.PAYMENT_SANDBOX === true && Boolean(e.RAZORPAY_KEY_ID),
      'PAYMENT_SANDBOX: must be off where RAZORPAY_KEY_ID is set',
    ],
    [
      e.REDIS_URL.length > 1 && !e.REDIS_CLUSTER,
      'REDIS_CLUSTER: must be on when REDIS_URL has several addresses, of one Redis Cluster',
    ],
    [e.REDIS_CLUSTER && e.REDIS_URL.length === 0, 'REDIS_URL: must be set when REDIS_CLUSTER is on'],
    [Boolean(e.LLM_BASE_URL) && !e.LLM_MODEL, 'LLM_MODEL: must be set when LLM_BASE_URL is'],
    [Boolean(e.LLM_API_KEY) && !e.LLM_BASE_URL, 'LLM_API_KEY: needs LLM_BASE_URL beside it'],
    [
      Boolean(e.LLM_MODEL) && !e.LLM_BASE_URL && !e.GOOGLE_GENERATIVE_AI_API_KEY,
      'LLM_MODEL: needs GOOGLE_GENERATIVE_AI_API_KEY or LLM_BASE_URL beside it',
    ],
    [
      Boolean(e.LLM_BASE_URL) && Boolean(e.GOOGLE_GENERATIVE_AI_API_KEY),
      'LLM_BASE_URL: must not be set where GOOGLE_GENERATIVE_AI_API_KEY is, one of them answers',
    ],
    [
      Boolean(e.GOOGLE_GENERATIVE_AI_BASE_URL) && !e.GOOGLE_GENERATIVE_AI_API_KEY,
      'GOOGLE_GENERATIVE_AI_BASE_URL: needs GOOGLE_GENERATIVE_AI_API_KEY beside it',
    ],
    [e.AUTH_BYPASS && !isLoopbackHost(e.HOST), 'AUTH_BYPASS: needs a HOST that only this machine reaches'],
  ];
}

function inProduction(e: Variables): Rule[] {
  return [
    [!e.JWT_SECRET && !e.JWT_PRIVATE_KEY, 'JWT_SECRET: must be set in production, or JWT_PRIVATE_KEY'],
    [!e.ENCRYPTION_KEY, 'ENCRYPTION_KEY: must be set in production'],
    [!e.PUBLIC_URL, 'PUBLIC_URL: must be set in production'],
    [isHttp(e.PUBLIC_URL), 'PUBLIC_URL: must begin with https:// in production'],
    [e.CORS_ORIGINS.some(isHttp), 'CORS_ORIGINS: must name only https:// pages in production'],
    [e.AUTH_BYPASS, 'AUTH_BYPASS: must be off in production'],
    [isHttp(e.S3_ENDPOINT), 'S3_ENDPOINT: must begin with https:// in production'],
    [e.DEMO === true, 'DEMO: must be off in production'],
    [Boolean(e.SMTP_URL) && !e.MAIL_FROM, 'MAIL_FROM: must be set in production when SMTP_URL is'],
    [e.PAYMENT_SANDBOX === true, 'PAYMENT_SANDBOX: must be off in production, no money moves there'],
    [
      Boolean(e.RAZORPAY_KEY_ID) && !e.RAZORPAY_WEBHOOK_SECRET,
      'RAZORPAY_WEBHOOK_SECRET: must be set in production when RAZORPAY_KEY_ID is',
    ],
    [isHttp(e.RAZORPAY_BASE_URL), 'RAZORPAY_BASE_URL: must begin with https:// in production'],
    [isHttp(e.GOOGLE_GENERATIVE_AI_BASE_URL), 'GOOGLE_GENERATIVE_AI_BASE_URL: must begin with https:// in production'],
    [
      isHttp(e.LLM_BASE_URL) && !isNearHost(e.LLM_BASE_URL),
      'LLM_BASE_URL: must begin with https:// in production, unless the host is this machine or a name without dots',
    ],
    [!e.RATE_LIMITS, 'RATE_LIMITS: must be on in production'],
    [
      !e.DATABASE_URL && !e.EMBEDDED_DATABASE_IN_PRODUCTION,
      'DATABASE_URL: must be set in production, unless EMBEDDED_DATABASE_IN_PRODUCTION is on',
    ],
  ];
}

function broken(rules: readonly Rule[]): string[] {
  return rules.flatMap(([isBroken, line]) => (isBroken ? [line] : []));
}

function isHttp(url: string | undefined): boolean {
  return url?.toLowerCase().startsWith('http:') ?? false;
}

/** On this machine, or beside it in a container's network. */
function isNearHost(url: string | undefined): boolean {
  const host = URL.parse(url ?? '')?.hostname ?? '';
  return isLoopbackHost(host) || /^[a-z][a-z0-9-]*$/i.test(host);
}

function privateKeyFault({ JWT_PRIVATE_KEY: setting }: Variables): string[] {
  if (setting === undefined) return [];
  try {
    readPrivateKeys(setting);
    return [];
  } catch (error) {
    if (error instanceof PrivateKeyError) return [`JWT_PRIVATE_KEY: ${error.message}`];
    throw error;
  }
}

function issuerFaults({ TRUSTED_ISSUERS: issuers, JWT_ISSUER: ours }: Variables, production: boolean): string[] {
  return broken([
    [
      issuers.some((one) => !hasSafeKeys(one, production)),
      `TRUSTED_ISSUERS: every jwksUri must begin with https://${production ? '' : ', unless it is on this machine'}`,
    ],
    [issuers.some(({ issuer }) => issuer === ours), 'TRUSTED_ISSUERS: must not name JWT_ISSUER, which is us'],
  ]);
}

const secretNames = ['JWT_SECRET', 'ENCRYPTION_KEY', 'TURN_SECRET', 'METRICS_TOKEN', 'INTERNAL_TOKEN'] as const;

/** Each secret that is set; a variable that lists several, for rotation, counts with each of them. */
function secretsOf(e: Variables, name: (typeof secretNames)[number]): string[] {
  const value = e[name] ?? '';
  const parts = name === 'ENCRYPTION_KEY' ? value.split(',') : [value];
  return parts.map((part) => part.trim()).filter(Boolean);
}

function weakSecrets(e: Variables): string[] {
  return secretNames.flatMap((name) => {
    // The whole as well: a published one may hold a comma.
    const weakness = [e[name] ?? '', ...secretsOf(e, name)].filter(Boolean).map(weaknessOf).find(Boolean);
    return weakness ? [`${name}: ${weakness}; make another with \`openssl rand -base64 48\``] : [];
  });
}

/** One that leaks would open what the other guards. */
function sharedSecrets(e: Variables): string[] {
  const firstWith = new Map<string, string>();
  const all = secretNames.flatMap((name) => secretsOf(e, name).map((value) => ({ name, value })));
  return all.flatMap(({ name, value }) => {
    const other = firstWith.get(value);
    if (other === undefined) firstWith.set(value, name);
    return other === undefined
      ? []
      : [`${name}: must not be the same as ${other === name ? 'another of its own' : other}`];
  });
}

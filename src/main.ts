/** Reads the configuration, starts the server, stops it on signals. */
import { refuseDemoAccounts } from '../prisma/no-demo.ts';
import { demoAccounts, openDemoClinic } from '../prisma/seed.ts';
import { compose } from './compose.ts';
import { ConfigError, loadConfig } from './platform/config.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = loadConfig();
  const demo = config.demo ? { prepare: openDemoClinic } : {};
  const server = await compose(config, config.production ? { prepare: refuseDemoAccounts } : demo);
  stopOnSignals(server.close);
  say(`Housecall is ready at ${server.url.replace('127.0.0.1', 'localhost')}`);
  if (config.demo) say(demoAccounts);
  if (config.jwt.bypass)
    say('AUTH_BYPASS is on: whoever uses this machine can be anybody here. Never where patients are.');
}

/** The first signal stops in good order; a second one, or 20 seconds, at once. */
function stopOnSignals(close: (reason: string) => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`${signal}: stopping in good order, once more to stop at once.`);
    setTimeout(() => process.exit(1), 20_000).unref();
    void close(signal).then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const lines =
    error instanceof ConfigError ? error.lines : [error instanceof Error ? error.message : 'The start failed.'];
  for (const line of lines) process.stderr.write(`Housecall cannot start: ${line}\n`);
  process.exit(1);
});

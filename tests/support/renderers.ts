/** A browser whose pages stand still, as those of a laptop with its lid closed: no packet says goodbye. */
import type { Browser } from 'playwright-core';

interface ProcessInfo {
  type: string;
  id: number;
}

/** Stops every page of the browser; answers how to let them go on. Ask nothing of them in between. */
export async function freeze(browser: Browser): Promise<() => void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: ProcessInfo[] };
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const tell = (signal: NodeJS.Signals) => {
    for (const pid of renderers) process.kill(pid, signal);
  };
  tell('SIGSTOP');
  return () => tell('SIGCONT');
}

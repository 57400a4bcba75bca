/** The browser's lock and channel between tabs; on an insecure origin there are none, and one tab is then alone. */
import type { SessionNews, Tabs } from './session.ts';

const lockName = 'housecall-refresh';

function isNews(value: unknown): value is SessionNews {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

export function browserTabs(): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('housecall-session');
  // The types promise it; an insecure origin does not have it.
  const locks: LockManager | undefined = navigator.locks;
  return {
    async exclusively<T>(run: () => Promise<T>): Promise<T> {
      if (locks === undefined) return run();
      return (await locks.request(lockName, run)) as T;
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel is of one origin and takes no such argument.
    tell: (news) => channel?.postMessage(news),
    listen(listener) {
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isNews(data)) listener(data);
      });
    },
  };
}

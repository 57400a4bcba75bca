import './ui/styles.ts';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createMeetingsApi } from './api/meetings.ts';
import { ApiError } from './api/problem.ts';
import { createSession } from './api/session.ts';
import { browserTabs } from './api/tabs.ts';
import { App } from './app.tsx';
import { startTranslations } from './ui/i18n/i18n.ts';
import { preferredLanguage, speak } from './ui/i18n/languages.ts';
import { paths } from './ui/router/paths.ts';
import { createPlaces } from './ui/router/place.ts';

startTranslations();
// Without its texts the page is better in English than not at all.
await speak(preferredLanguage()).catch(() => undefined);

const session = createSession({
  fetch: (input, init) => fetch(input, init),
  baseUrl: '',
  tabs: browserTabs(),
  now: () => Date.now(),
  // Nothing of the one person may stay on the screen of the other.
  onOtherPerson: () => window.location.replace(paths.home),
});

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isPassing,
    },
  },
});
session.subscribe(() => {
  if (session.state.status === 'signed-out') queries.clear();
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App services={{ session, meetings: createMeetingsApi(session) }} places={createPlaces(window)} queries={queries} />
  </StrictMode>,
);

import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { isHeldBack } from './api/user.ts';
import { SignedInOnly } from './features/auth/signed-in-only.tsx';
import { useUser } from './features/auth/use-session.ts';
import { further, type PageRoute, routes } from './routes.tsx';
import { type Services, ServicesProvider } from './services.tsx';
import { AnnouncerProvider } from './ui/announcer.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Shell } from './ui/layout/shell.tsx';
import { Patience } from './ui/patience.tsx';
import { matchFirst, type Params } from './ui/router/match.ts';
import type { Places } from './ui/router/place.ts';
import { RouterProvider, usePlace } from './ui/router/router.tsx';
import { theme } from './ui/theme.ts';

const HeldBackPage = lazy(async () => ({
  default: (await import('./features/account/held-back-page.tsx')).HeldBackPage,
}));

function Loading() {
  const { t } = useTranslation();
  return (
    <div className="alone">
      <Patience text={t('wait.moment')} onRetry={() => window.location.reload()} />
    </div>
  );
}

function Framed({ route, params }: { route: PageRoute; params: Params }) {
  const user = useUser();
  const { path } = usePlace();
  const { page: Content } = route;
  return (
    <Shell user={user}>
      <ErrorBoundary place={path}>
        <Suspense fallback={<Loading />}>{isHeldBack(user) ? <HeldBackPage /> : <Content params={params} />}</Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function CurrentPage() {
  const { path } = usePlace();
  const { route, params } = matchFirst(routes, path) ?? { route: further, params: {} };
  const { page: Content } = route;
  if (route.isPublic === true) {
    return (
      <Suspense fallback={<Loading />}>
        <Content params={params} />
      </Suspense>
    );
  }
  return (
    <SignedInOnly>
      <Framed route={route} params={params} />
    </SignedInOnly>
  );
}

interface AppProps {
  services: Services;
  places: Places;
  queries: QueryClient;
}

export function App({ services, places, queries }: AppProps) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <ServicesProvider services={services}>
          <RouterProvider places={places}>
            <AnnouncerProvider>
              <ErrorBoundary place="">
                <CurrentPage />
              </ErrorBoundary>
            </AnnouncerProvider>
          </RouterProvider>
        </ServicesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The first pages, a line each: what everybody opens. All others are in routes-further.ts, which comes when one of them is opened. */
import { type ComponentType, lazy } from 'react';
import { HomePage } from './features/auth/home-page.tsx';
import { SignInPage } from './features/auth/sign-in-page.tsx';
import { LazyVisitPage } from './features/visits/load-visit.ts';
import { VisitsPage } from './features/visits/visits-page.tsx';
import type { Params } from './ui/router/match.ts';

export interface PageRoute {
  path: string;
  page: ComponentType<{ params: Params }>;
  isPublic?: true;
}

const SignUpPage = lazy(async () => ({ default: (await import('./features/entrance/sign-up-page.tsx')).SignUpPage }));
const VerifyPage = lazy(async () => ({ default: (await import('./features/entrance/verify-page.tsx')).VerifyPage }));
const ForgotPage = lazy(async () => ({ default: (await import('./features/entrance/forgot-page.tsx')).ForgotPage }));
const ResetPage = lazy(async () => ({ default: (await import('./features/entrance/reset-page.tsx')).ResetPage }));
const GuestPage = lazy(async () => ({ default: (await import('./features/guest/guest-page.tsx')).GuestPage }));
const FurtherPage = lazy(async () => ({ default: (await import('./further-page.tsx')).FurtherPage }));

/** Whatever is not among the first. */
export const further: PageRoute = { path: '', page: FurtherPage };

export const routes: readonly PageRoute[] = [
  { path: '/', page: HomePage },
  { path: '/sign-in', page: SignInPage, isPublic: true },
  { path: '/sign-up', page: SignUpPage, isPublic: true },
  { path: '/verify', page: VerifyPage, isPublic: true },
  { path: '/forgot', page: ForgotPage, isPublic: true },
  { path: '/reset', page: ResetPage, isPublic: true },
  { path: '/guest', page: GuestPage, isPublic: true },
  { path: '/visits', page: VisitsPage },
  { path: '/visits/:meetingId', page: LazyVisitPage },
];

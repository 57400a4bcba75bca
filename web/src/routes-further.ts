/** The pages that are not in the first script, a line each: their table comes with the first of them. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';
import { assistantRoutes } from './routes-assistant.ts';
import { documentRoutes } from './routes-documents.ts';
import { filesRoutes } from './routes-files.ts';
import { payRoutes } from './routes-pay.ts';
import { schedulingRoutes } from './routes-scheduling.ts';

const DeskPage = lazy(async () => ({ default: (await import('./features/desk/desk-page.tsx')).DeskPage }));
const HistoryPage = lazy(async () => ({ default: (await import('./features/history/history-page.tsx')).HistoryPage }));
const HistoryVisitPage = lazy(async () => ({
  default: (await import('./features/history/history-visit-page.tsx')).HistoryVisitPage,
}));
const RatingsPage = lazy(async () => ({ default: (await import('./features/ratings/ratings-page.tsx')).RatingsPage }));
const AccountPage = lazy(async () => ({ default: (await import('./features/account/account-page.tsx')).AccountPage }));
const PasswordPage = lazy(async () => ({
  default: (await import('./features/account/password-page.tsx')).PasswordPage,
}));
const EmailPage = lazy(async () => ({ default: (await import('./features/account/email-page.tsx')).EmailPage }));
const SecondFactorPage = lazy(async () => ({
  default: (await import('./features/account/second-factor-page.tsx')).SecondFactorPage,
}));
const SignInsPage = lazy(async () => ({ default: (await import('./features/account/sign-ins-page.tsx')).SignInsPage }));
const MessagesPage = lazy(async () => ({
  default: (await import('./features/account/messages-page.tsx')).MessagesPage,
}));
const UsersPage = lazy(async () => ({ default: (await import('./features/admin/users-page.tsx')).UsersPage }));
const NewUserPage = lazy(async () => ({ default: (await import('./features/admin/new-user-page.tsx')).NewUserPage }));
const UserPage = lazy(async () => ({ default: (await import('./features/admin/user-page.tsx')).UserPage }));
const RolesPage = lazy(async () => ({ default: (await import('./features/admin/roles-page.tsx')).RolesPage }));
const RolePage = lazy(async () => ({ default: (await import('./features/admin/role-page.tsx')).RolePage }));
const ApiKeysPage = lazy(async () => ({ default: (await import('./features/admin/api-keys-page.tsx')).ApiKeysPage }));
const ClinicPage = lazy(async () => ({ default: (await import('./features/admin/clinic-page.tsx')).ClinicPage }));
const ExchangesPage = lazy(async () => ({
  default: (await import('./features/admin/exchanges-page.tsx')).ExchangesPage,
}));
const AuditPage = lazy(async () => ({ default: (await import('./features/admin/audit-page.tsx')).AuditPage }));

export const furtherRoutes: readonly PageRoute[] = [
  { path: '/account', page: AccountPage },
  { path: '/account/password', page: PasswordPage },
  { path: '/account/email', page: EmailPage },
  { path: '/account/second-factor', page: SecondFactorPage },
  { path: '/account/sign-ins', page: SignInsPage },
  { path: '/account/messages', page: MessagesPage },
  { path: '/admin/users', page: UsersPage },
  { path: '/admin/users/new', page: NewUserPage },
  { path: '/admin/users/:userId', page: UserPage },
  { path: '/admin/roles', page: RolesPage },
  { path: '/admin/roles/new', page: RolePage },
  { path: '/admin/roles/:roleId', page: RolePage },
  { path: '/admin/api-keys', page: ApiKeysPage },
  { path: '/admin/clinic', page: ClinicPage },
  { path: '/admin/audit', page: AuditPage },
  { path: '/admin/exchanges', page: ExchangesPage },
  { path: '/desk', page: DeskPage },
  { path: '/desk/:meetingId', page: DeskPage },
  { path: '/history', page: HistoryPage },
  // Before /history/:meetingId, or it would be taken for an id.
  { path: '/history/ratings', page: RatingsPage },
  { path: '/history/:meetingId', page: HistoryVisitPage },
  ...schedulingRoutes,
  ...assistantRoutes,
  ...documentRoutes,
  ...filesRoutes,
  ...payRoutes,
];

/** Every address of the application, built here and matched in routes.tsx. */

export const paths = {
  home: '/',
  signIn: '/sign-in',
  visits: '/visits',
  visit: (meetingId: string) => `/visits/${encodeURIComponent(meetingId)}`,
  desk: '/desk',
  deskVisit: (meetingId: string) => `/desk/${encodeURIComponent(meetingId)}`,
  history: '/history',
  historyVisit: (meetingId: string) => `/history/${encodeURIComponent(meetingId)}`,
} as const;

/** Sign in, then on to where they wanted to go. */
export function signInThen(next: string): string {
  return next === paths.home ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(next)}`;
}

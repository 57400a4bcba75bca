/** Every address of the application, built here and matched in routes.tsx and routes-further.ts. */

export const paths = {
  home: '/',
  signIn: '/sign-in',
  signUp: '/sign-up',
  verify: '/verify',
  forgot: '/forgot',
  reset: '/reset',
  account: '/account',
  accountPassword: '/account/password',
  accountEmail: '/account/email',
  accountSecondFactor: '/account/second-factor',
  accountSignIns: '/account/sign-ins',
  accountMessages: '/account/messages',
  users: '/admin/users',
  newUser: '/admin/users/new',
  user: (id: string) => `/admin/users/${encodeURIComponent(id)}`,
  roles: '/admin/roles',
  newRole: '/admin/roles/new',
  role: (id: string) => `/admin/roles/${encodeURIComponent(id)}`,
  apiKeys: '/admin/api-keys',
  clinic: '/admin/clinic',
  audit: '/admin/audit',
  exchanges: '/admin/exchanges',
  calendar: '/calendar',
  arrivals: '/calendar/arrivals',
  waitlist: '/calendar/waiting-list',
  waitingRooms: '/calendar/waiting-rooms',
  bookFor: '/calendar/book',
  patients: '/calendar/patients',
  patient: (id: string) => `/calendar/patients/${encodeURIComponent(id)}`,
  hours: '/calendar/hours',
  doctors: '/calendar/doctors',
  services: '/calendar/services',
  places: '/calendar/places',
  book: '/book',
  bookWith: (practitionerId: string) => `/book/${encodeURIComponent(practitionerId)}`,
  appointment: (id: string) => `/appointments/${encodeURIComponent(id)}`,
  moveAppointment: (id: string) => `/appointments/${encodeURIComponent(id)}/move`,
  payments: '/payments',
  billing: '/billing',
  billingDays: '/billing/days',
  billed: (paymentId: string) => `/billing/${encodeURIComponent(paymentId)}`,
  pay: (appointmentId: string) => `/pay/${encodeURIComponent(appointmentId)}`,
  assistant: '/assistant',
  conversations: '/assistant/conversations',
  conversation: (id: string) => `/assistant/conversations/${encodeURIComponent(id)}`,
  files: '/files',
  filesFor: '/files/for',
  filesOf: (patientId: string) => `/files/of/${encodeURIComponent(patientId)}`,
  documents: '/documents',
  newDocument: (about: { patient?: string; visit?: string }) =>
    `/documents/new?${new URLSearchParams(Object.entries(about).filter(([, id]) => id !== ''))}`,
  document: (id: string) => `/documents/${encodeURIComponent(id)}`,
  cdtCodes: '/admin/codes',
  cdtRules: '/admin/code-rules',
  visits: '/visits',
  visit: (meetingId: string) => `/visits/${encodeURIComponent(meetingId)}`,
  desk: '/desk',
  deskVisit: (meetingId: string) => `/desk/${encodeURIComponent(meetingId)}`,
  history: '/history',
  ratings: '/history/ratings',
  historyVisit: (meetingId: string) => `/history/${encodeURIComponent(meetingId)}`,
} as const;

/** Sign in, then on to where they wanted to go. */
export function signInThen(next: string): string {
  return next === paths.home ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(next)}`;
}

/** With the clinic's short name, where the link that they came by named it. */
export function atClinic(path: string, clinic: string): string {
  return clinic === '' ? path : `${path}?clinic=${encodeURIComponent(clinic)}`;
}

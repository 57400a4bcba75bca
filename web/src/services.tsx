import { createContext, type PropsWithChildren, use } from 'react';
import type { MeetingsApi } from './api/meetings.ts';
import type { Session } from './api/session.ts';

/** What main.tsx makes once and every page may use. */
export interface Services {
  session: Session;
  meetings: MeetingsApi;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: PropsWithChildren<{ services: Services }>) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error('There is no ServicesProvider above this.');
  return services;
}

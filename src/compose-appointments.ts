/** The part of the composition root that ties appointments to their meetings and to the clinic's mail. */

import { senderOf } from './compose-accounts.ts';
import { createAppointmentMeetings, type MeetingDeps, meetingChanged, outcomeOf } from './meetings/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { Route } from './platform/http/route.ts';
import type { OutboxRelay } from './platform/jobs/relay.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Logger } from './platform/logger.ts';
import type { Postbox } from './platform/mail/postbox.ts';
import {
  type AppointmentDeps,
  type AppointmentKeeper,
  appointmentRoutes,
  createAppointmentKeeper,
  settleMeeting,
} from './scheduling/index.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

export interface AppointmentDesk {
  routes: Route[];
  keeper: AppointmentKeeper;
}

export function openAppointments(
  { config, logger, lifecycle, clock }: Base,
  parts: { database: Database; relay: OutboxRelay; meetings: MeetingDeps; postbox: Postbox; publicUrl(): string },
): AppointmentDesk {
  const { database, relay, meetings, postbox, publicUrl } = parts;
  const from = /<([^<>]+)>/.exec(senderOf(config))?.[1] ?? senderOf(config);
  const deps: AppointmentDeps = {
    database,
    clock,
    logger,
    meetings: createAppointmentMeetings(meetings),
    post: { ...postbox, publicUrl, from },
    onCommitted: ({ nextDeadlineAt }) => {
      relay.nudge();
      keeper.nudge(nextDeadlineAt);
    },
  };
  const keeper = createAppointmentKeeper(deps);
  lifecycle.onStop('appointments', () => keeper.stop());
  relay.on(meetingChanged, async ({ payload }) => {
    const outcome = outcomeOf(payload);
    if (outcome) await settleMeeting(deps, outcome);
  });
  return { routes: appointmentRoutes(deps), keeper };
}
